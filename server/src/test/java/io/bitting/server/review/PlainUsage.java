package io.bitting.server.review;

import io.bitting.id.ApiId;
import io.bitting.id.KeyId;
import io.bitting.scope.Requirement;
import io.bitting.store.StoreException;
import io.bitting.usage.KeyUse;
import io.bitting.usage.LastUse;
import io.bitting.usage.UsageReader;
import io.bitting.usage.Use;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Use as a test says it was. */
final class PlainUsage implements UsageReader {
  private final List<Recorded> all = new CopyOnWriteArrayList<>();
  private final List<Instant> lost = new CopyOnWriteArrayList<>();

  private final List<Integer> readings = new CopyOnWriteArrayList<>();

  private ApiId api = ApiId.BITTING;
  private boolean away;

  private record Recorded(KeyId key, Use use) {}

  /** Sets the API that keys are used on. */
  void on(String name) {
    api = new ApiId(name);
  }

  /** Sets whether it cannot be read. */
  void away(boolean now) {
    away = now;
  }

  /** Returns of how many keys it was read, each time; to be cleared by who likes. */
  List<Integer> readings() {
    return readings;
  }

  /** Takes note that a key was used for a scope. */
  void allowed(String key, String scope, Instant at, long times) {
    add(
        key,
        new Use(api, Requirement.allOf(scope), Optional.of("GET /" + scope), at, at, times, 0));
  }

  /** Takes note that a key was refused. */
  void denied(String key, String scope, Instant at) {
    add(key, new Use(api, Requirement.allOf(scope), Optional.empty(), at, at, 0, 1));
  }

  /** Takes note that counters of a time are lost. */
  void lose(Instant at) {
    lost.add(at);
  }

  private void add(String key, Use use) {
    all.add(new Recorded(KeyId.parse(key).orElseThrow(), use));
  }

  @Override
  public KeyUse use(KeyId key, Instant from, Instant until) {
    readings.add(1);
    return recorded(key, from, until);
  }

  @Override
  public Map<KeyId, KeyUse> uses(Map<KeyId, Instant> from, Instant until) {
    readings.add(from.size());
    Map<KeyId, KeyUse> uses = new HashMap<>();
    from.forEach((key, begin) -> uses.put(key, recorded(key, begin, until)));
    return uses;
  }

  private KeyUse recorded(KeyId key, Instant from, Instant until) {
    if (away) {
      throw new StoreException("the ledger is away");
    }
    List<Use> uses =
        all.stream()
            .filter(each -> each.key().equals(key))
            .map(Recorded::use)
            .filter(use -> !use.last().isBefore(from) && use.last().isBefore(until))
            .toList();
    return new KeyUse(
        key,
        uses,
        Optional.ofNullable(lastUses(List.of(key)).get(key)),
        lost.stream().noneMatch(at -> !at.isBefore(from) && at.isBefore(until)));
  }

  @Override
  public Map<Integer, LastUse> lastUsesBySecret(KeyId key) {
    return Map.of();
  }

  @Override
  public Map<KeyId, LastUse> lastUses(Collection<KeyId> keys) {
    Map<KeyId, LastUse> last = new HashMap<>();
    for (Recorded each : all) {
      if (keys.contains(each.key()) && each.use().allowed() > 0) {
        last.merge(
            each.key(),
            new LastUse(each.use().last(), Optional.empty(), Optional.empty()),
            (a, b) -> a.at().isAfter(b.at()) ? a : b);
      }
    }
    return last;
  }
}
