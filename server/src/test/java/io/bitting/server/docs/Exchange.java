package io.bitting.server.docs;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A request and its answer, as they went over the wire.
 *
 * @param method the HTTP method
 * @param target path and query, still encoded
 * @param sent the request's body, if it is known here
 * @param status the answer's status
 * @param headers the answer's headers, their names in whatever case
 * @param body the answer's body, decoded as UTF-8
 */
public record Exchange(
    String method,
    String target,
    Optional<Sent> sent,
    int status,
    Map<String, List<String>> headers,
    String body) {

  /**
   * A request's body.
   *
   * @param mediaType its media type
   * @param text the body
   */
  public record Sent(String mediaType, String text) {}

  /** Copies the headers, so that they are found in whatever case. */
  public Exchange {
    Map<String, List<String>> folded = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    folded.putAll(headers);
    headers = folded;
  }

  /**
   * Takes what the JDK's client received. The request's body is not to be had from it.
   *
   * @param response the answer
   */
  public static Exchange of(HttpResponse<byte[]> response) {
    String query = response.request().uri().getRawQuery();
    return new Exchange(
        response.request().method(),
        response.request().uri().getRawPath() + (query == null ? "" : "?" + query),
        Optional.empty(),
        response.statusCode(),
        response.headers().map(),
        new String(response.body(), StandardCharsets.UTF_8));
  }

  /**
   * Returns it with the request's body.
   *
   * @param mediaType its media type
   * @param text the body
   */
  public Exchange sent(String mediaType, String text) {
    return new Exchange(
        method, target, Optional.of(new Sent(mediaType, text)), status, headers, body);
  }

  String path() {
    int question = target.indexOf('?');
    return question < 0 ? target : target.substring(0, question);
  }

  /** Returns the names of the query's parameters. */
  List<String> parameters() {
    int question = target.indexOf('?');
    return question < 0
        ? List.of()
        : List.of(target.substring(question + 1).split("&")).stream()
            .map(parameter -> parameter.split("=", 2)[0])
            .toList();
  }

  List<String> header(String name) {
    return headers.getOrDefault(name, List.of());
  }

  /** Returns the answer's media type without its parameters; empty if it has none. */
  String mediaType() {
    return header("Content-Type").isEmpty()
        ? ""
        : header("Content-Type").get(0).split(";", 2)[0].strip();
  }

  /** Names the exchange without its bodies, which may hold tokens. */
  @Override
  public String toString() {
    return method + " " + target + " " + status;
  }
}
