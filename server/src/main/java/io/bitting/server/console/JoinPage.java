package io.bitting.server.console;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The form with which somebody who is invited joins.
 *
 * <p><b>Security guarantees.</b> {@code toString} does not show the code.
 *
 * @param offer the invitation; null while its code is asked for
 * @param code the code of the link; empty while it is asked for
 * @param name the person's name, as it is filled in
 * @param known whether the person has an account, and signs in instead
 * @param faults what is wrong with what was sent
 */
record JoinPage(@Nullable Offer offer, String code, String name, boolean known, Faults faults)
    implements ConsolePage {

  /**
   * An invitation.
   *
   * @param organization the name of the organization
   * @param mail the mail address
   * @param role the role
   * @param invitedBy the name of who invited
   * @param expiresAt until when the link works
   */
  record Offer(
      String organization, String mail, String role, String invitedBy, Instant expiresAt) {}

  @Override
  public String toString() {
    return "invitation to " + offer;
  }

  @Override
  public String title() {
    return offer == null ? "Invitation" : "Join " + offer.organization();
  }

  @Override
  public Section section() {
    return Section.NONE;
  }
}
