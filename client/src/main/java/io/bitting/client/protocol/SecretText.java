package io.bitting.client.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A token or a setup code on its way.
 *
 * <p><b>Security guarantees.</b> Only {@link #reveal} and {@link Json} show the text; {@code
 * toString} does not, and so neither does that of a record that holds one. There is no comparison.
 * Not given: the text stays in memory until it is collected.
 *
 * <p>Immutable and thread-safe.
 */
public final class SecretText {
  private final String text;

  private SecretText(String text) {
    this.text = text;
  }

  /**
   * Wraps a text.
   *
   * @param text the secret
   */
  @JsonCreator
  public static SecretText of(String text) {
    return new SecretText(text);
  }

  /** Returns the text. To be called where it is sent or shown, and nowhere else. */
  @JsonValue
  public String reveal() {
    return text;
  }

  @Override
  public String toString() {
    return "(secret)";
  }
}
