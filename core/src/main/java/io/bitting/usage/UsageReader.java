package io.bitting.usage;

import io.bitting.id.KeyId;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * What the ledger says of keys. Use of the last few seconds may not be in it yet.
 *
 * <p>Thread-safe. Blocks; costs a few statements. Every method throws {@link
 * io.bitting.store.StoreException} if the ledger cannot be read.
 */
public interface UsageReader {

  /**
   * Returns the recorded use of a key.
   *
   * @param key the key
   * @param from the beginning of the window; rounded down to the hour, or to the day where the
   *     ledger has days only
   * @param until its end, exclusive; rounded up likewise
   */
  KeyUse use(KeyId key, Instant from, Instant until);

  /**
   * Returns the recorded use of several keys, as {@link #use} has it of each. A ledger that can
   * answers for hundreds of keys by a few statements.
   *
   * @param from the keys, each with the beginning of its window
   * @param until the end of all windows, exclusive
   */
  default Map<KeyId, KeyUse> uses(Map<KeyId, Instant> from, Instant until) {
    Map<KeyId, KeyUse> uses = new HashMap<>();
    from.forEach((key, begin) -> uses.put(key, use(key, begin, until)));
    return uses;
  }

  /**
   * Returns when keys were last used. Keys that never were are not in it.
   *
   * @param keys the keys
   */
  Map<KeyId, LastUse> lastUses(Collection<KeyId> keys);

  /**
   * Returns when the secrets of a key were last used, by their numbers. Secrets that never were are
   * not in it.
   *
   * @param key the key
   */
  Map<Integer, LastUse> lastUsesBySecret(KeyId key);
}
