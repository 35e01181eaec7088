package io.bitting.member;

import io.bitting.audit.Actor;
import io.bitting.id.InvitationId;
import io.bitting.id.OrganizationId;
import io.bitting.organization.Role;
import io.bitting.seal.Bytes;
import io.bitting.seal.Canonical;
import java.time.Instant;

/**
 * Asks whoever reads the mail of an address to become a member. Used once, and kept as the digest
 * of its code.
 *
 * <p>Immutable and thread-safe; {@code toString} shows the id only.
 *
 * @param id names it
 * @param organization the organization
 * @param mail who is asked
 * @param role what the person is to be
 * @param digest SHA-256 of the code
 * @param createdAt when it was made
 * @param createdBy who asks
 * @param expiresAt from when on it is refused
 */
public record Invitation(
    InvitationId id,
    OrganizationId organization,
    MailAddress mail,
    Role role,
    Bytes digest,
    Instant createdAt,
    Actor createdBy,
    Instant expiresAt) {

  /** Returns the form that is sealed. */
  public byte[] canonical() {
    return Canonical.of("invitation")
        .text(id.text())
        .text(organization.text())
        .text(mail.text())
        .text(role.code())
        .bytes(digest)
        .time(createdAt)
        .text(createdBy.kind().code())
        .text(createdBy.id())
        .time(expiresAt)
        .toBytes();
  }

  /**
   * Tells whether it can still be accepted.
   *
   * @param now what the clock says
   */
  public boolean isOpen(Instant now) {
    return now.isBefore(expiresAt);
  }

  @Override
  public String toString() {
    return "invitation " + id;
  }
}
