package io.bitting.key;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The name of an HTTP header that carries the keys of one API, besides those that every API takes
 * (RFC 9110, section 5.1). Compared without regard to case.
 *
 * @param text 1 to 64 letters, digits and hyphens, beginning with a letter, and no header that
 *     means something else
 */
public record KeyHeader(String text) {
  /** What a key header looks like, for messages. */
  public static final String RULE =
      "a key header is 1 to 64 letters, digits and hyphens, beginning with a letter, and no header that HTTP, a gateway or Bitting uses";

  private static final Pattern FORM = Pattern.compile("[A-Za-z](?:[A-Za-z0-9-]{0,62}[A-Za-z0-9])?");

  private static final Set<String> TAKEN =
      Set.of(
          "accept",
          "age",
          "allow",
          "authorization",
          "connection",
          "cookie",
          "date",
          "expect",
          "forwarded",
          "from",
          "host",
          "location",
          "origin",
          "priority",
          "range",
          "referer",
          "server",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "user-agent",
          "vary",
          "via",
          "www-authenticate",
          "x-api-key",
          "x-real-ip",
          "x-http-method",
          "x-http-method-override",
          "x-method-override",
          "x-request-id");

  private static final Set<String> TAKEN_BEGINNINGS =
      Set.of(
          "accept-",
          "access-control-",
          "content-",
          "if-",
          "keep-alive",
          "proxy-",
          "sec-",
          "set-cookie",
          "x-bitting",
          "x-envoy-",
          "x-forwarded",
          "x-original-");

  /**
   * Checks the form.
   *
   * @throws IllegalArgumentException if the text is not a key header
   */
  public KeyHeader {
    if (!isHeader(text)) {
      throw new IllegalArgumentException("key header \"" + text + "\" is not allowed; " + RULE);
    }
  }

  private static boolean isHeader(CharSequence text) {
    if (!FORM.matcher(text).matches()) {
      return false;
    }
    String folded = text.toString().toLowerCase(Locale.ROOT);
    return !TAKEN.contains(folded) && TAKEN_BEGINNINGS.stream().noneMatch(folded::startsWith);
  }

  /**
   * Reads a header's name.
   *
   * @param text any text
   * @return empty unless it is allowed
   */
  public static Optional<KeyHeader> parse(CharSequence text) {
    return isHeader(text) ? Optional.of(new KeyHeader(text.toString())) : Optional.empty();
  }

  @Override
  public String toString() {
    return text;
  }
}
