package io.bitting.server.signin;

import io.bitting.seal.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Recovery codes: ten of them, for whoever has lost every second factor. Each is good once, and
 * kept as a digest.
 *
 * <p><b>Security guarantees.</b> A code has 140 random bits, so that a plain SHA-256 does not give
 * it back and nobody guesses one. Not given: that a code counts once; whoever stores the digests
 * removes the one that was used, in the transaction that lets in.
 *
 * <p>Thread-safe.
 */
public final class RecoveryCodes {
  /** How many codes a person is given at a time. */
  public static final int COUNT = 10;

  private static final int GROUPS = 7;
  private static final int GROUP_LENGTH = 4;
  private static final int LENGTH = GROUPS * GROUP_LENGTH;

  /** No I, L, O and U: what looks like a digit is read as one. */
  private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

  private final SecureRandom random;

  /**
   * A code that was just made.
   *
   * @param text what is shown once, in groups of four
   * @param digest what is kept
   */
  public record Fresh(String text, Bytes digest) {
    @Override
    public String toString() {
      return "Fresh";
    }
  }

  /**
   * Prepares to make codes.
   *
   * @param random gives the codes
   */
  public RecoveryCodes(SecureRandom random) {
    this.random = random;
  }

  /** Makes {@value #COUNT} codes, which replace all that a person had. */
  public List<Fresh> generate() {
    List<Fresh> codes = new ArrayList<>();
    for (int i = 0; i < COUNT; i++) {
      codes.add(make());
    }
    return List.copyOf(codes);
  }

  private Fresh make() {
    byte[] bits = new byte[LENGTH];
    random.nextBytes(bits);
    StringBuilder code = new StringBuilder();
    for (byte each : bits) {
      code.append(DIGITS.charAt(each & (DIGITS.length() - 1)));
    }
    return new Fresh(grouped(code), digestOf(code));
  }

  private static String grouped(CharSequence code) {
    StringBuilder text = new StringBuilder();
    for (int at = 0; at < LENGTH; at += GROUP_LENGTH) {
      text.append(at == 0 ? "" : "-").append(code, at, at + GROUP_LENGTH);
    }
    return text.toString();
  }

  /**
   * Reads a code as people type it: in either case, with or without hyphens and blanks, with an I
   * or L for 1 and an O for 0.
   *
   * @param typed any text
   * @return the digest to look for; empty if this is no recovery code
   */
  public static Optional<Bytes> digest(String typed) {
    StringBuilder code = new StringBuilder();
    for (char each : typed.toUpperCase(Locale.ROOT).toCharArray()) {
      char digit = meant(each);
      if (DIGITS.indexOf(digit) >= 0) {
        code.append(digit);
      } else if (digit != '-' && digit != ' ') {
        return Optional.empty();
      }
    }
    return code.length() == LENGTH ? Optional.of(digestOf(code)) : Optional.empty();
  }

  private static char meant(char typed) {
    return switch (typed) {
      case 'I', 'L' -> '1';
      case 'O' -> '0';
      default -> typed;
    };
  }

  private static Bytes digestOf(CharSequence code) {
    try {
      return Bytes.of(
          MessageDigest.getInstance("SHA-256")
              .digest(code.toString().getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }
}
