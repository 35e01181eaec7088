package io.bitting.key;

import io.bitting.id.KeyId;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the tokens of one API begin with, its environment label included: {@code bit}, {@code
 * nex_test}. Unique, never changed.
 *
 * @param text 1 to 20 of lower-case letters, digits and underscores, no underscore at either end
 */
public record KeyPrefix(String text) {
  /** The greatest length. */
  public static final int LENGTH_MAX = 20;

  /** What a prefix looks like, for messages. */
  public static final String RULE =
      "a key prefix is 1 to 20 lower-case letters, digits and underscores, with no underscore at either end";

  private static final Pattern FORM = Pattern.compile("[a-z0-9](?:[a-z0-9_]{0,18}[a-z0-9])?");

  /**
   * Checks the form.
   *
   * @throws IllegalArgumentException if the text is not a key prefix
   */
  public KeyPrefix {
    if (!isPrefix(text)) {
      throw new IllegalArgumentException("key prefix \"" + text + "\" is not well-formed; " + RULE);
    }
  }

  private static boolean isPrefix(CharSequence text) {
    return text.length() <= LENGTH_MAX && FORM.matcher(text).matches();
  }

  /**
   * Reads a prefix.
   *
   * @param text any text
   * @return empty unless it is well-formed
   */
  public static Optional<KeyPrefix> parse(CharSequence text) {
    return isPrefix(text) ? Optional.of(new KeyPrefix(text.toString())) : Optional.empty();
  }

  /**
   * Returns what lists and logs show of a key: prefix and id, with an ellipsis where the secret
   * would follow.
   *
   * @param id the key
   */
  public String display(KeyId id) {
    return text + "_" + id.text() + "…";
  }

  @Override
  public String toString() {
    return text;
  }
}
