package io.bitting.id;

import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Names a sign-in: 12 base62 characters, random, never reused. Says nothing of its cookie.
 *
 * @param text the 12 characters
 */
public record SignInId(String text) {
  private static final int LENGTH = 12;

  /**
   * Checks the form.
   *
   * @throws IllegalArgumentException if the text is not 12 base62 characters
   */
  public SignInId {
    if (!Base62.isText(text, LENGTH)) {
      throw new IllegalArgumentException("sign-in id \"" + text + "\" is not 12 base62 characters");
    }
  }

  /**
   * Draws a new id.
   *
   * @param random where the bits come from
   */
  public static SignInId generate(RandomGenerator random) {
    return new SignInId(Base62.random(random, LENGTH));
  }

  /**
   * Reads an id.
   *
   * @param text any text
   * @return empty unless the text is 12 base62 characters
   */
  public static Optional<SignInId> parse(CharSequence text) {
    return Base62.isText(text, LENGTH)
        ? Optional.of(new SignInId(text.toString()))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return text;
  }
}
