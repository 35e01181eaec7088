package io.bitting.server.audit;

import io.bitting.server.acting.Acting;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Endpoint;
import io.bitting.server.http.Route;
import java.time.Clock;

/**
 * Exports the audit events of the caller's organization in their order, with the checkpoints that
 * vouch for them.
 */
public final class ExportAudit implements Endpoint {
  private static final Route ROUTE =
      Route.get(
          "exportAudit",
          Whose.ORGANIZATION.path("/audit-export"),
          Whose.ORGANIZATION.requirement());

  private final Acting acting;
  private final Clock clock;

  /**
   * Makes the endpoint.
   *
   * @param acting looks them up
   * @param clock tells which times are in the future
   */
  public ExportAudit(Acting acting, Clock clock) {
    this.acting = acting;
    this.clock = clock;
  }

  @Override
  public Route route() {
    return ROUTE;
  }

  @Override
  public Answer handle(Call call) {
    return Exporting.answer(acting, clock, call, Whose.ORGANIZATION);
  }
}
