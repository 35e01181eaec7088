package io.bitting.server.keys;

import io.bitting.client.protocol.KeyAnswer;
import io.bitting.client.protocol.SecretAnswer;
import io.bitting.id.KeyId;
import io.bitting.store.StoreException;
import io.bitting.usage.LastUse;
import io.bitting.usage.UsageReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adds to answers about keys when these were last used. To be asked when no transaction is open:
 * the ledger is another database, and who holds locks does not wait for it.
 *
 * <p>Thread-safe. Blocks.
 */
public final class LastUses {
  private static final Logger LOG = LoggerFactory.getLogger(LastUses.class);

  private final UsageReader usage;

  /**
   * Makes it.
   *
   * @param usage tells when keys were last used
   */
  public LastUses(UsageReader usage) {
    this.usage = usage;
  }

  /**
   * Adds them to an answer.
   *
   * @param shown a key
   * @return the same without them if the ledger cannot be read: that keeps nobody from looking at a
   *     key, or from revoking it
   */
  public KeyAnswer in(KeyAnswer shown) {
    return in(List.of(shown)).get(0);
  }

  /**
   * Adds them to answers.
   *
   * @param shown some keys
   * @return the same without them if the ledger cannot be read
   */
  public List<KeyAnswer> in(List<KeyAnswer> shown) {
    try {
      Map<KeyId, LastUse> last = usage.lastUses(shown.stream().map(LastUses::id).toList());
      return shown.stream()
          .map(key -> Optional.ofNullable(last.get(id(key))).map(use -> in(key, use)).orElse(key))
          .toList();
    } catch (StoreException e) {
      LOG.warn("keys are shown without their last use: {}", e.getMessage());
      return shown;
    }
  }

  private static KeyId id(KeyAnswer key) {
    return KeyId.parse(key.id()).orElseThrow();
  }

  private KeyAnswer in(KeyAnswer key, LastUse last) {
    Map<Integer, LastUse> uses = bySecret(key, last);
    return key.lastUsed(
        last.at(),
        key.secrets().stream()
            .map(secret ->
                Optional.ofNullable(uses.get(secret.number()))
                    .map(use -> secret.lastUsed(use.at(), use.source().orElse(null)))
                    .orElse(secret))
            .toList());
  }

  /** A key that was never rotated has one secret, whose use is that of the key. */
  private Map<Integer, LastUse> bySecret(KeyAnswer key, LastUse last) {
    List<SecretAnswer> secrets = key.secrets();
    return secrets.size() == 1 && secrets.get(0).number() == 1
        ? Map.of(1, last)
        : usage.lastUsesBySecret(id(key));
  }
}
