package io.bitting.server.members;

import io.bitting.member.Invitation;
import io.bitting.organization.Organization;
import io.bitting.server.mail.Letter;

/**
 * What is sent to whom an invitation is for. Holds the code, and so is as secret as that.
 *
 * @param link the address of the page that accepts it; the code is in its fragment, which no
 *     browser sends to a server
 * @param letter the whole text, to whom it is for
 */
record InvitationMessage(String link, Letter letter) {

  static InvitationMessage of(
      Organization organization, InvitationCodes.Fresh fresh, String baseUrl) {
    Invitation invitation = fresh.invitation();
    String link = baseUrl + "/join#" + fresh.text();
    String text =
        """
        Hello,

        you are invited to %s on Bitting, with the role "%s".

        Open this link to accept. It works once, until %s:

        %s

        If you do not know what this is about, ignore it: nothing happens until the link is opened.
        """
            .formatted(organization.name(), invitation.role().code(), invitation.expiresAt(), link);
    return new InvitationMessage(
        link,
        new Letter(
            invitation.mail(), "You are invited to " + organization.name() + " on Bitting", text));
  }

  @Override
  public String toString() {
    return "InvitationMessage";
  }
}
