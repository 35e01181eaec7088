package io.bitting.client.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * A token or a setup code on its way; or the place where one was, in an answer that is given again,
 * which never has it.
 *
 * <p><b>Security guarantees.</b> Only {@link #reveal} and {@link Json} show the text; {@code
 * toString} does not, and so neither does that of a record that holds one. There is no comparison.
 * Not given: the text stays in memory until it is collected.
 *
 * <p>Immutable and thread-safe.
 */
public final class SecretText {
  private static final SecretText WITHHELD = new SecretText(null);

  private final @Nullable String text;

  private SecretText(@Nullable String text) {
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

  /** Returns what stands where a secret was that was shown before, and is not shown again. */
  public static SecretText withheld() {
    return WITHHELD;
  }

  /** Takes what a reader of JSON found, which is nothing where the secret is withheld. */
  static SecretText orWithheld(@Nullable SecretText found) {
    return found == null ? WITHHELD : found;
  }

  /** Tells whether there is no text, since the secret was in an earlier answer. */
  public boolean isWithheld() {
    return text == null;
  }

  /**
   * Returns the text. To be called where it is sent or shown, and nowhere else.
   *
   * @throws IllegalStateException if it is withheld: the secret was in an earlier answer
   */
  public String reveal() {
    if (text == null) {
      throw new IllegalStateException(
          "the secret was in an earlier answer to the same request and is not shown again");
    }
    return text;
  }

  /** What JSON has of it; nothing where it is withheld. */
  @JsonValue
  @Nullable String json() {
    return text;
  }

  /** What is said where it is withheld: that it is not available. */
  @Nullable Boolean availability() {
    return text == null ? Boolean.FALSE : null;
  }

  @Override
  public String toString() {
    return text == null ? "(withheld)" : "(secret)";
  }
}
