package io.bitting.server.audit;

import io.bitting.audit.AuditChain;
import io.bitting.scope.Requirement;
import io.bitting.server.acting.Acting;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Endpoint;
import io.bitting.server.http.Problem;
import io.bitting.server.http.Route;
import java.time.Clock;

/** Lists the audit events of the caller's organization, the newest first. */
public final class ListAuditEvents implements Endpoint {
  private static final Route ROUTE =
      Route.get(
          "listAuditEvents",
          "/v1/organizations/{org}/audit-events",
          Requirement.allOf("audit:read"));

  private final Acting acting;
  private final Clock clock;

  /**
   * Makes the endpoint.
   *
   * @param acting looks them up
   * @param clock tells which times are in the future
   */
  public ListAuditEvents(Acting acting, Clock clock) {
    this.acting = acting;
    this.clock = clock;
  }

  @Override
  public Route route() {
    return ROUTE;
  }

  @Override
  public Answer handle(Call call) {
    EventAnswers.Part part = EventAnswers.read(call.query(), clock);
    return acting.look(
        call,
        (reader, own) ->
            Acting.isNamed(own, call.path("org"))
                ? EventAnswers.page(reader, AuditChain.of(own.id()), part)
                : Answer.problem(Problem.notFound()));
  }
}
