package io.bitting.id;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A short name for a URL, chosen once: {@code acme}, {@code acme-europe}.
 *
 * @param text 1 to 63 of lower-case letters, digits and hyphens; a letter first, no hyphen last
 */
public record Slug(String text) implements Comparable<Slug> {
  private static final Pattern FORM = Pattern.compile("[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?");

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

  static boolean isSlug(CharSequence text) {
    return text.length() <= 63 && FORM.matcher(text).matches();
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
