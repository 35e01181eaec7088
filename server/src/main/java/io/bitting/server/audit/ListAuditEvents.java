package io.bitting.server.audit;

import io.bitting.server.acting.Acting;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Endpoint;
import io.bitting.server.http.Problem;
import io.bitting.server.http.Route;
import java.time.Clock;

/**
 * Lists audit events, the newest first: two operations of one form, for an organization and for the
 * installation.
 */
public final class ListAuditEvents implements Endpoint {
  private final Route route;
  private final Whose whose;
  private final Acting acting;
  private final Clock clock;

  private ListAuditEvents(String operationId, Whose whose, Acting acting, Clock clock) {
    this.route = Route.get(operationId, whose.path("/audit-events"), whose.requirement());
    this.whose = whose;
    this.acting = acting;
    this.clock = clock;
  }

  /**
   * Makes the endpoint that lists the events of the caller's organization.
   *
   * @param acting looks them up
   * @param clock tells which times are in the future
   */
  public static ListAuditEvents ofOrganization(Acting acting, Clock clock) {
    return new ListAuditEvents("listAuditEvents", Whose.ORGANIZATION, acting, clock);
  }

  /**
   * Makes the endpoint that lists the events of the installation.
   *
   * @param acting looks them up
   * @param clock tells which times are in the future
   */
  public static ListAuditEvents listInstallation(Acting acting, Clock clock) {
    return new ListAuditEvents("listInstallationAuditEvents", Whose.INSTALLATION, acting, clock);
  }

  @Override
  public Route route() {
    return route;
  }

  @Override
  public Answer handle(Call call) {
    EventAnswers.Part part = EventAnswers.read(call.query(), clock);
    return acting.look(
        call,
        (reader, own) ->
            whose
                .chain(own, call)
                .map(chain -> EventAnswers.page(reader, chain, part))
                .orElseGet(() -> Answer.problem(Problem.notFound())));
  }
}
