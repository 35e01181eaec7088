package io.bitting.access;

/** The form of a token in the {@code Authorization} header (RFC 6750, section 2.1). */
final class B64Token {
  /** By character: a look-up each, since every request that has a key comes by here. */
  private static final boolean[] ALLOWED = new boolean[128];

  static {
    for (char c = 0; c < ALLOWED.length; c++) {
      ALLOWED[c] =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || "-._~+/=".indexOf(c) >= 0;
    }
  }

  private B64Token() {}

  /** Tells whether a text is such a token; an empty one is none. */
  static boolean is(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= ALLOWED.length || !ALLOWED[c]) {
        return false;
      }
    }
    return !text.isEmpty();
  }
}
