package io.bitting.server.console;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How long what is old goes on working, as forms are filled in. Stateless. */
final class Overlaps {
  private static final Set<String> CHOICES = Set.of("now", "1h", "24h", "7d");

  private Overlaps() {}

  /**
   * Reads what a link says.
   *
   * @param text the text
   * @return empty if no form offers that
   */
  static Optional<String> read(String text) {
    return Optional.of(text).filter(CHOICES::contains);
  }

  /**
   * Returns the overlap that is usual: a day, or less if what is old does not live as long.
   *
   * @param expiresAt when it expires by itself; null for never
   * @param now the time
   */
  static String usual(@Nullable Instant expiresAt, Instant now) {
    if (expiresAt == null || !expiresAt.isBefore(now.plus(Duration.ofDays(1)))) {
      return "24h";
    }
    return expiresAt.isBefore(now.plus(Duration.ofHours(1))) ? "now" : "1h";
  }
}
