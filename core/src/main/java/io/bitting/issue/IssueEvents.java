package io.bitting.issue;

import io.bitting.audit.AuditEvent;
import io.bitting.grant.GrantedScopes;
import io.bitting.grant.Reach;
import io.bitting.key.Key;
import io.bitting.key.KeySecret;
import io.bitting.key.Replacement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the audit is told of keys that come into being. */
final class IssueEvents {
  private IssueEvents() {}

  static AuditEvent.Act created(Key key, @Nullable Instant expiresAt, Issuer issuer) {
    List<AuditEvent.Change> changes = new ArrayList<>();
    changes.add(new AuditEvent.Change("name", null, key.name()));
    if (!key.purpose().isEmpty()) {
      changes.add(new AuditEvent.Change("purpose", null, key.purpose()));
    }
    changes.add(new AuditEvent.Change("api", null, key.api().text()));
    addScopes(changes, key.grant().scopes());
    addReach(changes, key.grant().reach());
    changes.add(new AuditEvent.Change("expires_at", null, time(expiresAt)));
    return act("key.created", key, changes, issuer);
  }

  static AuditEvent.Act rotated(
      Key key, KeySecret before, KeySecret after, Instant overlapEnd, Issuer issuer) {
    List<AuditEvent.Change> changes = new ArrayList<>();
    changes.add(
        new AuditEvent.Change(
            "secret", String.valueOf(before.number()), String.valueOf(after.number())));
    changes.add(
        new AuditEvent.Change("expires_at", time(before.expiresAt()), time(after.expiresAt())));
    changes.add(new AuditEvent.Change("overlap_ends_at", null, time(overlapEnd)));
    return act("key.rotated", key, changes, issuer);
  }

  static AuditEvent.Act replaced(Key key, Replacement replacement, Issuer issuer) {
    return act(
        "key.replaced",
        key,
        List.of(
            new AuditEvent.Change("replaced_by", null, replacement.by().text()),
            new AuditEvent.Change("ends_at", null, time(replacement.endsAt()))),
        issuer);
  }

  private static AuditEvent.Act act(
      String action, Key key, List<AuditEvent.Change> changes, Issuer issuer) {
    return new AuditEvent.Act(
        action,
        issuer.actor(),
        new AuditEvent.Target("key", key.id().text()),
        issuer.requestId(),
        changes);
  }

  private static String time(@Nullable Instant time) {
    return time == null ? "never" : time.toString();
  }

  private static void addScopes(List<AuditEvent.Change> changes, GrantedScopes scopes) {
    changes.add(
        scopes.isAll()
            ? new AuditEvent.Change("all_scopes", null, "true")
            : new AuditEvent.Change("scopes", null, words(scopes.named())));
  }

  /** One change for each API that keys may be issued for: the API, then the scopes. */
  private static void addReach(List<AuditEvent.Change> changes, Reach reach) {
    if (!(reach instanceof Reach.Limited limited)) {
      changes.add(new AuditEvent.Change("reach", null, "everything"));
      return;
    }
    limited
        .issue()
        .forEach((api, most) ->
            changes.add(
                most.isAll()
                    ? new AuditEvent.Change("reach_issue_all", null, api.text())
                    : new AuditEvent.Change(
                        "reach_issue", null, api.text() + " " + words(most.named()))));
    if (!limited.verify().isEmpty()) {
      changes.add(new AuditEvent.Change("reach_verify", null, words(limited.verify())));
    }
  }

  private static String words(Collection<?> words) {
    return words.stream().map(Object::toString).collect(Collectors.joining(" "));
  }
}
