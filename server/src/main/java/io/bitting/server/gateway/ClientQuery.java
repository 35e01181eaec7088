package io.bitting.server.gateway;

import io.bitting.key.TokenReader;
import io.bitting.server.http.LooseQuery;
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

  private boolean key;
  private boolean method;

  private ClientQuery() {}

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
    ClientQuery read = new ClientQuery();
    LooseQuery.forEach(query, read::note);
    return read;
  }

  private void note(String name, String value) {
    if (name.length() >= NAME_LENGTH_MIN) {
      String folded = name.toLowerCase(Locale.ROOT);
      key |= FOR_KEYS.contains(folded);
      method |= folded.equals(FOR_METHOD);
    }
    key |= isToken(value);
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
    if (!TokenReader.mayBeToken(value)) {
      return false;
    }
    try (TokenReader token = TokenReader.open()) {
      return token.read(value);
    }
  }
}
