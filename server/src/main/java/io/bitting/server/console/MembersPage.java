package io.bitting.server.console;

import io.bitting.client.protocol.MemberAnswer;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The people of an organization, and who is invited.
 *
 * @param members the people
 * @param next what to ask for the next part with; null if this is the last
 * @param invitations who is invited
 * @param invited an invitation that was just made, with its link; null if none was
 * @param form what the form holds
 * @param roles the roles that the visitor may give
 * @param faults what is wrong with what was sent
 */
record MembersPage(
    List<Member> members,
    @Nullable String next,
    List<Invited> invitations,
    @Nullable Invitation invited,
    Form form,
    List<String> roles,
    Faults faults)
    implements ConsolePage {
  MembersPage {
    members = List.copyOf(members);
    invitations = List.copyOf(invitations);
    roles = List.copyOf(roles);
  }

  /**
   * A person in the organization.
   *
   * @param shown the member
   * @param self whether it is who looks
   */
  record Member(MemberAnswer shown, boolean self) {
    /** Returns the state, if there is something about it. */
    String remark() {
      return switch (shown.state()) {
        case "disabled" -> "kept from signing in";
        case "tampered" -> "altered behind Bitting’s back, and nothing any more";
        default -> "";
      };
    }
  }

  /**
   * Somebody who is invited.
   *
   * @param id names the invitation
   * @param mail the mail address
   * @param role the role
   * @param invitedBy the name of who invited
   * @param expiresAt until when the link works
   */
  record Invited(String id, String mail, String role, String invitedBy, Instant expiresAt) {}

  /**
   * An invitation with its link, which is shown once.
   *
   * @param mail the mail address
   * @param link the link
   * @param letter the text of a mail
   * @param sent whether it was sent
   * @param expiresAt until when the link works
   */
  record Invitation(String mail, String link, String letter, boolean sent, Instant expiresAt) {
    @Override
    public String toString() {
      return "invitation of " + mail;
    }
  }

  /**
   * What the form holds.
   *
   * @param mail the mail address
   * @param role the role
   */
  record Form(String mail, String role) {
    /** Nothing is filled in. */
    static final Form BLANK = new Form("", "member");
  }

  /** Says what a role may do. */
  static String explain(String role) {
    return switch (role) {
      case "owner" -> "everything, and who else is an owner";
      case "admin" -> "keys, members, settings and the audit";
      case "member" -> "looks at keys and members, and makes keys";
      case "auditor" -> "looks at everything, the audit too, and changes nothing";
      default -> "";
    };
  }

  @Override
  public String title() {
    return "Members";
  }

  @Override
  public Section section() {
    return Section.MEMBERS;
  }
}
