package io.bitting.id;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The public part of a token that names the key: 12 base62 characters, random, safe to log.
 *
 * <p>Held as two numbers so that a million of them stay small: {@code high} has the first ten
 * digits, {@code low} the last two.
 *
 * @param high the first ten base62 digits as a number
 * @param low the last two base62 digits as a number
 */
public record KeyId(long high, int low) {
  /** Length of the text form. */
  public static final int LENGTH = 12;

  private static final int HIGH_DIGITS = 10;
  private static final long HIGH_END = 839_299_365_868_340_224L;
  private static final int LOW_END = 62 * 62;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a number has more digits than its part
   */
  public KeyId {
    if (high < 0 || high >= HIGH_END || low < 0 || low >= LOW_END) {
      throw new IllegalArgumentException("a key id has ten digits in high and two in low");
    }
  }

  /**
   * Draws a new id.
   *
   * @param random where the bits come from
   */
  public static KeyId generate(RandomGenerator random) {
    return parse(Base62.random(random, LENGTH)).orElseThrow();
  }

  /**
   * Reads an id.
   *
   * @param text any text
   * @return empty unless the text is 12 base62 characters
   */
  public static Optional<KeyId> parse(CharSequence text) {
    if (!Base62.isText(text, LENGTH)) {
      return Optional.empty();
    }
    long high = 0;
    for (int i = 0; i < HIGH_DIGITS; i++) {
      high = high * 62 + Base62.value(text.charAt(i));
    }
    int low =
        Base62.value(text.charAt(HIGH_DIGITS)) * 62 + Base62.value(text.charAt(HIGH_DIGITS + 1));
    return Optional.of(new KeyId(high, low));
  }

  /** Returns the 12 characters. */
  public String text() {
    byte[] digits = new byte[LENGTH];
    digits[11] = Base62.digit(low % 62);
    digits[10] = Base62.digit(low / 62);
    long rest = high;
    for (int i = HIGH_DIGITS - 1; i >= 0; i--) {
      digits[i] = Base62.digit((int) (rest % 62));
      rest /= 62;
    }
    return new String(digits, StandardCharsets.US_ASCII);
  }

  @Override
  public String toString() {
    return text();
  }
}
