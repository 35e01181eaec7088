package io.bitting.server.review;

import io.bitting.audit.AuditEvent;
import io.bitting.client.protocol.Json;
import io.bitting.key.Key;
import io.bitting.key.KeyState;
import io.bitting.organization.Organization;
import io.bitting.server.upkeep.Chore;
import io.bitting.server.upkeep.Sweep;
import io.bitting.store.KeyFilter;
import io.bitting.store.KeyRow;
import io.bitting.store.Store;
import io.bitting.store.Writer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Removes keys that were revoked, or expired, for as long as their organization's policy keeps such
 * keys. What was done by them and to them stays in the audit.
 */
public final class RemoveDeadKeys implements Chore {
  /** What the audit calls it. */
  static final String ACTION = "key.removed";

  private final Sweep sweep;

  /**
   * Makes the chore.
   *
   * @param store has the keys
   */
  public RemoveDeadKeys(Store store) {
    this.sweep = new Sweep(store, this);
  }

  @Override
  public String name() {
    return "remove-dead-keys";
  }

  @Override
  public Duration every() {
    return Duration.ofHours(1);
  }

  @Override
  public void run(Instant now) {
    sweep.organizations(organization ->
        organization
            .policy()
            .deadKeysKept()
            .ifPresent(kept -> run(organization, now.minus(kept), now)));
  }

  private void run(Organization organization, Instant before, Instant now) {
    for (KeyRow row : sweep.keys(organization, KeyFilter.all(now))) {
      if (isDeadSince(row, before)) {
        sweep.change(row.key().id(), (writer, own, found) -> remove(writer, own, found, now));
      }
    }
  }

  private static boolean isDeadSince(KeyRow row, Instant before) {
    return died(row).filter(at -> at.isBefore(before)).isPresent();
  }

  /** Says from when on it was refused for ever; empty if somebody could still use it. */
  private static Optional<Instant> died(KeyRow row) {
    return row.key().state() == KeyState.REVOKED
        ? Optional.ofNullable(row.key().revokedAt())
        : row.expiresAt();
  }

  private void remove(Writer writer, Organization organization, KeyRow row, Instant now) {
    Optional<Duration> kept = organization.policy().deadKeysKept();
    if (kept.isEmpty() || !isDeadSince(row, now.minus(kept.get()))) {
      return;
    }
    Key key = row.key();
    writer.removeKey(key);
    sweep.audit(
        writer,
        row,
        ACTION,
        List.of(
            new AuditEvent.Change("name", key.name(), null),
            new AuditEvent.Change("state", key.state().code(), null),
            new AuditEvent.Change("dead_since", died(row).map(Json::time).orElse(""), null)));
  }
}
