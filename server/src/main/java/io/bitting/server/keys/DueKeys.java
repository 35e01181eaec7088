package io.bitting.server.keys;

import io.bitting.audit.Actor;
import io.bitting.audit.AuditChain;
import io.bitting.audit.AuditEvent;
import io.bitting.id.KeyId;
import io.bitting.seal.Sealed;
import io.bitting.server.upkeep.Chore;
import io.bitting.store.Due;
import io.bitting.store.KeyRow;
import io.bitting.store.Store;
import io.bitting.store.Writer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Goes through keys for which time makes something due, and does it: each in a transaction of its
 * own, under the locks of organization and key, after another look.
 */
final class DueKeys {
  /** How many are found at a time; those that are done are not found again. */
  private static final int AT_ONCE = 500;

  private final Store store;
  private final Chore chore;

  /** Does what is due. */
  @FunctionalInterface
  interface Deed {
    /** Does it, unless another look says that it is not due any more. */
    void to(Writer writer, KeyRow row, Instant now);
  }

  DueKeys(Store store, Chore chore) {
    this.store = store;
    this.chore = chore;
  }

  /** Does it to every key, in rounds as long as whole rounds are found. */
  void each(Due due, Instant at, Deed deed) {
    Instant now = at.truncatedTo(ChronoUnit.MILLIS);
    List<KeyId> before = List.of();
    while (true) {
      List<KeyId> keys = store.read(reader -> reader.keysDue(due, now, AT_ONCE));
      if (keys.equals(before)) {
        // What cannot be done, or is to be looked at again, is left for the next run.
        return;
      }
      keys.forEach(key -> one(key, now, deed));
      if (keys.size() < AT_ONCE) {
        return;
      }
      before = keys;
    }
  }

  private void one(KeyId key, Instant now, Deed deed) {
    store.write(writer -> {
      Optional<KeyRow> seen = writer.key(key).flatMap(Sealed::intact);
      seen.flatMap(row -> writer.lockOrganization(row.key().organization()))
          .flatMap(organization -> writer.lockKey(key))
          .flatMap(Sealed::intact)
          .ifPresent(row -> deed.to(writer, row, now));
      return key;
    });
  }

  /** Tells the audit. */
  void audit(Writer writer, KeyRow row, String action, List<AuditEvent.Change> changes) {
    writer.audit(
        AuditChain.of(row.key().organization()),
        new AuditEvent.Act(
            action,
            new Actor(Actor.Kind.CHORE, chore.name()),
            new AuditEvent.Target("key", row.key().id().text()),
            Optional.empty(),
            changes),
        Optional.empty());
  }
}
