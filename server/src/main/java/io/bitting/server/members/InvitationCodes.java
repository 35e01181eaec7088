package io.bitting.server.members;

import io.bitting.audit.Actor;
import io.bitting.id.Base62;
import io.bitting.id.InvitationId;
import io.bitting.id.OrganizationId;
import io.bitting.member.Invitation;
import io.bitting.member.MailAddress;
import io.bitting.organization.Role;
import io.bitting.seal.Bytes;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Makes invitations: a code of 32 base62 characters (190 random bits), good for 7 days, used once,
 * kept as a digest.
 *
 * <p>Thread-safe.
 */
public final class InvitationCodes {
  /** How long an invitation is open. */
  public static final Duration LIFETIME = Duration.ofDays(7);

  private static final int LENGTH = 32;

  private final Clock clock;
  private final SecureRandom random;

  /**
   * An invitation that was just made.
   *
   * @param text the code, shown once
   * @param invitation what is kept
   */
  public record Fresh(String text, Invitation invitation) {
    @Override
    public String toString() {
      return "Fresh[" + invitation + "]";
    }
  }

  /**
   * Prepares to make them.
   *
   * @param clock tells the time
   * @param random gives the codes
   */
  public InvitationCodes(Clock clock, SecureRandom random) {
    this.clock = clock;
    this.random = random;
  }

  /** Makes one. */
  Fresh make(OrganizationId organization, MailAddress mail, Role role, Actor by) {
    String text = Base62.random(random, LENGTH);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    return new Fresh(
        text,
        new Invitation(
            InvitationId.generate(random),
            organization,
            mail,
            role,
            Bytes.sha256(text),
            now,
            by,
            now.plus(LIFETIME)));
  }
}
