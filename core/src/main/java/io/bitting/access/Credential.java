package io.bitting.access;

import java.util.List;
import java.util.Locale;

/**
 * What an HTTP request presents as its credential (RFC 6750, section 2.1; RFC 9110, section 11).
 *
 * <p>Immutable and thread-safe.
 */
public sealed interface Credential {

  /**
   * One credential.
   *
   * @param token untrusted; not shown by {@code toString}
   */
  record Presented(String token) implements Credential {
    @Override
    public String toString() {
      return "Presented";
    }
  }

  /** None, or a scheme that is not ours. */
  record Missing() implements Credential {}

  /**
   * More than one, or one in a form or place that is not allowed.
   *
   * @param why a sentence for the caller
   */
  record Ambiguous(String why) implements Credential {}

  /**
   * Reads the credential of a request.
   *
   * @param authorization the values of all {@code Authorization} headers
   * @param apiKey the values of all {@code X-API-Key} headers
   * @param query the names of the query's parameters
   */
  static Credential of(List<String> authorization, List<String> apiKey, Iterable<String> query) {
    for (String name : query) {
      String folded = name.toLowerCase(Locale.ROOT);
      if (folded.equals("access_token")
          || folded.equals("api_key")
          || folded.equals("apikey")
          || folded.equals("token")) {
        return new Ambiguous(
            "the query has a parameter \""
                + folded
                + "\"; a key belongs in the Authorization header, and this one counts as exposed");
      }
    }
    if (authorization.size() + apiKey.size() > 1) {
      return new Ambiguous(
          "the request has more than one credential; send one Authorization or one X-API-Key header");
    }
    if (!apiKey.isEmpty()) {
      return apiKey.get(0).isBlank() ? new Missing() : new Presented(apiKey.get(0));
    }
    return authorization.isEmpty() ? new Missing() : ofAuthorization(authorization.get(0));
  }

  private static Credential ofAuthorization(String header) {
    int blank = header.indexOf(' ');
    int length = blank < 0 ? header.length() : blank;
    if (!isScheme("Bearer", header, length) && !isScheme("Api-Key", header, length)) {
      return new Missing();
    }
    String token = blank < 0 ? "" : header.substring(blank + 1).strip();
    return B64Token.is(token)
        ? new Presented(token)
        : new Ambiguous("the Authorization header is not a scheme, one blank and one token");
  }

  /** Tells whether the beginning of a header, so long, is the name of a scheme. */
  private static boolean isScheme(String name, String header, int length) {
    return length == name.length() && header.regionMatches(true, 0, name, 0, length);
  }
}
