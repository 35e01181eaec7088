package io.bitting.id;

import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Names a passkey within Bitting: 12 base62 characters, random, never reused.
 *
 * @param text the 12 characters
 */
public record PasskeyId(String text) {
  private static final int LENGTH = 12;

  /**
   * Checks the form.
   *
   * @throws IllegalArgumentException if the text is not 12 base62 characters
   */
  public PasskeyId {
    if (!Base62.isText(text, LENGTH)) {
      throw new IllegalArgumentException("passkey id \"" + text + "\" is not 12 base62 characters");
    }
  }

  /**
   * Draws a new id.
   *
   * @param random where the bits come from
   */
  public static PasskeyId generate(RandomGenerator random) {
    return new PasskeyId(Base62.random(random, LENGTH));
  }

  /**
   * Reads an id.
   *
   * @param text any text
   * @return empty unless the text is 12 base62 characters
   */
  public static Optional<PasskeyId> parse(CharSequence text) {
    return Base62.isText(text, LENGTH)
        ? Optional.of(new PasskeyId(text.toString()))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return text;
  }
}
