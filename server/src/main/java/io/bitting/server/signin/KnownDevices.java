package io.bitting.server.signin;

import io.bitting.id.Base62;
import io.bitting.seal.Bytes;
import io.bitting.seal.Canonical;
import io.bitting.seal.PepperKeyset;
import io.bitting.seal.Seal;
import io.bitting.seal.SealVerdict;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Recognizes browsers that an account was used from before, by a cookie that is sealed and not
 * stored: {@code 1.<random>.<seconds>.<pepper version>.<seal>}.
 *
 * <p><b>Security guarantees.</b> Only the server makes a cookie, for one account, and it counts for
 * {@value #DAYS} days. It lets nobody in and proves no factor: it only keeps the failures of
 * strangers from slowing down a person's own browser ({@link SignInThrottle}). Not given: a cookie
 * that was stolen serves the thief, for as many guesses as any device has.
 *
 * <p>Thread-safe. Costs one HMAC.
 */
public final class KnownDevices {
  private static final int DAYS = 180;
  private static final int ID_LENGTH = 22;
  private static final Pattern COOKIE =
      Pattern.compile(
          "1\\.([0-9A-Za-z]{"
              + ID_LENGTH
              + "})\\.([0-9]{1,12})\\.([1-9][0-9]{0,5})\\.([0-9a-f]{64})");

  private final PepperKeyset keyset;
  private final Clock clock;
  private final SecureRandom random;

  /**
   * Prepares to make and recognize cookies.
   *
   * @param keyset seals them
   * @param clock tells the time
   * @param random gives each device its id
   */
  public KnownDevices(PepperKeyset keyset, Clock clock, SecureRandom random) {
    this.keyset = keyset;
    this.clock = clock;
    this.random = random;
  }

  /**
   * Makes the cookie's value for a browser that an account was just signed in to from.
   *
   * @param account what the account is called
   */
  public String make(String account) {
    byte[] id = new byte[ID_LENGTH];
    Base62.fill(random, id, 0, ID_LENGTH);
    String device = new String(id, StandardCharsets.US_ASCII);
    long madeAt = clock.instant().getEpochSecond();
    Seal seal = keyset.seal(form(account, device, madeAt));
    return "1." + device + "." + madeAt + "." + seal.pepperVersion() + "." + seal.mac().hex();
  }

  /**
   * Recognizes a browser.
   *
   * @param account what the account is called that somebody wants to sign in to
   * @param cookie the cookie's value, any text
   * @param since since when cookies count: when the account's password was last changed
   * @return the device; empty if the cookie is not of this account, too old, or not ours
   */
  public Optional<String> recognize(String account, String cookie, Instant since) {
    Matcher parts = COOKIE.matcher(cookie);
    if (!parts.matches()) {
      return Optional.empty();
    }
    String device = parts.group(1);
    long madeAt = Long.parseLong(parts.group(2));
    Seal seal =
        new Seal(
            Integer.parseInt(parts.group(3)), Bytes.of(HexFormat.of().parseHex(parts.group(4))));
    return keyset.check(seal, form(account, device, madeAt)) == SealVerdict.INTACT
            && counts(madeAt, since)
        ? Optional.of(device)
        : Optional.empty();
  }

  private boolean counts(long madeAt, Instant since) {
    Instant now = clock.instant();
    return madeAt >= since.getEpochSecond()
        && Instant.ofEpochSecond(madeAt).isAfter(now.minus(Duration.ofDays(DAYS)));
  }

  private static byte[] form(String account, String device, long madeAt) {
    return Canonical.of("known-device").text(account).text(device).number(madeAt).toBytes();
  }
}
