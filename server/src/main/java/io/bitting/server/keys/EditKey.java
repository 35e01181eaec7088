package io.bitting.server.keys;

import io.bitting.audit.AuditChain;
import io.bitting.audit.AuditEvent;
import io.bitting.client.protocol.KeyAnswer;
import io.bitting.id.DisplayName;
import io.bitting.id.KeyId;
import io.bitting.issue.Fault;
import io.bitting.issue.Issuing;
import io.bitting.key.Key;
import io.bitting.scope.Requirement;
import io.bitting.server.acting.Acting;
import io.bitting.server.acting.ActingCaller;
import io.bitting.server.acting.Step;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Endpoint;
import io.bitting.server.http.Fields;
import io.bitting.server.http.Problem;
import io.bitting.server.http.ProblemCode;
import io.bitting.server.http.Route;
import io.bitting.store.KeyRow;
import io.bitting.store.Writer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Edits name and purpose of a key. Nothing else of it can be edited; its scopes least of all. */
public final class EditKey implements Endpoint {
  private static final Route ROUTE =
      Route.json(
          "editKey",
          "PATCH",
          "/v1/organizations/{org}/api-keys/{key}",
          Requirement.allOf("keys:manage"));
  private static final List<String> FIXED = List.of("scopes", "all_scopes", "reach", "api");

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
  public EditKey(Acting acting, LastUses lastUses, Clock clock) {
    this.acting = acting;
    this.lastUses = lastUses;
    this.clock = clock;
  }

  /** What is asked for. */
  private record Edit(
      Optional<String> name, Optional<String> purpose, boolean ofGrant, List<Fault> faults) {}

  @Override
  public Route route() {
    return ROUTE;
  }

  @Override
  public Answer handle(Call call) {
    call.query().check();
    Edit edit = read(call);
    return acting.change(
        call,
        ROUTE,
        (writer, caller) -> edit(writer, caller, call, edit),
        shown -> Answer.json(200, lastUses.in(shown)));
  }

  private static Edit read(Call call) {
    List<Fault> faults = new ArrayList<>();
    try (Fields fields = new Fields(call.json(), "", faults)) {
      Optional<String> name = fields.optionalText("name").map(DisplayName::normalize);
      Optional<String> purpose = fields.optionalText("purpose").map(DisplayName::normalize);
      boolean ofGrant = false;
      for (String member : FIXED) {
        ofGrant |= fields.hasRefused(member);
      }
      return new Edit(name, purpose, ofGrant, faults);
    }
  }

  private Step<KeyAnswer> edit(Writer writer, ActingCaller caller, Call call, Edit edit) {
    Optional<KeyRow> row = KeyOfPath.lock(writer, caller.organization(), call);
    if (row.isEmpty()) {
      return Step.notFound();
    }
    if (edit.ofGrant()) {
      return Step.no(
          ProblemCode.SCOPES_IMMUTABLE,
          "What a key may do is fixed when it is made; replace this one by a key with the grant that is needed.");
    }
    Key before = row.get().key();
    Key after =
        before.described(
            edit.name().orElse(before.name()), edit.purpose().orElse(before.purpose()));
    List<Fault> faults = new ArrayList<>(edit.faults());
    Issuing.describe(after.name(), after.purpose(), faults);
    if (!faults.isEmpty()) {
      return Step.no(Answer.problem(Problem.faults(faults)));
    }
    // The name of a key that is revoked or replaced is free for another, and may have been taken.
    Optional<KeyId> holder =
        !before.holdsName()
            ? Optional.empty()
            : writer
                .keyNamed(before.organization(), DisplayName.folded(after.name()))
                .filter(id -> !id.equals(before.id()));
    if (holder.isPresent()) {
      return Step.no(
          ProblemCode.NAME_TAKEN,
          "Key "
              + holder.get()
              + " has the name \""
              + writer
                  .key(holder.get())
                  .map(other -> other.unchecked().key().name())
                  .orElse(after.name())
              + "\"; choose another, or revoke that key.");
    }
    KeyAnswers answers = new KeyAnswers(writer, clock.instant());
    List<AuditEvent.Change> changes = changes(before, after);
    if (changes.isEmpty()) {
      return Step.done(answers.of(row.get()));
    }
    writer.updateKey(after);
    writer.audit(
        AuditChain.of(before.organization()),
        caller.act(call, "key.edited", new AuditEvent.Target("key", before.id().text()), changes),
        call.source());
    return Step.done(answers.of(new KeyRow(after, row.get().secrets())));
  }

  private static List<AuditEvent.Change> changes(Key before, Key after) {
    List<AuditEvent.Change> changes = new ArrayList<>();
    if (!before.name().equals(after.name())) {
      changes.add(new AuditEvent.Change("name", before.name(), after.name()));
    }
    if (!before.purpose().equals(after.purpose())) {
      changes.add(new AuditEvent.Change("purpose", before.purpose(), after.purpose()));
    }
    return changes;
  }
}
