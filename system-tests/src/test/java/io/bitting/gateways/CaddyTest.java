package io.bitting.gateways;

/** Caddy with its recipe. */
final class CaddyTest extends GatewayContract {
  @Override
  Gateway kind() {
    return Gateway.CADDY;
  }
}
