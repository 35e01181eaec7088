package io.bitting.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TimesTest {
  private static final Instant NOW = Instant.parse("2026-11-21T22:00:00Z");
  private static final Times TIMES = new Times(Clock.fixed(NOW, ZoneOffset.UTC));

  @ParameterizedTest
  @CsvSource({
    "PT0S, in 0 s",
    "PT8S, in 8 s",
    "PT-8S, 8 s ago",
    "PT119S, in 119 s",
    "PT120S, in 2 min",
    "PT90M, in 90 min",
    "PT23H59M59S, in 24 h",
    "PT24H, in 24 h",
    "PT47H, in 47 h",
    "P89DT23H59M59S, in 90 d",
    "P-400D, 400 d ago"
  })
  void relative_isInTheUnitThatFits(Duration away, String words) {
    assertThat(TIMES.relative(NOW.plus(away))).isEqualTo(words);
  }

  @Test
  void expiry_null_isNever() {
    assertThat(TIMES.expiry(null)).isEqualTo("never");
    assertThat(TIMES.both(null)).isEqualTo("never");
  }

  @ParameterizedTest
  @CsvSource({
    "30d, 2026-12-21T22:00:00Z",
    "36h, 2026-11-23T10:00:00Z",
    "2w, 2026-12-05T22:00:00Z",
    "1y, 2027-11-21T22:00:00Z",
    "2027-03-31, 2027-04-01T00:00:00Z",
    "2027-03-31T12:00:00Z, 2027-03-31T12:00:00Z",
    "2027-03-31T12:00:00+02:00, 2027-03-31T10:00:00Z"
  })
  void readExpiry_wellFormed_isATime(String text, Instant at) {
    assertThat(TIMES.readExpiry(text)).contains(new Times.Expiry(at));
  }

  @Test
  void readExpiry_never_isNoTime() {
    assertThat(TIMES.readExpiry("never")).contains(new Times.Expiry(null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "30",
        "d",
        "-1d",
        "0d",
        "1.5d",
        "30 d",
        "1m",
        "tomorrow",
        "2027-02-30",
        "2027-03-31T12:00:00",
        "Never"
      })
  void readExpiry_anythingElse_isNone(String text) {
    assertThat(TIMES.readExpiry(text)).isEmpty();
  }
}
