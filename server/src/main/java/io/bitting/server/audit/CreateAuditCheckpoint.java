package io.bitting.server.audit;

import io.bitting.audit.AuditChain;
import io.bitting.audit.AuditCheckpoint;
import io.bitting.client.protocol.AuditCheckpointAnswer;
import io.bitting.server.acting.Acting;
import io.bitting.server.acting.Step;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Endpoint;
import io.bitting.server.http.ProblemCode;
import io.bitting.server.http.Route;
import io.bitting.store.Writer;
import java.util.Optional;

/**
 * Signs where an audit chain stands: two operations of one form, for an organization and for the
 * installation.
 */
public final class CreateAuditCheckpoint implements Endpoint {
  private final Route route;
  private final Whose whose;
  private final Acting acting;

  private CreateAuditCheckpoint(String operationId, Whose whose, Acting acting) {
    this.route =
        Route.json(operationId, "POST", whose.path("/audit-checkpoints"), whose.requirement());
    this.whose = whose;
    this.acting = acting;
  }

  /**
   * Makes the endpoint that signs the chain of the caller's organization.
   *
   * @param acting carries it out
   */
  public static CreateAuditCheckpoint ofOrganization(Acting acting) {
    return new CreateAuditCheckpoint("createAuditCheckpoint", Whose.ORGANIZATION, acting);
  }

  /**
   * Makes the endpoint that signs the chain of the installation.
   *
   * @param acting carries it out
   */
  public static CreateAuditCheckpoint createInstallation(Acting acting) {
    return new CreateAuditCheckpoint(
        "createInstallationAuditCheckpoint", Whose.INSTALLATION, acting);
  }

  @Override
  public Route route() {
    return route;
  }

  @Override
  public Answer handle(Call call) {
    call.query().check();
    call.requireNoMembers();
    return acting.change(
        call,
        route,
        (writer, caller) -> {
          Optional<AuditChain> chain = whose.chain(caller.organization(), call);
          return chain.isEmpty() ? Step.notFound() : sign(writer, chain.get());
        },
        checkpoint -> Answer.json(200, AuditCheckpointAnswer.of(checkpoint)));
  }

  private static Step<AuditCheckpoint> sign(Writer writer, AuditChain chain) {
    return writer
        .checkpoint(chain)
        .map(Step::done)
        .orElseGet(() ->
            Step.no(
                ProblemCode.STATE_CONFLICT,
                "The chain has no event yet, so there is nothing to sign."));
  }
}
