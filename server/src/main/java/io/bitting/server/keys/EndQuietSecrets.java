package io.bitting.server.keys;

import io.bitting.audit.AuditEvent;
import io.bitting.id.KeyId;
import io.bitting.key.KeySecret;
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
 * Ends the secret before the newest when it was quiet for as long as the rotation said: nobody used
 * it, counted from the rotation on or from its last use. A ledger that cannot be read ends nothing.
 */
public final class EndQuietSecrets implements Chore {
  /** The ledger learns of a use this late at most, and knows it to the minute only. */
  private static final Duration LEDGER_BEHIND = Duration.ofMinutes(2);

  private final Sweep sweep;
  private final UsageReader usage;

  /**
   * Makes the chore.
   *
   * @param store has the keys
   * @param usage knows when secrets were last used
   */
  public EndQuietSecrets(Store store, UsageReader usage) {
    this.sweep = new Sweep(store, this);
    this.usage = usage;
  }

  @Override
  public String name() {
    return "end-quiet-secrets";
  }

  @Override
  public Duration every() {
    return Duration.ofMinutes(5);
  }

  @Override
  public void run(Instant now) {
    sweep.due(new Due.Quiet(), now, keys -> keys.forEach(key -> look(key, now)));
  }

  private void look(KeyId key, Instant now) {
    // A secret that came to overlap since the ledger was read is none that was quiet for long.
    Map<Integer, LastUse> uses = usage.lastUsesBySecret(key);
    sweep.change(key, (writer, organization, row) -> end(writer, row, uses, now));
  }

  private void end(Writer writer, KeyRow row, Map<Integer, LastUse> uses, Instant now) {
    Optional<KeySecret> quiet =
        row.overlapping(now).filter(secret -> isQuiet(secret, row, uses, now));
    if (quiet.isEmpty()) {
      return;
    }
    List<AuditEvent.Change> changes = new ArrayList<>();
    Overlaps.end(writer, quiet.get(), now, changes);
    sweep.audit(writer, row, Overlaps.ENDED, changes);
  }

  private static boolean isQuiet(
      KeySecret secret, KeyRow row, Map<Integer, LastUse> uses, Instant now) {
    if (secret.quietFor() == null) {
      return false;
    }
    Instant rotated = row.secrets().get(0).unchecked().createdAt();
    Instant since =
        Optional.ofNullable(uses.get(secret.number()))
            .map(LastUse::at)
            .filter(used -> used.isAfter(rotated))
            .orElse(rotated);
    return !now.isBefore(since.plus(secret.quietFor()).plus(LEDGER_BEHIND));
  }
}
