package io.bitting.server.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/**
 * A query as any server may read it: whatever one of them takes for the end of a parameter ends
 * one, and what cannot be decoded stays as it is. For finding what must not be in a query; what an
 * endpoint asks for is in {@link Query}.
 */
public final class LooseQuery {
  private LooseQuery() {}

  /** Told of each parameter. */
  @FunctionalInterface
  public interface Visitor {
    /**
     * Takes a parameter.
     *
     * @param name its name, decoded
     * @param value its value, decoded; the name once more if there is no equals sign
     */
    void visit(String name, String value);
  }

  /**
   * Goes through the parameters. Costs time linear in the length of the query.
   *
   * @param query the query as it was sent, without the question mark
   * @param visitor told of each parameter, in order
   */
  public static void forEach(String query, Visitor visitor) {
    int from = 0;
    while (from <= query.length()) {
      int equals = -1;
      int end = from;
      while (end < query.length() && !isEnd(query.charAt(end))) {
        if (equals < 0 && query.charAt(end) == '=') {
          equals = end;
        }
        end++;
      }
      String name = decoded(query.substring(from, equals < 0 ? end : equals));
      visitor.visit(name, equals < 0 ? name : decoded(query.substring(equals + 1, end)));
      from = end + 1;
    }
  }

  private static boolean isEnd(char character) {
    return character == '&' || character == ';' || character == '#' || character == '?';
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
