package io.bitting.server.keys;

import io.bitting.audit.AuditChain;
import io.bitting.audit.AuditEvent;
import io.bitting.client.protocol.KeyAnswer;
import io.bitting.id.KeyId;
import io.bitting.issue.Fault;
import io.bitting.key.Key;
import io.bitting.key.KeyState;
import io.bitting.key.Revocation;
import io.bitting.scope.Requirement;
import io.bitting.seal.Sealed;
import io.bitting.server.acting.Acting;
import io.bitting.server.acting.ActingCaller;
import io.bitting.server.acting.Step;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Endpoint;
import io.bitting.server.http.Fields;
import io.bitting.server.http.Problem;
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
 * Revokes a key, for ever: one that a path names, or the caller's own. Doing what is done already
 * changes nothing and is answered in the same way.
 */
public final class RevokeKey implements Endpoint {
  private static final Route OF_PATH =
      Route.json(
          "revokeKey",
          "POST",
          "/v1/organizations/{org}/api-keys/{key}/revoke",
          Requirement.allOf("keys:manage"));
  private static final Route OWN =
      Route.json("revokeOwnKey", "POST", "/v1/whoami/revoke", new Requirement.AnyValidKey());

  private final Route route;
  private final Acting acting;
  private final LastUses lastUses;
  private final Clock clock;

  private RevokeKey(Route route, Acting acting, LastUses lastUses, Clock clock) {
    this.route = route;
    this.acting = acting;
    this.lastUses = lastUses;
    this.clock = clock;
  }

  /**
   * Makes the endpoint that revokes the key of a path.
   *
   * @param acting carries it out
   * @param lastUses tells when keys were last used
   * @param clock tells the time
   */
  public static RevokeKey ofPath(Acting acting, LastUses lastUses, Clock clock) {
    return new RevokeKey(OF_PATH, acting, lastUses, clock);
  }

  /**
   * Makes the endpoint that revokes the caller's own key, for whoever holds its token.
   *
   * @param acting carries it out
   * @param lastUses tells when keys were last used
   * @param clock tells the time
   */
  public static RevokeKey revokeOwn(Acting acting, LastUses lastUses, Clock clock) {
    return new RevokeKey(OWN, acting, lastUses, clock);
  }

  @Override
  public Route route() {
    return route;
  }

  @Override
  public Answer handle(Call call) {
    call.query().check();
    List<Fault> faults = new ArrayList<>();
    Revocation why = read(call, faults);
    Optional<KeyId> key =
        route.equals(OWN) ? Optional.of(call.key().id()) : KeyId.parse(call.path("key"));
    return acting.restrict(
        call,
        route,
        key.stream().toList(),
        (writer, caller) -> revoke(writer, caller, call, why, faults),
        shown -> Answer.json(200, lastUses.in(shown)));
  }

  private static Revocation read(Call call, List<Fault> faults) {
    try (Fields fields = new Fields(call.jsonIfAny(), "", faults)) {
      return KeyForm.revocation(fields);
    }
  }

  private Step<KeyAnswer> revoke(
      Writer writer, ActingCaller caller, Call call, Revocation why, List<Fault> faults) {
    Optional<KeyRow> found =
        route.equals(OWN)
            ? caller.key().flatMap(writer::key).flatMap(Sealed::intact)
            : KeyOfPath.lock(writer, caller.organization(), call);
    if (found.isEmpty()) {
      return Step.notFound();
    }
    if (!faults.isEmpty()) {
      return Step.no(Answer.problem(Problem.faults(faults)));
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Key key = found.get().key();
    if (key.state() != KeyState.REVOKED) {
      List<AuditEvent.Change> changes = new ArrayList<>();
      key = Revoking.revoke(writer, key, now, why, changes);
      writer.audit(
          AuditChain.of(key.organization()),
          caller.act(call, Revoking.ACTION, new AuditEvent.Target("key", key.id().text()), changes),
          call.source());
    }
    return Step.done(new KeyAnswers(writer, now).of(new KeyRow(key, found.get().secrets())));
  }
}
