package io.bitting.id;

import java.util.Optional;

/**
 * Names a protected API: a slug that never changes, {@code appsec}.
 *
 * @param text a slug, see {@link Slug#RULE}
 */
public record ApiId(String text) implements Comparable<ApiId> {
  /** The built-in API, whose catalog is Bitting's own scopes. */
  public static final ApiId BITTING = new ApiId("bitting");

  /**
   * Checks the form.
   *
   * @throws IllegalArgumentException if the text is not a slug
   */
  public ApiId {
    if (!Slug.isSlug(text)) {
      throw new IllegalArgumentException(
          "API id \"" + text + "\" is not well-formed; " + Slug.RULE);
    }
  }

  /**
   * Reads an API id.
   *
   * @param text any text
   * @return empty unless it is a slug
   */
  public static Optional<ApiId> parse(CharSequence text) {
    return Slug.isSlug(text) ? Optional.of(new ApiId(text.toString())) : Optional.empty();
  }

  /** Tells whether this is the built-in API. */
  public boolean isBuiltIn() {
    return equals(BITTING);
  }

  @Override
  public int compareTo(ApiId other) {
    return text.compareTo(other.text);
  }

  @Override
  public String toString() {
    return text;
  }
}
