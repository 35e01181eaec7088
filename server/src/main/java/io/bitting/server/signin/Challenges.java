package io.bitting.server.signin;

import com.fasterxml.jackson.databind.JsonNode;
import io.bitting.seal.Bytes;
import io.bitting.seal.Canonical;
import io.bitting.seal.PepperKeyset;
import io.bitting.seal.Seal;
import io.bitting.seal.SealVerdict;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * Makes the challenges that passkeys answer, and knows them again: each has its time, 128 random
 * bits, and a seal for one browser. Nothing is stored, so that any node knows those of the others
 * and nobody makes us forget any by asking for many.
 *
 * <p><b>Security guarantees.</b> A challenge counts for five minutes, in the browser that it was
 * made for. Not given: that it counts once. Whoever takes an answer to one sees to it that the
 * passkey was not used since the challenge was made, in the transaction that notes the use; so the
 * first answer makes every later one worthless.
 *
 * <p>Thread-safe. Costs one HMAC.
 */
public final class Challenges {
  private static final Duration LIFETIME = Duration.ofMinutes(5);
  private static final int RANDOM_LENGTH = 16;
  private static final int SEALED_LENGTH = Long.BYTES + RANDOM_LENGTH;
  private static final int MAC_LENGTH = 32;
  private static final int LENGTH = SEALED_LENGTH + Integer.BYTES + MAC_LENGTH;

  private final PepperKeyset keyset;
  private final Clock clock;
  private final SecureRandom random;

  /**
   * Prepares to make challenges.
   *
   * @param keyset seals them
   * @param clock tells the time
   * @param random gives them
   */
  public Challenges(PepperKeyset keyset, Clock clock, SecureRandom random) {
    this.keyset = keyset;
    this.clock = clock;
    this.random = random;
  }

  /**
   * A challenge that was answered.
   *
   * @param challenge the challenge
   * @param madeAt when it was made
   */
  record Answered(Bytes challenge, Instant madeAt) {}

  /** Makes one for a browser that is told by something that it alone has, or is signed in to. */
  Bytes make(String browser) {
    byte[] bits = new byte[RANDOM_LENGTH];
    random.nextBytes(bits);
    byte[] head =
        ByteBuffer.allocate(SEALED_LENGTH)
            .putLong(clock.instant().toEpochMilli())
            .put(bits)
            .array();
    Seal seal = keyset.seal(form(head, browser));
    return Bytes.of(
        ByteBuffer.allocate(LENGTH)
            .put(head)
            .putInt(seal.pepperVersion())
            .put(seal.mac().toArray())
            .array());
  }

  /** Reads which challenge an answer is to; empty unless it is one that still counts. */
  Optional<Answered> of(JsonNode answer, String browser) {
    return Passkeys.challenge(answer)
        .filter(challenge -> isOurs(challenge.toArray(), browser))
        .map(challenge -> new Answered(challenge, madeAt(challenge.toArray())))
        .filter(answered -> counts(answered.madeAt()));
  }

  private boolean isOurs(byte[] challenge, String browser) {
    if (challenge.length != LENGTH) {
      return false;
    }
    byte[] head = Arrays.copyOf(challenge, SEALED_LENGTH);
    int version = ByteBuffer.wrap(challenge).getInt(SEALED_LENGTH);
    Bytes mac = Bytes.of(Arrays.copyOfRange(challenge, SEALED_LENGTH + Integer.BYTES, LENGTH));
    return keyset.check(new Seal(version, mac), form(head, browser)) == SealVerdict.INTACT;
  }

  private boolean counts(Instant madeAt) {
    Instant now = clock.instant();
    return !madeAt.isAfter(now) && now.isBefore(madeAt.plus(LIFETIME));
  }

  private static Instant madeAt(byte[] challenge) {
    return Instant.ofEpochMilli(ByteBuffer.wrap(challenge).getLong());
  }

  private static byte[] form(byte[] head, String browser) {
    return Canonical.of("passkey-challenge").bytes(Bytes.of(head)).text(browser).toBytes();
  }
}
