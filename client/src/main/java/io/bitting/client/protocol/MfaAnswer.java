package io.bitting.client.protocol;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whom a required second factor keeps out.
 *
 * @param requiredFrom from when on the organization requires it; null for never
 * @param lockedOutFrom from when on those without would be refused everything but getting one
 * @param lockedOut the members without, the newest first
 * @param more whether there are more of them, which a list of members has
 * @param enrolFirst owners and admins without, the owners first: while there is one, it cannot be
 *     required
 */
public record MfaAnswer(
    @Nullable Instant requiredFrom,
    Instant lockedOutFrom,
    List<MemberAnswer> lockedOut,
    boolean more,
    List<MemberAnswer> enrolFirst) {
  /** Copies the lists. */
  public MfaAnswer {
    lockedOut = List.copyOf(lockedOut);
    enrolFirst = List.copyOf(enrolFirst);
  }
}
