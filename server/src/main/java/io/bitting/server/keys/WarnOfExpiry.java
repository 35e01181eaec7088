package io.bitting.server.keys;

import io.bitting.audit.AuditEvent;
import io.bitting.id.KeyId;
import io.bitting.key.KeySecret;
import io.bitting.key.KeyState;
import io.bitting.server.upkeep.Chore;
import io.bitting.server.upkeep.Sweep;
import io.bitting.store.Due;
import io.bitting.store.KeyRow;
import io.bitting.store.Store;
import io.bitting.store.Writer;
import io.bitting.usage.LastUse;
import io.bitting.usage.UsageReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Warns 30, 7 and 1 day before a key expires: one event each, and of those that were missed only
 * the nearest. A key that lives no longer than a warning is early gets none so early.
 */
public final class WarnOfExpiry implements Chore {
  /** What the audit calls it. */
  static final String ACTION = "key.expiring";

  /** The nearest first: a key that gets one of these is not found for those after it. */
  private static final List<Duration> BEFORE =
      List.of(Duration.ofDays(1), Duration.ofDays(7), Duration.ofDays(30));

  private final Sweep sweep;
  private final UsageReader usage;

  /**
   * Makes the chore.
   *
   * @param store has the keys
   * @param usage knows whether a key is in use
   */
  public WarnOfExpiry(Store store, UsageReader usage) {
    this.sweep = new Sweep(store, this);
    this.usage = usage;
  }

  @Override
  public String name() {
    return "warn-of-expiry";
  }

  @Override
  public Duration every() {
    return Duration.ofMinutes(10);
  }

  @Override
  public void run(Instant now) {
    for (Duration before : BEFORE) {
      sweep.due(new Due.Warning(before), now, keys -> warn(keys, now, before));
    }
  }

  private void warn(List<KeyId> keys, Instant now, Duration before) {
    Map<KeyId, LastUse> uses = usage.lastUses(keys);
    for (KeyId key : keys) {
      Optional<Instant> used = Optional.ofNullable(uses.get(key)).map(LastUse::at);
      sweep.change(key, (writer, organization, row) -> warn(writer, row, used, now, before));
    }
  }

  private void warn(
      Writer writer, KeyRow row, Optional<Instant> used, Instant now, Duration before) {
    KeyId id = row.key().id();
    Optional<Instant> expiresAt = row.expiresAt();
    boolean due =
        row.key().state() == KeyState.ACTIVE
            && row.key().replacement() == null
            && expiresAt
                .filter(at -> now.isBefore(at) && !at.isAfter(now.plus(before)))
                .isPresent();
    KeySecret newest = row.secrets().get(0).unchecked();
    // Another node may have been faster.
    if (!due || !writer.noteWarning(id, newest.number(), before)) {
      return;
    }
    List<AuditEvent.Change> changes = new ArrayList<>();
    changes.add(new AuditEvent.Change("days", null, String.valueOf(before.toDays())));
    changes.add(new AuditEvent.Change("expires_at", null, String.valueOf(newest.expiresAt())));
    used.ifPresent(at -> changes.add(new AuditEvent.Change("last_used_at", null, at.toString())));
    sweep.audit(writer, row, ACTION, changes);
  }
}
