package io.bitting.server.http;

import io.vertx.core.http.HttpHeaders;

/** Names of headers that are asked for on every check. */
public final class HeaderName {
  private HeaderName() {}

  /**
   * Returns a name in the form in which it is found and written fastest.
   *
   * @param text the name
   */
  public static CharSequence of(String text) {
    return HttpHeaders.createOptimized(text);
  }
}
