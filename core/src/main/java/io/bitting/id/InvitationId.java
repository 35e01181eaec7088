package io.bitting.id;

import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Names an invitation: 12 base62 characters, random, never reused. Says nothing of its code.
 *
 * @param text the 12 characters
 */
public record InvitationId(String text) {
  private static final int LENGTH = 12;

  /**
   * Checks the form.
   *
   * @throws IllegalArgumentException if the text is not 12 base62 characters
   */
  public InvitationId {
    if (!Base62.isText(text, LENGTH)) {
      throw new IllegalArgumentException(
          "invitation id \"" + text + "\" is not 12 base62 characters");
    }
  }

  /**
   * Draws a new id.
   *
   * @param random where the bits come from
   */
  public static InvitationId generate(RandomGenerator random) {
    return new InvitationId(Base62.random(random, LENGTH));
  }

  /**
   * Reads an id.
   *
   * @param text any text
   * @return empty unless the text is 12 base62 characters
   */
  public static Optional<InvitationId> parse(CharSequence text) {
    return Base62.isText(text, LENGTH)
        ? Optional.of(new InvitationId(text.toString()))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return text;
  }
}
