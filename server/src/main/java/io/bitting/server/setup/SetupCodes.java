package io.bitting.server.setup;

import io.bitting.id.Base62;
import io.bitting.id.OrganizationId;
import io.bitting.seal.Bytes;
import io.bitting.store.SetupCode;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Makes setup codes: 32 base62 characters, good for 30 minutes, used once, kept as a digest.
 *
 * <p>Thread-safe.
 */
public final class SetupCodes {
  /** How long a code is good for. */
  public static final Duration LIFETIME = Duration.ofMinutes(30);

  private static final int LENGTH = 32;
  private static final int ID_LENGTH = 12;

  private final Clock clock;
  private final SecureRandom random;

  /**
   * A code that was just made.
   *
   * @param text what is shown once
   * @param code what is kept
   */
  public record Fresh(String text, SetupCode code) {
    @Override
    public String toString() {
      return "Fresh[" + code.id() + "]";
    }
  }

  /**
   * Prepares to make codes.
   *
   * @param clock tells the time
   * @param random gives the codes
   */
  public SetupCodes(Clock clock, SecureRandom random) {
    this.clock = clock;
    this.random = random;
  }

  /**
   * Makes a code for an organization that has no key yet.
   *
   * @param organization the organization
   */
  public Fresh make(OrganizationId organization) {
    return make(Optional.of(organization));
  }

  /** Makes the code for the operator organization, which does not exist yet. */
  public Fresh makeFirst() {
    return make(Optional.empty());
  }

  private Fresh make(Optional<OrganizationId> organization) {
    String text = Base62.random(random, LENGTH);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    return new Fresh(
        text,
        new SetupCode(
            Base62.random(random, ID_LENGTH),
            Bytes.sha256(text),
            organization,
            now,
            now.plus(LIFETIME)));
  }
}
