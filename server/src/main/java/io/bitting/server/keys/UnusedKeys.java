package io.bitting.server.keys;

import io.bitting.id.KeyId;
import io.bitting.key.Key;
import io.bitting.seal.Sealed;
import io.bitting.store.KeyRow;
import io.bitting.usage.LastUse;
import io.bitting.usage.UsageReader;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds keys that nobody used for some time, or ever; only those that were made before it began. A
 * use of the last few seconds may not be recorded yet.
 *
 * <p>Thread-safe. Blocks.
 */
final class UnusedKeys {
  private final UsageReader usage;

  UnusedKeys(UsageReader usage) {
    this.usage = usage;
  }

  /**
   * Returns those of some keys, in their order.
   *
   * @param keys some hundreds at most
   * @param since when the time began
   */
  List<Sealed<KeyRow>> among(List<Sealed<KeyRow>> keys, Instant since) {
    Map<KeyId, LastUse> lastUses =
        usage.lastUses(keys.stream().map(row -> row.unchecked().key().id()).toList());
    return keys.stream()
        .filter(row -> {
          Key key = row.unchecked().key();
          Instant idle =
              Optional.ofNullable(lastUses.get(key.id())).map(LastUse::at).orElse(key.createdAt());
          return !idle.isAfter(since);
        })
        .toList();
  }
}
