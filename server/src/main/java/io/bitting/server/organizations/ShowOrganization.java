package io.bitting.server.organizations;

import io.bitting.access.LocalAuthorizer;
import io.bitting.organization.Organization;
import io.bitting.scope.BuiltInScope;
import io.bitting.scope.Requirement;
import io.bitting.scope.Scope;
import io.bitting.server.acting.Acting;
import io.bitting.server.acting.Foreign;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Endpoint;
import io.bitting.server.http.Problem;
import io.bitting.server.http.Route;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Shows the caller's own organization, or another one to those who run the installation. */
public final class ShowOrganization implements Endpoint {
  private static final Scope OWN = BuiltInScope.ORG_READ.scope();
  private static final Scope EVERY = BuiltInScope.ORGANIZATIONS_READ.scope();
  private static final Route ROUTE =
      Route.get(
          "showOrganization",
          "/v1/organizations/{org}",
          new Requirement.Scopes(
              List.of(new TreeSet<>(List.of(OWN)), new TreeSet<>(List.of(EVERY)))));

  private final Acting acting;
  private final Foreign foreign;

  /**
   * Makes the endpoint.
   *
   * @param acting looks it up
   * @param authorizer tells what the caller holds
   */
  public ShowOrganization(Acting acting, LocalAuthorizer authorizer) {
    this.acting = acting;
    this.foreign = new Foreign(authorizer, BuiltInScope.ORGANIZATIONS_READ);
  }

  @Override
  public Route route() {
    return ROUTE;
  }

  @Override
  public Answer handle(Call call) {
    call.query().check();
    return acting.look(
        call,
        (reader, own) -> {
          Optional<Organization> organization =
              Acting.isNamed(own, call.path("org"))
                  ? Optional.of(own)
                  : foreign.find(reader, own, call);
          return organization
              .map(found -> Answer.json(200, OrganizationAnswers.of(found)))
              .orElseGet(() -> Answer.problem(Problem.notFound()))
              .asOf(reader.position());
        });
  }
}
