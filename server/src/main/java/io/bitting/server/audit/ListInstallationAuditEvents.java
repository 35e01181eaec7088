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

/**
 * Lists the audit events of the installation. They tell of every organization, so it takes a scope
 * that no product can include.
 */
public final class ListInstallationAuditEvents implements Endpoint {
  private static final Route ROUTE =
      Route.get(
          "listInstallationAuditEvents",
          "/v1/audit-events",
          Requirement.allOf("audit:read", "organizations:read"));

  private final Acting acting;
  private final Clock clock;

  /**
   * Makes the endpoint.
   *
   * @param acting looks them up
   * @param clock tells which times are in the future
   */
  public ListInstallationAuditEvents(Acting acting, Clock clock) {
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
            own.operator()
                ? EventAnswers.page(reader, AuditChain.INSTALLATION, part)
                : Answer.problem(Problem.notFound()));
  }
}
