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
    for (String part : query.split("[&;#?]", -1)) {
      int equals = part.indexOf('=');
      String name = decoded(equals < 0 ? part : part.substring(0, equals)).toLowerCase(Locale.ROOT);
      key |= FOR_KEYS.contains(name) || isToken(equals < 0 ? part : part.substring(equals + 1));
      method |= name.equals(FOR_METHOD);
    }
    return new ClientQuery(key, method);
  }

  /** Tells whether a key may be in it. */
  boolean hasKey() {
    return key;
  }

  /** Tells whether it names a method, which some servers take for the request's. */
  boolean hasMethod() {
    return method;
  }

  private static boolean isToken(String value) {
    try (TokenReader token = TokenReader.open()) {
      return token.read(decoded(value));
    }
  }

  private static String decoded(String text) {
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
