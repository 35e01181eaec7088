package io.bitting.server.keys;

import io.bitting.audit.AuditEvent;
import io.bitting.key.KeyState;
import io.bitting.key.Replacement;
import io.bitting.key.Revocation;
import io.bitting.key.RevocationReason;
import io.bitting.server.upkeep.Chore;
import io.bitting.server.upkeep.Sweep;
import io.bitting.store.Due;
import io.bitting.store.KeyRow;
import io.bitting.store.Store;
import io.bitting.store.Writer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Revokes keys that were replaced once their overlap is over. Checks refuse them from that moment
 * in any case; this writes it down.
 */
public final class EndReplacedKeys implements Chore {
  private final Sweep sweep;

  /**
   * Makes the chore.
   *
   * @param store has the keys
   */
  public EndReplacedKeys(Store store) {
    this.sweep = new Sweep(store, this);
  }

  @Override
  public String name() {
    return "end-replaced-keys";
  }

  @Override
  public Duration every() {
    return Duration.ofMinutes(1);
  }

  @Override
  public void run(Instant now) {
    sweep.due(
        new Due.End(),
        now,
        keys ->
            keys.forEach(
                key -> sweep.change(key, (writer, organization, row) -> end(writer, row, now))));
  }

  private void end(Writer writer, KeyRow row, Instant now) {
    Replacement replacement = row.key().replacement();
    if (replacement == null || row.key().state() == KeyState.REVOKED || !row.key().isGone(now)) {
      return;
    }
    List<AuditEvent.Change> changes = new ArrayList<>();
    Revoking.revoke(
        writer,
        row.key(),
        replacement.endsAt(),
        new Revocation(RevocationReason.REPLACED, ""),
        changes);
    sweep.audit(writer, row, Revoking.ACTION, changes);
  }
}
