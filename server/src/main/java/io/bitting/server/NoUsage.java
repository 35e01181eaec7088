package io.bitting.server;

import io.bitting.id.KeyId;
import io.bitting.usage.KeyUse;
import io.bitting.usage.LastUse;
import io.bitting.usage.UsageReader;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A ledger of use that nobody keeps: it knows of nothing, and says that it is not complete. */
final class NoUsage implements UsageReader {
  @Override
  public KeyUse use(KeyId key, Instant from, Instant until) {
    return new KeyUse(key, List.of(), Optional.empty(), false);
  }

  @Override
  public Map<KeyId, LastUse> lastUses(Collection<KeyId> keys) {
    return Map.of();
  }

  @Override
  public Map<Integer, LastUse> lastUsesBySecret(KeyId key) {
    return Map.of();
  }
}
