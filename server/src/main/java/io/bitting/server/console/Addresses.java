package io.bitting.server.console;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Parts of addresses. Stateless. */
final class Addresses {
  private Addresses() {}

  /** Writes a value of a query. */
  static String value(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** Writes scopes as a value of a query, with spaces between them as in RFC 6749, section 3.3. */
  static String list(List<String> scopes) {
    return value(String.join(" ", scopes));
  }
}
