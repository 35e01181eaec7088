package io.bitting.server.gateway;

import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Route;

/**
 * The dialect of Envoy's {@code ext_authz} over HTTP: the client's method, and its path behind a
 * prefix.
 */
public final class AuthorizeForEnvoy implements GatewayEndpoint {
  private static final String PREFIX = "/envoy/";

  private static final Route ROUTE =
      Route.ofGateways(
          "authorizeForEnvoy",
          Route.ANY_METHOD,
          "/v1/authorize/{api}" + PREFIX + "{target*}",
          GatewayCheck.REQUIREMENT);

  private final GatewayCheck check;

  /**
   * Makes the endpoint.
   *
   * @param check decides
   */
  public AuthorizeForEnvoy(GatewayCheck check) {
    this.check = check;
  }

  @Override
  public Route route() {
    return ROUTE;
  }

  @Override
  public Answer handle(Call call) {
    String target = call.target();
    // The id of an API has no slash, so that the first one of these is ours.
    int at = target.indexOf(PREFIX) + PREFIX.length() - 1;
    return GatewayEndpoint.check(check, call, call.method(), target.substring(at));
  }
}
