package io.bitting.server.keys;

import io.bitting.audit.AuditChain;
import io.bitting.audit.AuditEvent;
import io.bitting.client.protocol.KeyAnswer;
import io.bitting.id.KeyId;
import io.bitting.key.Key;
import io.bitting.key.KeyState;
import io.bitting.scope.Requirement;
import io.bitting.server.acting.Acting;
import io.bitting.server.acting.ActingCaller;
import io.bitting.server.acting.Step;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Endpoint;
import io.bitting.server.http.ProblemCode;
import io.bitting.server.http.Route;
import io.bitting.store.KeyRow;
import io.bitting.store.Writer;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * Disables or enables a key: two operations of one form. Doing what is done already changes nothing
 * and is answered in the same way; revoked is for ever.
 */
public final class ChangeKeyState implements Endpoint {
  private final Route route;
  private final KeyState target;
  private final String action;
  private final Acting acting;
  private final LastUses lastUses;
  private final Clock clock;

  private ChangeKeyState(
      String verb, KeyState target, String action, Acting acting, LastUses lastUses, Clock clock) {
    this.route =
        Route.json(
            verb + "Key",
            "POST",
            "/v1/organizations/{org}/api-keys/{key}/" + verb,
            Requirement.allOf("keys:manage"));
    this.target = target;
    this.action = action;
    this.acting = acting;
    this.lastUses = lastUses;
    this.clock = clock;
  }

  /**
   * Makes the endpoint that disables.
   *
   * @param acting carries it out
   * @param lastUses tells when keys were last used
   * @param clock tells the time
   */
  public static ChangeKeyState disable(Acting acting, LastUses lastUses, Clock clock) {
    return new ChangeKeyState(
        "disable", KeyState.DISABLED, "key.disabled", acting, lastUses, clock);
  }

  /**
   * Makes the endpoint that enables.
   *
   * @param acting carries it out
   * @param lastUses tells when keys were last used
   * @param clock tells the time
   */
  public static ChangeKeyState enable(Acting acting, LastUses lastUses, Clock clock) {
    return new ChangeKeyState("enable", KeyState.ACTIVE, "key.enabled", acting, lastUses, clock);
  }

  @Override
  public Route route() {
    return route;
  }

  @Override
  public Answer handle(Call call) {
    call.query().check();
    call.requireNoMembers();
    Acting.Change<KeyAnswer> change = (writer, caller) -> change(writer, caller, call);
    if (target == KeyState.ACTIVE) {
      return acting.spread(call, route, change, shown -> Answer.json(200, lastUses.in(shown)));
    }
    return acting.restrict(
        call,
        route,
        KeyId.parse(call.path("key")).stream().toList(),
        change,
        shown -> Answer.json(200, lastUses.in(shown)));
  }

  private Step<KeyAnswer> change(Writer writer, ActingCaller caller, Call call) {
    Optional<KeyRow> row = KeyOfPath.lock(writer, caller.organization(), call);
    if (row.isEmpty()) {
      return Step.notFound();
    }
    KeyAnswers answers = new KeyAnswers(writer, clock.instant());
    Key before = row.get().key();
    if (before.isGone(clock.instant())) {
      return Step.no(
          ProblemCode.STATE_CONFLICT,
          "Key " + before.id() + " is revoked, and revoked is for ever; create another.");
    }
    if (before.state() == target) {
      return Step.done(answers.of(row.get()));
    }
    Key after = before.disabled(target == KeyState.DISABLED);
    writer.updateKey(after);
    writer.audit(
        AuditChain.of(before.organization()),
        caller.act(
            call,
            action,
            new AuditEvent.Target("key", before.id().text()),
            List.of(new AuditEvent.Change("state", before.state().code(), after.state().code()))),
        call.source());
    return Step.done(answers.of(new KeyRow(after, row.get().secrets())));
  }
}
