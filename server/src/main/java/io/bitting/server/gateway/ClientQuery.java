package io.bitting.server.gateway;

import io.bitting.key.TokenReader;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What a client's query must not have. Bitting does not know the parameters of a protected API, so
 * it looks for keys by their form, whatever the parameter is called, and for the names that stand
 * for nothing else.
 *
 * <p>Cost: nothing without a query; else linear in its length.
 */
final class ClientQuery {
  private static final Set<String> FOR_KEYS = Set.of("access_token", "api_key", "apikey");
  private static final String FOR_METHOD = "_method";

  /** That of the shortest of them. */
  private static final int NAME_LENGTH_MIN = "apikey".length();

  private final boolean key;
  private final boolean method;

  private ClientQuery(boolean key, boolean method) {
    this.key = key;
    this.method = method;
  }

  /** Returns the query of a target, if it has one. */
  static Optional<String> of(String target) {
    int mark = target.indexOf('?');
    if (mark < 0 || mark == target.length() - 1) {
      return Optional.empty();
    }
    return Optional.of(target.substring(mark + 1));
  }

  /** Looks through a query. */
  static ClientQuery read(String query) {
    boolean key = false;
    boolean method = false;
    int from = 0;
    while (from <= query.length()) {
      int end = end(query, from);
      int equals = query.indexOf('=', from);
      boolean named = equals >= 0 && equals < end;
      String name = decoded(query, from, named ? equals : end);
      if (name.length() >= NAME_LENGTH_MIN) {
        String folded = name.toLowerCase(Locale.ROOT);
        key |= FOR_KEYS.contains(folded);
        method |= folded.equals(FOR_METHOD);
      }
      key |= isToken(query, named ? equals + 1 : from, end);
      from = end + 1;
    }
    return new ClientQuery(key, method);
  }

  /** Returns where a parameter ends that begins somewhere: servers differ in what ends one. */
  private static int end(String query, int from) {
    int end = from;
    while (end < query.length() && "&;#?".indexOf(query.charAt(end)) < 0) {
      end++;
    }
    return end;
  }

  /** Tells whether a key may be in it. */
  boolean hasKey() {
    return key;
  }

  /** Tells whether it names a method, which some servers take for the request's. */
  boolean hasMethod() {
    return method;
  }

  private static boolean isToken(String query, int from, int to) {
    if (to - from < TokenReader.LENGTH_MIN) {
      // Decoding makes nothing longer.
      return false;
    }
    try (TokenReader token = TokenReader.open()) {
      return token.read(decoded(query, from, to));
    }
  }

  private static String decoded(String query, int from, int to) {
    String text = query.substring(from, to);
    if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
      return text;
    }
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }
}
