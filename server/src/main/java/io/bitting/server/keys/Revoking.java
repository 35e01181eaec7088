package io.bitting.server.keys;

import io.bitting.audit.AuditEvent;
import io.bitting.key.Key;
import io.bitting.key.Revocation;
import io.bitting.store.Writer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Revokes keys, in whatever way that is asked for. */
public final class Revoking {
  /** What the audit calls it. */
  public static final String ACTION = "key.revoked";

  private Revoking() {}

  /**
   * Revokes a key within a transaction.
   *
   * @param writer the transaction, which holds the lock of the key
   * @param before the key, not revoked
   * @param at from when on it is refused
   * @param why what was said
   * @param changes where it is said for the audit
   * @return the key as it is now
   */
  public static Key revoke(
      Writer writer, Key before, Instant at, Revocation why, List<AuditEvent.Change> changes) {
    Key after = before.revoked(at, why);
    writer.updateKey(after);
    changes.addAll(changes(before, after, why));
    return after;
  }

  private static List<AuditEvent.Change> changes(Key before, Key after, Revocation why) {
    List<AuditEvent.Change> changes = new ArrayList<>();
    changes.add(new AuditEvent.Change("state", before.state().code(), after.state().code()));
    changes.add(new AuditEvent.Change("reason", null, why.reason().code()));
    if (!why.note().isEmpty()) {
      changes.add(new AuditEvent.Change("note", null, why.note()));
    }
    return changes;
  }
}
