package io.bitting.server.signin;

import io.bitting.seal.Bytes;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Locale;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Codes by time (RFC 6238): six digits that an authenticator app shows, new every 30 seconds, by
 * HMAC-SHA-1, which is what every app can do.
 *
 * <p><b>Security guarantees.</b> A code counts in its own step and in the one before and after, by
 * this server's clock, and not in a step that was accepted before nor in an earlier one: a code
 * that was seen over a shoulder is worth nothing once it was used. Codes are compared in constant
 * time. Not given: that two requests at the same moment are not both told the same step; whoever
 * stores the step has to refuse one that is not later than what is stored. Nor does this limit how
 * often one may guess; {@link SignInThrottle} does.
 *
 * <p>Thread-safe. A check costs three HMACs.
 */
public final class Totp {
  /** The length of a seed in bytes: 160 bits, as RFC 4226, section 4, recommends. */
  public static final int SEED_LENGTH = 20;

  /** What no step comes before: for a seed that no code was accepted of. */
  public static final long NO_STEP = -1;

  private static final int SECONDS_EACH = 30;
  private static final int DIGITS = 6;
  private static final int MODULUS = 1_000_000;
  private static final int WINDOW = 1;
  private static final String BASE_32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  private final Clock clock;
  private final SecureRandom random;

  /**
   * Prepares to make seeds and to check codes.
   *
   * @param clock tells the time
   * @param random gives the seeds
   */
  public Totp(Clock clock, SecureRandom random) {
    this.clock = clock;
    this.random = random;
  }

  /** Makes a seed, of {@value #SEED_LENGTH} bytes. */
  public byte[] generate() {
    byte[] seed = new byte[SEED_LENGTH];
    random.nextBytes(seed);
    return seed;
  }

  /**
   * Checks a code.
   *
   * @param seed the seed that the app was given
   * @param code what was typed; blanks within it do not matter
   * @param lastStep the last step that was accepted, or {@link #NO_STEP}
   * @return the step that the code is of, to be stored as the last one; empty if the code is not
   *     right, or not of a later step
   */
  public OptionalLong accept(byte[] seed, String code, long lastStep) {
    Bytes typed = Bytes.of(withoutBlanks(code).getBytes(StandardCharsets.UTF_8));
    long now = Math.floorDiv(clock.instant().getEpochSecond(), SECONDS_EACH);
    long accepted = NO_STEP;
    for (long step = now + WINDOW; step >= now - WINDOW; step--) {
      boolean right = Bytes.of(code(seed, step).getBytes(StandardCharsets.UTF_8)).equals(typed);
      accepted = right ? step : accepted;
    }
    return accepted > lastStep ? OptionalLong.of(accepted) : OptionalLong.empty();
  }

  /** Apps show a code in two halves, and people type what they see. */
  private static String withoutBlanks(String code) {
    return code.replace(" ", "").replace("\u00a0", "");
  }

  /** Computes a code: RFC 6238, section 4, over RFC 4226, section 5.3. */
  static String code(byte[] seed, long step) {
    byte[] mac = hmac(seed, ByteBuffer.allocate(Long.BYTES).putLong(step).array());
    int offset = mac[mac.length - 1] & 0xf;
    int truncated = ByteBuffer.wrap(mac).getInt(offset) & Integer.MAX_VALUE;
    return String.format(Locale.ROOT, "%0" + DIGITS + "d", truncated % MODULUS);
  }

  private static byte[] hmac(byte[] key, byte[] text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(key, "HmacSHA1"));
      return mac.doFinal(text);
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("this Java has no HMAC-SHA-1", e);
    }
  }

  /**
   * Returns a seed as people type it into an app that cannot read a picture: base32 (RFC 4648,
   * section 6) without padding.
   *
   * @param seed the seed
   */
  public static String revealText(byte[] seed) {
    StringBuilder text = new StringBuilder();
    int bits = 0;
    int count = 0;
    for (byte each : seed) {
      bits = (bits << Byte.SIZE) | (each & 0xff);
      count += Byte.SIZE;
      while (count >= 5) {
        count -= 5;
        text.append(BASE_32.charAt((bits >> count) & 31));
      }
      bits &= (1 << count) - 1;
    }
    return (count == 0 ? text : text.append(BASE_32.charAt((bits << (5 - count)) & 31))).toString();
  }

  /**
   * Returns a seed as the address that an authenticator app reads from a picture.
   *
   * @param issuer what is signed in to: {@code Bitting}
   * @param account who signs in, a mail address
   * @param seed the seed
   */
  public static String revealUri(String issuer, String account, byte[] seed) {
    return "otpauth://totp/"
        + encoded(issuer)
        + ':'
        + encoded(account)
        + "?secret="
        + revealText(seed)
        + "&issuer="
        + encoded(issuer)
        + "&algorithm=SHA1&digits="
        + DIGITS
        + "&period="
        + SECONDS_EACH;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
