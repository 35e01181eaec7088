package io.bitting.samples.personnel;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What one organization has in Personnel: things by kind, and which has which. Bounded: what no
 * longer fits is not taken. Not thread-safe: its calls are answered one at a time.
 */
final class Workspace {
  /** How much fits: the characters of all members, and {@link #EACH} for each thing and link. */
  static final int ROOM = 4 << 20;

  private static final int EACH = 256;

  private final Clock clock;
  private final Map<String, Map<String, Thing>> things = new HashMap<>();
  private final Map<String, Long> numbers = new HashMap<>();
  private final Map<Link, Map<String, JsonNode>> links = new LinkedHashMap<>();
  private @Nullable Instant cacheClearedAt;
  private int used;

  Workspace(Clock clock) {
    this.clock = clock;
  }

  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  private Map<String, Thing> of(String kind) {
    return things.computeIfAbsent(kind, ignored -> new LinkedHashMap<>());
  }

  /** Returns all things of a kind, oldest first. */
  Collection<Thing> all(String kind) {
    return of(kind).values();
  }

  Optional<Thing> find(String kind, String id) {
    return Optional.ofNullable(of(kind).get(id));
  }

  /** Makes a thing; empty if it does not fit. */
  Optional<Thing> create(String kind, Map<String, JsonNode> members) {
    if (!take(EACH + Thing.length(members))) {
      return Optional.empty();
    }
    Instant now = now();
    Thing thing = new Thing(numbers.merge(kind, 1L, Long::sum), members, now, now);
    of(kind).put(thing.id(), thing);
    return Optional.of(thing);
  }

  /** Gives a thing other members; empty if they do not fit, and then it has the old ones. */
  Optional<Thing> change(String kind, Thing old, Map<String, JsonNode> members) {
    if (!take(Thing.length(members) - Thing.length(old.members()))) {
      return Optional.empty();
    }
    Thing thing = new Thing(old.number(), members, old.createdAt(), now());
    of(kind).put(thing.id(), thing);
    return Optional.of(thing);
  }

  /** Deletes a thing, and that it has or is had. */
  void delete(String kind, Thing thing) {
    of(kind).remove(thing.id());
    used -= EACH + Thing.length(thing.members());
    Link.End end = new Link.End(kind, thing.id());
    unlink(link -> link.touches(end));
  }

  boolean has(Link link) {
    return links.containsKey(link);
  }

  /** Returns what is noted beside a link. */
  Map<String, JsonNode> pivot(Link link) {
    return links.getOrDefault(link, Map.of());
  }

  /** Links two things, or notes something else beside their link; false if it does not fit. */
  boolean link(Link link, Map<String, JsonNode> pivot) {
    int before = has(link) ? EACH + Thing.length(pivot(link)) : 0;
    if (!take(EACH + Thing.length(pivot) - before)) {
      return false;
    }
    links.put(link, Collections.unmodifiableMap(new LinkedHashMap<>(pivot)));
    return true;
  }

  /** Takes links apart. */
  void unlink(Predicate<Link> which) {
    links
        .entrySet()
        .removeIf(link -> {
          boolean gone = which.test(link.getKey());
          used -= gone ? EACH + Thing.length(link.getValue()) : 0;
          return gone;
        });
  }

  /** Tells whether some links would fit. */
  boolean fits(int count, Collection<Map<String, JsonNode>> pivots) {
    return used + count * EACH + pivots.stream().mapToInt(Thing::length).sum() <= ROOM;
  }

  private boolean take(int more) {
    if (more > 0 && used + more > ROOM) {
      return false;
    }
    used += more;
    return true;
  }

  Optional<Instant> cacheClearedAt() {
    return Optional.ofNullable(cacheClearedAt);
  }

  void clearCache() {
    cacheClearedAt = now();
  }
}
