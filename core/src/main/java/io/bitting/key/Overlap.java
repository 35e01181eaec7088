package io.bitting.key;

import java.time.Duration;
import java.util.Optional;

/** How long what is old is accepted beside what takes its place. */
public enum Overlap {
  /** Not at all. */
  NOW("now", Duration.ZERO),
  /** An hour. */
  HOUR("1h", Duration.ofHours(1)),
  /** A day, unless something else is said. */
  DAY("24h", Duration.ofHours(24)),
  /** A week. */
  WEEK("7d", Duration.ofDays(7));

  private final String code;
  private final Duration length;

  Overlap(String code, Duration length) {
    this.code = code;
    this.length = length;
  }

  /** Returns the word used in JSON and the CLI. */
  public String code() {
    return code;
  }

  /** Returns how long it is. */
  public Duration length() {
    return length;
  }

  /**
   * Finds an overlap by its word.
   *
   * @param code any text
   */
  public static Optional<Overlap> of(String code) {
    for (Overlap overlap : values()) {
      if (overlap.code.equals(code)) {
        return Optional.of(overlap);
      }
    }
    return Optional.empty();
  }
}
