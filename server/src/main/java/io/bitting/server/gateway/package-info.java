/**
 * The check as gateways ask for it: may this request of somebody else go on? A gateway proves
 * itself by a key of its own, describes the request in its dialect, and gets an answer that it can
 * pass on as it is. {@link io.bitting.server.gateway.GatewayCheck} decides; the rest is dialects.
 */
@NullMarked
package io.bitting.server.gateway;

import org.jspecify.annotations.NullMarked;
