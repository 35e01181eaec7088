package io.bitting.server.members;

import io.bitting.scope.BuiltInScope;
import io.bitting.scope.Requirement;
import io.bitting.server.acting.Acting;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Endpoint;
import io.bitting.server.http.Problem;
import io.bitting.server.http.Route;
import java.util.List;
import java.util.TreeSet;

/** Shows a member of the caller's organization; also to whoever may manage members. */
public final class ShowMember implements Endpoint {
  private static final Route ROUTE =
      Route.get(
          "showMember",
          "/v1/organizations/{org}/members/{member}",
          new Requirement.Scopes(
              List.of(
                  new TreeSet<>(List.of(BuiltInScope.MEMBERSHIPS_READ.scope())),
                  new TreeSet<>(List.of(BuiltInScope.MEMBERSHIPS_MANAGE.scope())))));

  private final Acting acting;

  /**
   * Makes the endpoint.
   *
   * @param acting looks it up
   */
  public ShowMember(Acting acting) {
    this.acting = acting;
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
        (reader, own) ->
            MemberOfPath.find(reader, own, call)
                .map(row -> Answer.json(200, MemberAnswers.of(row)))
                .orElseGet(() -> Answer.problem(Problem.notFound()))
                .asOf(reader.position()));
  }
}
