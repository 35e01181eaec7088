package io.bitting.scope;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One permission, a name in a catalog: {@code scans:read}, {@code view:user}, {@code
 * org.memberships:manage}, {@code scim}. Compared exactly.
 *
 * @param text the name: an RFC 6749 (section 3.3) scope token of at most 128 characters
 */
public record Scope(String text) implements Comparable<Scope> {
  /** The greatest length of a scope, in characters. */
  public static final int LENGTH_MAX = 128;

  /** What a scope that people write looks like, for messages. */
  public static final String RULE =
      "a scope is one word, or two joined by a colon, of lower-case letters, digits, '.', '_' and '-', each with a letter first, at most 128 characters in all";

  private static final Pattern WRITTEN =
      Pattern.compile("[a-z][a-z0-9_.-]*(?::[a-z][a-z0-9_.-]*)?");

  /**
   * Checks that the text is a scope token at all. Scopes that people write are held to the stricter
   * {@link #parse}.
   *
   * @throws IllegalArgumentException if it is empty, too long or has a character that RFC 6749 does
   *     not allow
   */
  public Scope {
    if (!isToken(text)) {
      throw new IllegalArgumentException(
          "scope \""
              + text
              + "\" is not a scope token of RFC 6749, section 3.3, with at most 128 characters");
    }
  }

  private static boolean isToken(CharSequence text) {
    if (text.isEmpty() || text.length() > LENGTH_MAX) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      if (character < 0x21 || character > 0x7e || character == '"' || character == '\\') {
        return false;
      }
    }
    return true;
  }

  /**
   * Reads a scope that a person wrote.
   *
   * @param text any text
   * @return empty unless it follows {@link #RULE}
   */
  public static Optional<Scope> parse(String text) {
    return isToken(text) && WRITTEN.matcher(text).matches()
        ? Optional.of(new Scope(text))
        : Optional.empty();
  }

  /**
   * Reads a scope as a document from elsewhere may spell it: any RFC 6749 scope token of at most
   * 128 characters.
   *
   * @param text any text
   */
  public static Optional<Scope> parseToken(String text) {
    return isToken(text) ? Optional.of(new Scope(text)) : Optional.empty();
  }

  @Override
  public int compareTo(Scope other) {
    return text.compareTo(other.text);
  }

  @Override
  public String toString() {
    return text;
  }
}
