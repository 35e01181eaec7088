package io.bitting.server.signin;

import io.bitting.id.Base62;
import io.bitting.seal.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * Makes and reads the values of cookies: 32 base62 characters, 190 random bits, kept as a digest.
 *
 * <p>Thread-safe.
 */
public final class SignInCookies {
  private static final int LENGTH = 32;

  private final SecureRandom random;

  /**
   * Prepares to make values.
   *
   * @param random gives them
   */
  public SignInCookies(SecureRandom random) {
    this.random = random;
  }

  /** Makes a value. */
  public String draw() {
    byte[] value = new byte[LENGTH];
    Base62.fill(random, value, 0, LENGTH);
    return new String(value, StandardCharsets.US_ASCII);
  }

  /**
   * Tells whether a text can be such a value.
   *
   * @param text any text
   */
  public static boolean isValue(String text) {
    return Base62.isText(text, LENGTH);
  }

  /**
   * Returns what to look for.
   *
   * @param value what a browser sent, any text
   * @return SHA-256 of it; empty if it is no value
   */
  static Optional<Bytes> digest(String value) {
    return isValue(value) ? Optional.of(Bytes.sha256(value)) : Optional.empty();
  }
}
