package io.bitting.server.gateway;

import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.HeaderName;
import io.bitting.server.http.Route;

/**
 * The dialect of gateways that describe the request by {@code X-Forwarded-Method} and {@code
 * X-Forwarded-Uri}, and give the client whatever is not a success: Caddy, Traefik, APISIX, HAProxy.
 */
public final class AuthorizeForwarded implements GatewayEndpoint {
  private static final Route ROUTE =
      Route.ofGateways(
          "authorizeForwarded", "GET", "/v1/authorize/{api}", GatewayCheck.REQUIREMENT);

  private static final CharSequence METHOD = HeaderName.of("X-Forwarded-Method");
  private static final CharSequence TARGET = HeaderName.of("X-Forwarded-Uri");

  private final GatewayCheck check;

  /**
   * Makes the endpoint.
   *
   * @param check decides
   */
  public AuthorizeForwarded(GatewayCheck check) {
    this.check = check;
  }

  @Override
  public Route route() {
    return ROUTE;
  }

  @Override
  public Answer handle(Call call) {
    return GatewayEndpoint.checkDescribed(check, call, METHOD, TARGET);
  }
}
