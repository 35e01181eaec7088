package io.bitting.usage;

import io.bitting.id.KeyId;
import java.time.Instant;
import java.util.Collection;
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
   * @param from the beginning of the window; rounded down to the hour
   * @param until its end, exclusive; rounded up to the hour
   */
  KeyUse use(KeyId key, Instant from, Instant until);

  /**
   * Returns when keys were last used. Keys that never were are not in it.
   *
   * @param keys the keys
   */
  Map<KeyId, LastUse> lastUses(Collection<KeyId> keys);

  /**
   * Returns when each secret of a key was last used, by its number. Secrets that never were are not
   * in it.
   *
   * @param key the key
   */
  Map<Integer, LastUse> lastUsesBySecret(KeyId key);
}
