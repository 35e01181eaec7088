package io.bitting.server.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Times as callers write them: as RFC 3339 has them, {@code 2027-02-18T00:00:00Z}. */
public final class Timestamp {
  private Timestamp() {}

  /**
   * Reads a time to the millisecond; what is finer is cut off, since nothing stored is.
   *
   * @param text any text
   * @return empty if it is no time
   */
  public static Optional<Instant> parse(String text) {
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MILLIS));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
