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

/** A ledger that was never kept: nothing is in it, and nothing follows from that. */
final class NoUsage implements UsageReader {
  @Override
  public KeyUse use(KeyId key, Instant from, Instant until) {
    return new KeyUse(key, List.of(), Optional.empty(), false);
  }

  @Override
  public Map<KeyId, LastUse> lastUses(Collection<KeyId> keys) {
    return Map.of();
  }
}
