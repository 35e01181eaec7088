package io.bitting.server.audit;

import io.bitting.server.acting.Acting;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Endpoint;
import io.bitting.server.http.Route;

/** Signs where the audit chain of the installation stands. */
public final class CreateInstallationAuditCheckpoint implements Endpoint {
  private static final Route ROUTE =
      Route.json(
          "createInstallationAuditCheckpoint",
          "POST",
          Whose.INSTALLATION.path("/audit-checkpoints"),
          Whose.INSTALLATION.requirement());

  private final Acting acting;

  /**
   * Makes the endpoint.
   *
   * @param acting carries it out
   */
  public CreateInstallationAuditCheckpoint(Acting acting) {
    this.acting = acting;
  }

  @Override
  public Route route() {
    return ROUTE;
  }

  @Override
  public Answer handle(Call call) {
    return Signing.answer(acting, call, ROUTE, Whose.INSTALLATION);
  }
}
