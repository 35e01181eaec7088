package io.bitting.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Writes paths and queries. Stateless. */
final class Address {
  private Address() {}

  /**
   * Joins segments, each percent-encoded.
   *
   * @throws IllegalArgumentException if one is empty, or would climb
   */
  static String path(String... segments) {
    StringBuilder path = new StringBuilder("/v1");
    for (String segment : segments) {
      if (segment.isBlank() || segment.equals(".") || segment.equals("..")) {
        throw new IllegalArgumentException(
            "\"" + segment + "\" cannot be part of an address; give a slug or an id");
      }
      path.append('/').append(encoded(segment));
    }
    return path.toString();
  }

  static String query(Map<String, String> parameters) {
    StringBuilder query = new StringBuilder();
    parameters.forEach((name, value) ->
        query
            .append(query.length() == 0 ? '?' : '&')
            .append(encoded(name))
            .append('=')
            .append(encoded(value)));
    return query.toString();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
