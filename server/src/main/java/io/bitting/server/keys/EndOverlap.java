package io.bitting.server.keys;

import io.bitting.audit.AuditChain;
import io.bitting.audit.AuditEvent;
import io.bitting.client.protocol.KeyAnswer;
import io.bitting.id.KeyId;
import io.bitting.key.Key;
import io.bitting.key.KeySecret;
import io.bitting.key.Revocation;
import io.bitting.key.RevocationReason;
import io.bitting.scope.Requirement;
import io.bitting.seal.SealVerdict;
import io.bitting.seal.Sealed;
import io.bitting.server.acting.Acting;
import io.bitting.server.acting.ActingCaller;
import io.bitting.server.acting.Step;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Endpoint;
import io.bitting.server.http.Route;
import io.bitting.store.KeyRow;
import io.bitting.store.Writer;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Ends an overlap now: the secret before the newest is refused from then on, and so is a key that
 * was replaced. Where nothing overlaps, nothing is changed and the answer is the same.
 */
public final class EndOverlap implements Endpoint {
  private static final Route ROUTE =
      Route.json(
          "endOverlap",
          "POST",
          "/v1/organizations/{org}/api-keys/{key}/end-overlap",
          Requirement.allOf("keys:manage"));

  private final Acting acting;
  private final LastUses lastUses;
  private final Clock clock;

  /**
   * Makes the endpoint.
   *
   * @param acting carries it out
   * @param lastUses tells when keys were last used
   * @param clock tells the time
   */
  public EndOverlap(Acting acting, LastUses lastUses, Clock clock) {
    this.acting = acting;
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
    call.requireNoMembers();
    return acting.restrict(
        call,
        ROUTE,
        KeyId.parse(call.path("key")).stream().toList(),
        (writer, caller) -> end(writer, caller, call),
        shown -> Answer.json(200, lastUses.in(shown)));
  }

  private Step<KeyAnswer> end(Writer writer, ActingCaller caller, Call call) {
    Optional<KeyRow> found = KeyOfPath.lock(writer, caller.organization(), call);
    if (found.isEmpty()) {
      return Step.notFound();
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    KeyRow row = found.get();
    Key key = row.key();
    List<AuditEvent.Change> changes = new ArrayList<>();
    if (key.replacement() != null && !key.isGone(now)) {
      changes.add(
          new AuditEvent.Change("ends_at", key.replacement().endsAt().toString(), now.toString()));
      key = key.revoked(now, new Revocation(RevocationReason.REPLACED, ""));
      writer.updateKey(key);
    }
    List<Sealed<KeySecret>> secrets = new ArrayList<>(row.secrets());
    Optional<KeySecret> overlapping = row.overlapping(now);
    if (overlapping.isPresent()) {
      KeySecret ended = Overlaps.end(writer, overlapping.get(), now, changes);
      secrets.set(1, Sealed.of(ended, SealVerdict.INTACT));
    }
    if (!changes.isEmpty()) {
      writer.audit(
          AuditChain.of(key.organization()),
          caller.act(call, Overlaps.ENDED, new AuditEvent.Target("key", key.id().text()), changes),
          call.source());
    }
    return Step.done(new KeyAnswers(writer, now).of(new KeyRow(key, secrets)));
  }
}
