package io.bitting.id;

import java.util.random.RandomGenerator;

/**
 * The alphabet of ids, secrets and checksums: digits, upper case, lower case, in that order.
 *
 * <p>Thread-safe: stateless.
 */
public final class Base62 {
  private static final byte[] DIGITS = new byte[62];
  private static final byte[] VALUES = new byte[128];

  static {
    String alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    java.util.Arrays.fill(VALUES, (byte) -1);
    for (int i = 0; i < 62; i++) {
      DIGITS[i] = (byte) alphabet.charAt(i);
      VALUES[alphabet.charAt(i)] = (byte) i;
    }
  }

  private Base62() {}

  /**
   * Returns the value of a digit, 0 to 61, or -1 for any other character.
   *
   * @param character any UTF-16 unit
   */
  public static int value(int character) {
    return character >= 0 && character < 128 ? VALUES[character] : -1;
  }

  /**
   * Returns the digit of a value as an ASCII byte.
   *
   * @param value 0 to 61
   */
  public static byte digit(int value) {
    return DIGITS[value];
  }

  /**
   * Tells whether a text has exactly {@code length} characters, all of them base62 digits.
   *
   * @param text any text
   * @param length the length wanted
   */
  public static boolean isText(CharSequence text, int length) {
    if (text.length() != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (value(text.charAt(i)) < 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * Fills a part of an array with uniformly chosen digits. Values that would favour some digits are
   * drawn again.
   *
   * @param random where the bits come from; for a secret a {@link java.security.SecureRandom}
   * @param into the array to write to
   * @param offset first index written
   * @param length how many digits to write
   */
  public static void fill(RandomGenerator random, byte[] into, int offset, int length) {
    byte[] bits = new byte[length + 8];
    int next = bits.length;
    for (int i = 0; i < length; ) {
      if (next == bits.length) {
        random.nextBytes(bits);
        next = 0;
      }
      int candidate = bits[next] & 63;
      bits[next++] = 0;
      if (candidate < 62) {
        into[offset + i++] = DIGITS[candidate];
      }
    }
    java.util.Arrays.fill(bits, (byte) 0);
  }

  /**
   * Returns a text of uniformly chosen digits.
   *
   * @param random where the bits come from; for a secret a {@link java.security.SecureRandom}
   * @param length how many digits it has
   */
  public static String random(RandomGenerator random, int length) {
    byte[] text = new byte[length];
    fill(random, text, 0, length);
    return new String(text, java.nio.charset.StandardCharsets.US_ASCII);
  }
}
