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
  /** How many are found at a time. */
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

  /** Does it to every key, some at a time. */
  void each(Due due, Instant at, Deed deed) {
    Instant now = at.truncatedTo(ChronoUnit.MILLIS);
    Optional<KeyId> after = Optional.empty();
    do {
      Optional<KeyId> place = after;
      List<KeyId> keys = store.read(reader -> reader.keysDue(due, now, place, AT_ONCE));
      keys.forEach(key -> one(key, now, deed));
      after = keys.size() < AT_ONCE ? Optional.empty() : Optional.of(keys.getLast());
    } while (after.isPresent());
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
