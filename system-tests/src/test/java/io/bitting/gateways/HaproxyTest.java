package io.bitting.gateways;

/** HAProxy with its recipe. */
final class HaproxyTest extends GatewayContract {
  @Override
  Gateway kind() {
    return Gateway.HAPROXY;
  }
}
