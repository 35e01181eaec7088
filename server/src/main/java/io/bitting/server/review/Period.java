package io.bitting.server.review;

import io.bitting.id.KeyId;
import io.bitting.key.Key;
import io.bitting.server.http.Query;
import io.bitting.usage.KeyUse;
import io.bitting.usage.UsageReader;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A time of which recorded use counts, as a query gives it.
 *
 * @param from where it begins
 * @param until where it ends, exclusive; not after now
 */
record Period(Instant from, Instant until) {
  private static final Duration USUAL = Duration.ofDays(90);
  private static final String TIME = "a time such as 2026-08-01T00:00:00Z";

  /**
   * Reads {@code from} and {@code until}; what is wrong with them, {@link Query#check} says.
   *
   * @param query the query
   * @param now the time
   */
  static Period read(Query query, Instant now) {
    Optional<Instant> from = query.value("from", TIME + ", before now", Period::time);
    Optional<Instant> until = query.value("until", TIME, Period::time);
    Instant end = until.orElse(now);
    Instant begin = from.orElse(end.minus(USUAL));
    if (end.isAfter(now)) {
      query.refuse("until", "is " + end + ", after now, " + now + "; what is to come is not known");
    }
    if (from.isPresent() && !begin.isBefore(end)) {
      query.refuse("from", "is " + begin + ", not before the end of the window, " + end);
    }
    return new Period(begin, end);
  }

  /**
   * Returns the time that counts unless somebody says otherwise.
   *
   * @param now the time
   */
  static Period usual(Instant now) {
    return new Period(now.minus(USUAL), now);
  }

  /** Tells whether a query leaves it to be the usual one. */
  static boolean isUsual(Query query) {
    return query.text("from").isEmpty() && query.text("until").isEmpty();
  }

  /**
   * Reads what was recorded of a key. Before the key was made there was nothing to record, so a gap
   * in the record that lies before it is none.
   */
  KeyUse recorded(UsageReader usage, Key key) {
    return usage.use(key.id(), begin(key), until);
  }

  /** Reads what was recorded of several keys, of each as if it were the only one. */
  Map<KeyId, KeyUse> recorded(UsageReader usage, Collection<Key> keys) {
    return usage.uses(keys.stream().collect(Collectors.toMap(Key::id, this::begin)), until);
  }

  private Instant begin(Key key) {
    Instant begin = key.createdAt().isAfter(from) ? key.createdAt() : from;
    return begin.isAfter(until) ? until : begin;
  }

  private static Optional<Instant> time(String text) {
    try {
      Instant time = OffsetDateTime.parse(text).toInstant();
      boolean sane =
          time.isAfter(Instant.EPOCH) && time.isBefore(Instant.parse("9999-12-31T23:59:59Z"));
      return sane ? Optional.of(time) : Optional.empty();
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
