package io.bitting.server.signin;

import io.bitting.seal.Bytes;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Hashes passwords with Argon2id (RFC 9106) and checks them: 19 MiB of memory, two passes, one
 * lane, a salt of 16 and a tag of 32 bytes, as the text of the PHC form: {@code
 * $argon2id$v=19$m=19456,t=2,p=1$…$…}.
 *
 * <p><b>Security guarantees.</b> What is stored gives a password only to who guesses it, and each
 * guess costs the 19 MiB and two passes again. Someone unknown costs as much as a wrong password,
 * so that time does not tell who has an account. A stored text with another algorithm, or that
 * costs less than any that was ever written here, lets nobody in. No more hashes are computed at
 * once than were allowed; whoever would have to wait too long is told so, and is not let in. Not
 * given: a pepper, which is for the store to add.
 *
 * <p>Thread-safe. A check or a hash takes some 50 ms of one processor.
 */
public final class Passwords {
  private static final Pattern PHC =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=([1-9][0-9]{0,6}),t=([1-9][0-9]?),p=1"
              + "\\$([A-Za-z0-9+/]{22,86})\\$([A-Za-z0-9+/]{43})");
  private static final int SALT_LENGTH = 16;
  private static final int TAG_LENGTH = 32;
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final SecureRandom random;
  private final Cost cost;
  private final Semaphore atOnce;
  private final Duration patience;
  private final Hash nobodys;

  /**
   * What a hash costs whoever computes it.
   *
   * @param memoryKib memory in KiB
   * @param passes how often the memory is gone over
   */
  record Cost(int memoryKib, int passes) {
    /** What OWASP calls the least for Argon2id: nothing that costs less was ever stored. */
    static final Cost LEAST = new Cost(19 * 1024, 2);

    /** Beyond it, a text in the database could use up the memory of the server. */
    static final Cost MOST = new Cost(256 * 1024, 16);

    boolean isAtMost(Cost other) {
      return memoryKib <= other.memoryKib && passes <= other.passes;
    }
  }

  /** A hash in its parts. */
  private record Hash(Cost cost, Bytes salt, Bytes tag) {
    String text() {
      return "$argon2id$v=19$m="
          + cost.memoryKib()
          + ",t="
          + cost.passes()
          + ",p=1$"
          + base64(salt)
          + "$"
          + base64(tag);
    }

    private static String base64(Bytes bytes) {
      return Base64.getEncoder().withoutPadding().encodeToString(bytes.toArray());
    }

    static Optional<Hash> parse(String phc) {
      Matcher parts = PHC.matcher(phc);
      if (!parts.matches()) {
        return Optional.empty();
      }
      Cost cost = new Cost(Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)));
      if (!Cost.LEAST.isAtMost(cost) || !cost.isAtMost(Cost.MOST)) {
        return Optional.empty();
      }
      try {
        Hash hash =
            new Hash(
                cost,
                Bytes.of(Base64.getDecoder().decode(parts.group(3))),
                Bytes.of(Base64.getDecoder().decode(parts.group(4))));
        return Optional.of(hash).filter(read -> read.text().equals(phc));
      } catch (IllegalArgumentException e) {
        return Optional.empty();
      }
    }
  }

  /** What a check of a password says. */
  public enum Outcome {
    /** This is not the password, or there is none. */
    WRONG,
    /** This is the password. */
    RIGHT,
    /** This is the password, and what is stored costs less than today's: hash it again. */
    RIGHT_AND_OUTDATED,
    /** Too many passwords are being checked; nothing was checked, and nobody is let in. */
    BUSY
  }

  /**
   * Prepares to hash and check passwords.
   *
   * @param random gives the salts
   * @param atOnce how many may be hashed at the same time; each takes 19 MiB and a processor
   */
  public Passwords(SecureRandom random, int atOnce) {
    this(random, atOnce, Cost.LEAST, PATIENCE);
  }

  Passwords(SecureRandom random, int atOnce, Cost cost, Duration patience) {
    this.random = random;
    this.cost = cost;
    this.atOnce = new Semaphore(atOnce, true);
    this.patience = patience;
    this.nobodys = new Hash(cost, salt(), Bytes.zeros(TAG_LENGTH));
  }

  private Bytes salt() {
    byte[] salt = new byte[SALT_LENGTH];
    random.nextBytes(salt);
    return Bytes.of(salt);
  }

  /**
   * Hashes a password that {@link PasswordRule} has nothing against.
   *
   * @param password the password
   * @return the text to store; empty if too many passwords are being hashed
   * @throws IllegalArgumentException if the rule would have refused it for its length or because it
   *     is no Unicode
   */
  public Optional<String> hash(String password) {
    byte[] bytes =
        PasswordText.of(password)
            .bytes()
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "a password has at most "
                        + PasswordText.LENGTH_MAX
                        + " characters, all of them Unicode"));
    Bytes salt = salt();
    return tag(cost, salt, bytes).map(tag -> new Hash(cost, salt, tag).text());
  }

  /**
   * Checks a password.
   *
   * @param stored what {@link #hash} once returned; empty for somebody unknown, or who has no
   *     password: always wrong, and takes as long
   * @param password what was typed
   */
  public Outcome check(Optional<String> stored, String password) {
    Optional<Hash> known = stored.flatMap(Hash::parse);
    Optional<byte[]> typed = PasswordText.of(password).bytes();
    Hash hash = known.orElse(nobodys);
    Optional<Bytes> tag = tag(hash.cost(), hash.salt(), typed.orElse(new byte[0]));
    if (tag.isEmpty()) {
      return Outcome.BUSY;
    }
    boolean right = tag.get().equals(hash.tag()) && known.isPresent() && typed.isPresent();
    if (!right) {
      return Outcome.WRONG;
    }
    return cost.isAtMost(hash.cost()) ? Outcome.RIGHT : Outcome.RIGHT_AND_OUTDATED;
  }

  private Optional<Bytes> tag(Cost cost, Bytes salt, byte[] password) {
    try {
      if (!atOnce.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        return Optional.empty();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
    try {
      return Optional.of(argon2id(cost, salt, password));
    } finally {
      atOnce.release();
    }
  }

  private static Bytes argon2id(Cost cost, Bytes salt, byte[] password) {
    Argon2BytesGenerator argon2 = new Argon2BytesGenerator();
    argon2.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(cost.memoryKib())
            .withIterations(cost.passes())
            .withParallelism(1)
            .withSalt(salt.toArray())
            .build());
    byte[] tag = new byte[TAG_LENGTH];
    argon2.generateBytes(password, tag);
    return Bytes.of(tag);
  }
}
