package io.bitting.server.keys;

import io.bitting.audit.AuditEvent;
import io.bitting.key.KeySecret;
import io.bitting.server.upkeep.Chore;
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
import java.util.Optional;

/**
 * Ends the secret before the newest when it was quiet for as long as the rotation said: nobody used
 * it, counted from the rotation on or from its last use. A ledger that cannot be read ends nothing.
 */
public final class EndQuietSecrets implements Chore {
  /** The ledger learns of a use this late at most, and knows it to the minute only. */
  private static final Duration LEDGER_BEHIND = Duration.ofMinutes(2);

  private final DueKeys keys;
  private final UsageReader usage;

  /**
   * Makes the chore.
   *
   * @param store has the keys
   * @param usage knows when secrets were last used
   */
  public EndQuietSecrets(Store store, UsageReader usage) {
    this.keys = new DueKeys(store, this);
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
    keys.each(new Due.Quiet(), now, this::end);
  }

  private void end(Writer writer, KeyRow row, Instant now) {
    Optional<KeySecret> quiet = row.overlapping(now).filter(secret -> isQuiet(secret, row, now));
    if (quiet.isEmpty()) {
      return;
    }
    List<AuditEvent.Change> changes = new ArrayList<>();
    Overlaps.end(writer, quiet.get(), now, changes);
    keys.audit(writer, row, Overlaps.ENDED, changes);
  }

  private boolean isQuiet(KeySecret secret, KeyRow row, Instant now) {
    if (secret.quietFor() == null) {
      return false;
    }
    Instant rotated = row.secrets().get(0).unchecked().createdAt();
    Instant since =
        Optional.ofNullable(usage.lastUsesBySecret(secret.key()).get(secret.number()))
            .map(LastUse::at)
            .filter(used -> used.isAfter(rotated))
            .orElse(rotated);
    return !now.isBefore(since.plus(secret.quietFor()).plus(LEDGER_BEHIND));
  }
}
