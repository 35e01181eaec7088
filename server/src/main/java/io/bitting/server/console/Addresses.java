package io.bitting.server.console;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Parts of addresses. Stateless. */
final class Addresses {
  /** Encoded once more, as a value itself, it is still a line that the server takes. */
  static final int TO_MAX = 4_000;

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

  /** Reads what {@link #list} wrote. */
  static List<String> listed(Optional<String> text) {
    return Stream.of(text.orElse("").split(" ", -1)).filter(each -> !each.isEmpty()).toList();
  }

  /**
   * Writes an address of the console where somebody can be sent to.
   *
   * @param path the path
   * @param query the parameters, what matters most first; what the address would become too long
   *     with is left out
   */
  static String of(String path, Map<String, String> query) {
    StringBuilder address = new StringBuilder(path);
    query.forEach((name, text) -> {
      String parameter = (address.length() == path.length() ? "?" : "&") + name + "=" + value(text);
      if (address.length() + parameter.length() <= TO_MAX) {
        address.append(parameter);
      }
    });
    return address.toString();
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
