package io.bitting.server.console;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times in words, in UTC. Stateless. */
final class Moments {
  private static final DateTimeFormatter EXACT = formatter("d MMM uuuu, HH:mm");
  private static final DateTimeFormatter DAY = formatter("d MMM uuuu");
  private static final DateTimeFormatter FIELD = formatter("uuuu-MM-dd");

  private Moments() {}

  private static DateTimeFormatter formatter(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(ZoneOffset.UTC);
  }

  /** Returns {@code 18 Feb 2027, 09:30}. */
  static String exact(Instant at) {
    return EXACT.format(at);
  }

  /** Returns {@code 18 Feb 2027}. */
  static String day(Instant at) {
    return DAY.format(at);
  }

  /** Returns {@code 2027-02-18}, as a date field has it. */
  static String field(Instant at) {
    return FIELD.format(at);
  }

  /** Returns {@code 3 min ago}, {@code in 88 days}; rounded down, so that nothing looks later. */
  static String relative(Instant now, Instant at) {
    Duration distance = Duration.between(at, now).abs();
    if (distance.toSeconds() < 60) {
      return at.isAfter(now) ? "in less than 1 min" : "just now";
    }
    String length = length(distance);
    return at.isAfter(now) ? "in " + length : length + " ago";
  }

  private static String length(Duration distance) {
    if (distance.toMinutes() < 60) {
      return distance.toMinutes() + " min";
    }
    if (distance.toHours() < 48) {
      return distance.toHours() + " h";
    }
    long days = distance.toDays();
    if (days < 100) {
      return days + " days";
    }
    return days < 730 ? days / 30 + " months" : days / 365 + " years";
  }
}
