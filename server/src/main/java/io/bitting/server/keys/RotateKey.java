package io.bitting.server.keys;

import io.bitting.client.protocol.CreatedKey;
import io.bitting.client.protocol.KeyAnswer;
import io.bitting.id.KeyId;
import io.bitting.issue.Fault;
import io.bitting.issue.IssuedKey;
import io.bitting.issue.Issuing;
import io.bitting.issue.RotationRequest;
import io.bitting.scope.Requirement;
import io.bitting.server.acting.Acting;
import io.bitting.server.acting.ActingCaller;
import io.bitting.server.acting.Quota;
import io.bitting.server.acting.Reveal;
import io.bitting.server.acting.Step;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Endpoint;
import io.bitting.server.http.Problem;
import io.bitting.server.http.Route;
import io.bitting.store.KeyRow;
import io.bitting.store.Writer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Gives a key a new secret: same id, same grant. The new token is in this answer and nowhere else;
 * the one before is accepted while the overlap lasts.
 */
public final class RotateKey implements Endpoint {
  private static final Route ROUTE =
      Route.json(
          "rotateKey",
          "POST",
          "/v1/organizations/{org}/api-keys/{key}/rotate",
          Requirement.allOf("keys:issue"));

  private final Acting acting;
  private final Issuing issuing;
  private final Quota quota;
  private final LastUses lastUses;
  private final Clock clock;

  /** What is made: the secret, and how its key is shown. */
  private record Made(IssuedKey issued, KeyAnswer shown) {}

  /**
   * Makes the endpoint.
   *
   * @param acting carries it out
   * @param issuing the one way to a secret
   * @param quota how many secrets an organization may make
   * @param lastUses tells when keys were last used
   * @param clock tells the time
   */
  public RotateKey(Acting acting, Issuing issuing, Quota quota, LastUses lastUses, Clock clock) {
    this.acting = acting;
    this.issuing = issuing;
    this.quota = quota;
    this.lastUses = lastUses;
    this.clock = clock;
  }

  @Override
  public Route route() {
    return ROUTE;
  }

  @Override
  public Answer handle(Call call) {
    call.query().check();
    List<Fault> faults = new ArrayList<>();
    RotationRequest request = KeyForm.readRotation(call.jsonIfAny(), faults);
    return acting.exchange(
        call,
        ROUTE,
        KeyId.parse(call.path("key")).stream().toList(),
        quota.within((writer, caller) -> rotate(writer, caller, call, request, faults)),
        (made, reveal) ->
            Answer.json(
                200,
                new CreatedKey(
                    reveal == Reveal.ONCE ? lastUses.in(made.shown()) : made.shown(),
                    reveal.secret(() -> made.issued().revealOnce()))));
  }

  private Step<Made> rotate(
      Writer writer, ActingCaller caller, Call call, RotationRequest request, List<Fault> faults) {
    Optional<KeyRow> row = KeyOfPath.lock(writer, caller.organization(), call);
    if (row.isEmpty()) {
      return Step.notFound();
    }
    if (!faults.isEmpty()) {
      return Step.no(
          Answer.problem(
              Problem.faults(issuing.faults(caller.organization(), row.get(), request, faults))));
    }
    return switch (issuing.rotate(
        writer, caller.organization(), caller.issuer(call), row.get(), request)) {
      case Issuing.Issued issued ->
          Step.done(
              new Made(
                  issued.key(), new KeyAnswers(writer, clock.instant()).of(issued.key().row())));
      case Issuing.No no -> Step.no(IssuingAnswers.of(no, caller, writer));
    };
  }
}
