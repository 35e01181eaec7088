package io.bitting.server.members;

import io.bitting.client.protocol.InvitationAnswer;
import io.bitting.client.protocol.Reference;
import io.bitting.member.Invitation;
import io.bitting.seal.Sealed;
import java.time.Instant;

/** Invitations as callers see them. */
final class InvitationAnswers {
  private InvitationAnswers() {}

  /** Shows an invitation, altered or not. */
  static InvitationAnswer of(Sealed<Invitation> row, Instant now) {
    Invitation invitation = row.unchecked();
    return row.intact().isPresent() ? of(invitation, now) : of(invitation, "tampered");
  }

  /** Shows an invitation that is intact. */
  static InvitationAnswer of(Invitation invitation, Instant now) {
    return of(invitation, invitation.isOpen(now) ? "open" : "expired");
  }

  private static InvitationAnswer of(Invitation invitation, String state) {
    return new InvitationAnswer(
        invitation.id().text(),
        invitation.mail().text(),
        invitation.role().code(),
        state,
        invitation.createdAt(),
        new Reference(invitation.createdBy().kind().code(), invitation.createdBy().id()),
        invitation.expiresAt());
  }
}
