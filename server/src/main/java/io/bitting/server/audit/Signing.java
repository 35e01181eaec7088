package io.bitting.server.audit;

import io.bitting.audit.AuditChain;
import io.bitting.audit.AuditCheckpoint;
import io.bitting.client.protocol.AuditCheckpointAnswer;
import io.bitting.server.acting.Acting;
import io.bitting.server.acting.Step;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.ProblemCode;
import io.bitting.server.http.Route;
import io.bitting.store.Writer;
import java.util.Optional;

/** Checkpoints that somebody asks for. */
final class Signing {
  private Signing() {}

  static Answer answer(Acting acting, Call call, Route route, Whose whose) {
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
