package io.bitting.server.console;

import io.bitting.client.protocol.KeyAnswer;
import io.bitting.client.protocol.SecretAnswer;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How long keys live, as links say it and as the form for new keys sends it. Stateless. */
final class Lives {
  /** A choice of the form: until a day that is entered. */
  static final String DATE = "date";

  /** A choice of the form: no end. */
  static final String NEVER = "never";

  private static final List<Integer> DAYS = List.of(30, 90, 180, 365);
  private static final LocalTime LAST_SECOND = LocalTime.of(23, 59, 59);

  private Lives() {}

  /**
   * A length of life as the form holds it.
   *
   * @param expires the choice
   * @param date the day, if that is chosen
   */
  record Life(String expires, String date) {}

  /**
   * Reads what a link says: {@code P90D}, {@code never}, or a day.
   *
   * @param text the text
   * @param now the time
   */
  static Optional<Life> read(String text, Instant now) {
    if (text.equals(NEVER)) {
      return Optional.of(new Life(NEVER, ""));
    }
    try {
      LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
      LocalDate day = text.startsWith("P") ? today.plus(Period.parse(text)) : LocalDate.parse(text);
      if (!day.isAfter(today) || day.getYear() >= 10_000) {
        return Optional.empty();
      }
      return Optional.of(
          text.startsWith("P")
              ? days(ChronoUnit.DAYS.between(today, day), now)
              : new Life(DATE, text));
    } catch (DateTimeException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  /** Returns the life that the newest token of a key was given. */
  static Life of(KeyAnswer key, Instant now) {
    SecretAnswer newest = key.secrets().getFirst();
    Instant expires = newest.expiresAt();
    return expires == null
        ? new Life(NEVER, "")
        : days(Math.max(1, Duration.between(newest.createdAt(), expires).toDays()), now);
  }

  /** Returns a life of some days. */
  static Life days(long days, Instant now) {
    return DAYS.stream().anyMatch(each -> each == days)
        ? new Life("P" + days + "D", "")
        : new Life(DATE, Moments.field(now.plus(days, ChronoUnit.DAYS)));
  }

  /**
   * Returns what a link says to have a form filled in as another one was.
   *
   * @param expires the choice
   * @param date the day that is entered
   */
  static String linked(String expires, String date) {
    return expires.equals(DATE) ? date : expires;
  }

  /**
   * Returns what the API is sent for a choice.
   *
   * @param expires the choice; not empty
   * @param date the day that is entered
   * @param now the time
   * @return a time; what is none as it was sent, for the endpoint to say so; null for never
   */
  static @Nullable String sent(String expires, String date, Instant now) {
    if (expires.equals(NEVER)) {
      return null;
    }
    try {
      return expires.equals(DATE)
          ? LocalDate.parse(date).atTime(LAST_SECOND).toInstant(ZoneOffset.UTC).toString()
          : now.atOffset(ZoneOffset.UTC)
              .plus(Period.parse(expires))
              .truncatedTo(ChronoUnit.MILLIS)
              .toInstant()
              .toString();
    } catch (DateTimeException | ArithmeticException e) {
      return expires.equals(DATE) ? date : expires;
    }
  }
}
