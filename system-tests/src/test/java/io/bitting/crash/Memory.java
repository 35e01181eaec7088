package io.bitting.crash;

import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;

/**
 * Everything that was acknowledged, and everything that was asked for and never answered. Outlives
 * the servers.
 *
 * <p>Thread-safe, but for the catalog, which one writer changes.
 */
final class Memory {
  private final Map<String, KnownKey> keys = new ConcurrentHashMap<>();
  private final Set<String> doubtfulNames = ConcurrentHashMap.newKeySet();
  private final Queue<String> surprises = new ConcurrentLinkedQueue<>();
  private final LongAdder acknowledged = new LongAdder();
  private final LongAdder unanswered = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private Edition catalog = new Edition(1, 0);
  private Optional<Edition> doubtfulCatalog = Optional.empty();

  /**
   * A catalog that was put.
   *
   * @param version its version
   * @param number what tells its text from that of others
   */
  record Edition(long version, long number) {}

  Map<String, KnownKey> keys() {
    return keys;
  }

  /** Returns the names of keys that were asked for and may exist. */
  Set<String> doubtfulNames() {
    return doubtfulNames;
  }

  /** Answers that nobody had expected, each a finding. */
  Queue<String> surprises() {
    return surprises;
  }

  LongAdder acknowledged() {
    return acknowledged;
  }

  LongAdder unanswered() {
    return unanswered;
  }

  /** Counts what was answered with "nothing was changed". */
  LongAdder refused() {
    return refused;
  }

  void add(KnownKey key) {
    keys.put(key.id(), key);
  }

  Edition catalog() {
    return catalog;
  }

  void askCatalog(Edition next) {
    doubtfulCatalog = Optional.of(next);
  }

  void catalogAcknowledged() {
    catalog = doubtfulCatalog.orElseThrow();
    doubtfulCatalog = Optional.empty();
  }

  void catalogRefused() {
    doubtfulCatalog = Optional.empty();
  }

  Set<Edition> possibleCatalogs() {
    return doubtfulCatalog
        .map(edition -> Set.of(catalog, edition))
        .orElseGet(() -> Set.of(catalog));
  }

  void foundCatalog(Edition edition) {
    catalog = edition;
    doubtfulCatalog = Optional.empty();
  }
}
