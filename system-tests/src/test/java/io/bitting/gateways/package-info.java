/**
 * The recipes of {@code docs/gateways}, started as they stand. nginx, Caddy and HAProxy run as
 * processes of their own between raw clients and an upstream that keeps every byte it gets; in the
 * place of Bitting is a {@link io.bitting.gateways.ScriptedChecker} that fails in every way, or a
 * real server. What has to hold for every gateway is in {@link
 * io.bitting.gateways.GatewayContract}.
 */
package io.bitting.gateways;
