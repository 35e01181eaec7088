package io.bitting.access;

import java.util.Arrays;

/** The form of a token in the {@code Authorization} header (RFC 6750, section 2.1). */
final class B64Token {
  /** By character, 0 if it is allowed; a look-up each, since every request with a key comes by. */
  private static final byte[] WRONG = new byte[128];

  static {
    for (char c = 0; c < WRONG.length; c++) {
      boolean allowed =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || "-._~+/=".indexOf(c) >= 0;
      WRONG[c] = (byte) (allowed ? 0 : 1);
    }
  }

  private B64Token() {}

  /** Tells whether a text is such a token; an empty one is none. */
  static boolean is(String text) {
    // An array is gone through twice as fast as a string; and with one way out, at the end.
    char[] characters = text.toCharArray();
    int wrong = 0;
    for (char c : characters) {
      wrong |= WRONG[c & 127] | c >>> 7;
    }
    Arrays.fill(characters, '\0');
    return wrong == 0 && characters.length > 0;
  }
}
