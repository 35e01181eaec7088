package io.bitting.server.console;

import io.bitting.seal.Bytes;
import io.bitting.seal.Canonical;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * What every form carries, so that no other site can have it sent. It follows from the cookie of
 * the sign-in and does not tell it: whoever has not the cookie, which is a random one of 190 bits,
 * cannot work it out. Stateless.
 */
final class FormToken {
  /** The field of the form. */
  static final String FIELD = "form_token";

  private FormToken() {}

  /**
   * Returns the token that belongs to a cookie.
   *
   * @param cookie its value
   */
  static String of(String cookie) {
    return HexFormat.of()
        .formatHex(Canonical.of("form-token").text(cookie).sha256().toArray())
        .substring(0, 40);
  }

  /**
   * Tells whether a form carries the token of a cookie. Takes the same time whatever it carries.
   *
   * @param sent what the form carries
   * @param cookie the cookie's value
   */
  static boolean isRight(String sent, String cookie) {
    return Bytes.of(sent.getBytes(StandardCharsets.UTF_8))
        .equals(Bytes.of(of(cookie).getBytes(StandardCharsets.UTF_8)));
  }
}
