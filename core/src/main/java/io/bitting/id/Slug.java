package io.bitting.id;

import java.util.Optional;

/**
 * A short name for a URL, chosen once: {@code acme}, {@code acme-europe}.
 *
 * @param text 1 to 63 of lower-case letters, digits and hyphens; a letter first, no hyphen last
 */
public record Slug(String text) implements Comparable<Slug> {
  private static final int LENGTH_MAX = 63;

  /** What a slug looks like, for messages. */
  public static final String RULE =
      "a slug is 1 to 63 lower-case letters, digits and hyphens, a letter first and no hyphen last";

  /**
   * Checks the form.
   *
   * @throws IllegalArgumentException if the text is not a slug
   */
  public Slug {
    if (!isSlug(text)) {
      throw new IllegalArgumentException("slug \"" + text + "\" is not well-formed; " + RULE);
    }
  }

  /** Without a pattern, since each check names an API. */
  static boolean isSlug(CharSequence text) {
    int length = text.length();
    if (length == 0 || length > LENGTH_MAX || !isLetter(text.charAt(0))) {
      return false;
    }
    for (int i = 1; i < length; i++) {
      char c = text.charAt(i);
      boolean inside = c == '-' && i < length - 1;
      if (!isLetter(c) && !(c >= '0' && c <= '9') && !inside) {
        return false;
      }
    }
    return true;
  }

  private static boolean isLetter(char c) {
    return c >= 'a' && c <= 'z';
  }

  /**
   * Reads a slug.
   *
   * @param text any text
   * @return empty unless it is well-formed
   */
  public static Optional<Slug> parse(CharSequence text) {
    return isSlug(text) ? Optional.of(new Slug(text.toString())) : Optional.empty();
  }

  @Override
  public int compareTo(Slug other) {
    return text.compareTo(other.text);
  }

  @Override
  public String toString() {
    return text;
  }
}
