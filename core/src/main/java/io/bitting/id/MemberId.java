package io.bitting.id;

import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Names a member of an organization: 12 base62 characters, random, never reused.
 *
 * @param text the 12 characters
 */
public record MemberId(String text) {
  private static final int LENGTH = 12;

  /**
   * Checks the form.
   *
   * @throws IllegalArgumentException if the text is not 12 base62 characters
   */
  public MemberId {
    if (!Base62.isText(text, LENGTH)) {
      throw new IllegalArgumentException("member id \"" + text + "\" is not 12 base62 characters");
    }
  }

  /**
   * Draws a new id.
   *
   * @param random where the bits come from
   */
  public static MemberId generate(RandomGenerator random) {
    return new MemberId(Base62.random(random, LENGTH));
  }

  /**
   * Reads an id.
   *
   * @param text any text
   * @return empty unless the text is 12 base62 characters
   */
  public static Optional<MemberId> parse(CharSequence text) {
    return Base62.isText(text, LENGTH)
        ? Optional.of(new MemberId(text.toString()))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return text;
  }
}
