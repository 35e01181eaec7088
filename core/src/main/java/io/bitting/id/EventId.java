package io.bitting.id;

import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Names an audit event: 12 base62 characters, random, never reused.
 *
 * @param text the 12 characters
 */
public record EventId(String text) {
  private static final int LENGTH = 12;

  /**
   * Checks the form.
   *
   * @throws IllegalArgumentException if the text is not 12 base62 characters
   */
  public EventId {
    if (!Base62.isText(text, LENGTH)) {
      throw new IllegalArgumentException("event id \"" + text + "\" is not 12 base62 characters");
    }
  }

  /**
   * Draws a new id.
   *
   * @param random where the bits come from
   */
  public static EventId generate(RandomGenerator random) {
    return new EventId(Base62.random(random, LENGTH));
  }

  /**
   * Reads an id.
   *
   * @param text any text
   * @return empty unless the text is 12 base62 characters
   */
  public static Optional<EventId> parse(CharSequence text) {
    return Base62.isText(text, LENGTH)
        ? Optional.of(new EventId(text.toString()))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return text;
  }
}
