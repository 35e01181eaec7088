package io.bitting.cli;

import io.bitting.client.protocol.Json;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Times as people read and write them. */
final class Times {
  private static final Pattern LIFETIME = Pattern.compile("([1-9][0-9]{0,4})([hdwy])");

  private final Clock clock;

  Times(Clock clock) {
    this.clock = clock;
  }

  /** Says how far away a time is: {@code in 24 h}, {@code 8 s ago}. */
  String relative(Instant time) {
    Duration away = Duration.between(clock.instant(), time);
    String length = length(away.abs());
    return away.isNegative() ? length + " ago" : "in " + length;
  }

  /** Says when something expires. */
  String expiry(@Nullable Instant expiresAt) {
    return expiresAt == null ? "never" : relative(expiresAt);
  }

  /** Says when something was last used. */
  String lastUse(@Nullable Instant at) {
    return at == null ? "never" : relative(at);
  }

  /** Says a time both ways. */
  String both(@Nullable Instant time) {
    return time == null ? "never" : Json.time(time) + " (" + relative(time) + ")";
  }

  /* Two of a unit at least, so that 90 min are not "1 h"; a key made for 24 h has "24 h", and not 23, after a second. */
  private static String length(Duration away) {
    long seconds = (away.toMillis() + 500) / 1000;
    if (seconds < 120) {
      return seconds + " s";
    }
    if (seconds < 2 * 3600) {
      return (seconds + 30) / 60 + " min";
    }
    if (seconds < 2 * 86_400) {
      return (seconds + 1800) / 3600 + " h";
    }
    return (seconds + 43_200) / 86_400 + " d";
  }

  /** When a key is to expire; a null time is never. */
  record Expiry(@Nullable Instant at) {}

  /**
   * Reads when a key is to expire: a lifetime, a date (its end, UTC), a time, or {@code never}.
   *
   * @return empty if the text is none of these
   */
  Optional<Expiry> readExpiry(String text) {
    if (text.equals("never")) {
      return Optional.of(new Expiry(null));
    }
    return lifetime(text)
        .map(lifetime -> clock.instant().plus(lifetime))
        .or(() -> read(text, 1))
        .map(Expiry::new);
  }

  /**
   * Reads a time that is past: how long ago it was, a date (its beginning, UTC), or a time.
   *
   * @return empty if the text is none of these
   */
  Optional<Instant> readPast(String text) {
    return lifetime(text).map(ago -> clock.instant().minus(ago)).or(() -> read(text));
  }

  /**
   * Reads a date (its beginning, UTC) or a time.
   *
   * @return empty if the text is neither
   */
  static Optional<Instant> read(String text) {
    return read(text, 0);
  }

  private static Optional<Instant> read(String text, int daysAfterDate) {
    try {
      return Optional.of(
          text.contains("T")
              ? OffsetDateTime.parse(text).toInstant()
              : LocalDate.parse(text)
                  .plusDays(daysAfterDate)
                  .atStartOfDay(ZoneOffset.UTC)
                  .toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<Duration> lifetime(String text) {
    Matcher lifetime = LIFETIME.matcher(text.toLowerCase(Locale.ROOT));
    if (!lifetime.matches()) {
      return Optional.empty();
    }
    long number = Long.parseLong(lifetime.group(1));
    return Optional.of(
        switch (lifetime.group(2)) {
          case "h" -> Duration.ofHours(number);
          case "d" -> Duration.ofDays(number);
          case "w" -> Duration.ofDays(7 * number);
          default -> Duration.ofDays(365 * number);
        });
  }
}
