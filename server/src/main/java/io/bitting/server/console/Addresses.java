package io.bitting.server.console;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Parts of addresses. Stateless. */
final class Addresses {
  private static final int TO_MAX = 2_000;
  private static final String FIRST = "/keys";

  private Addresses() {}

  /** Writes a value of a query. */
  static String value(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** Writes scopes as a value of a query, with spaces between them as in RFC 6749, section 3.3. */
  static String list(List<String> scopes) {
    return value(String.join(" ", scopes));
  }

  /**
   * Reads where somebody wants to go on to: a path of the console, and nothing that a browser takes
   * for another site, or leads out of this one.
   *
   * @param to any text
   * @return the path; that of the first page if it is none
   */
  static String local(String to) {
    boolean path =
        to.startsWith("/")
            && !to.startsWith("//")
            && to.length() <= TO_MAX
            && to.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '\\');
    return path ? to : FIRST;
  }
}
