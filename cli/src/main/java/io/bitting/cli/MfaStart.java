package io.bitting.cli;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Reads from when on members are to need a second factor. */
final class MfaStart {
  private MfaStart() {}

  /**
   * Reads it: {@code now}, {@code 14d} from now, a date (its beginning, UTC) or a time.
   *
   * @throws StopException if the text is none of these
   */
  static Instant read(Clock clock, String flag, String text) {
    if (text.equals("now")) {
      return clock.instant();
    }
    if (text.matches("[0-9]{1,4}d")) {
      return clock.instant().plus(Duration.ofDays(Long.parseLong(text.replace("d", ""))));
    }
    return Times.read(text)
        .orElseThrow(() ->
            StopException.usage(
                flag + " is \"" + text + "\", which is no time",
                "Give now, 14d, 2027-01-01 or 2027-01-01T12:00:00Z."));
  }
}
