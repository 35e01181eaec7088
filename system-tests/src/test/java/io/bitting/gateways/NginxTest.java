package io.bitting.gateways;

/** nginx with its recipe. */
final class NginxTest extends GatewayContract {
  @Override
  Gateway kind() {
    return Gateway.NGINX;
  }
}
