package io.bitting.server.signin;

import java.time.Instant;

/** An authenticator app, as far as tests need one. */
public final class Codes {
  private static final String BASE_32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  private Codes() {}

  /** Returns the code that an app shows. */
  public static String of(String seed, Instant now) {
    return Totp.code(bytes(seed), now.getEpochSecond() / 30);
  }

  /** Reads base32. */
  static byte[] bytes(String text) {
    byte[] bytes = new byte[text.length() * 5 / 8];
    int bits = 0;
    int have = 0;
    int at = 0;
    for (int i = 0; i < text.length(); i++) {
      bits = (bits << 5) | BASE_32.indexOf(text.charAt(i));
      have += 5;
      if (have >= 8) {
        have -= 8;
        bytes[at++] = (byte) (bits >> have);
      }
    }
    return bytes;
  }
}
