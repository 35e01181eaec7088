package io.bitting.server.http;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * Where a list goes on, as callers see it: opaque text. Holds nothing that the caller may not know,
 * and is checked like any input.
 */
public final class Cursor {
  private static final int LENGTH_MAX = 200;

  private Cursor() {}

  /**
   * Makes a cursor.
   *
   * @param place the place in a form that the list reads back
   */
  public static String encode(String place) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(place.getBytes(StandardCharsets.UTF_8));
  }

  static Optional<String> decode(String cursor) {
    if (cursor.length() > LENGTH_MAX) {
      return Optional.empty();
    }
    try {
      return Optional.of(new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
