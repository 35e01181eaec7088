package io.bitting.cli;

import io.bitting.client.BittingClient;
import io.bitting.client.protocol.InvitationAnswer;
import io.bitting.client.protocol.NewInvitation;
import io.bitting.client.protocol.NewInvitationAnswer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "invite",
    header = "Invite somebody to become a member.",
    description =
        "The link is printed on standard output, and is shown this once; where the server sends mail, it is mailed as well. It works once, for 7 days. The token needs org.memberships:manage; the roles of owner and admin are given by owners who are signed in.",
    footer = {
      "  bitting members invite ada@example.com --role auditor",
      "  bitting members invite ada@example.com --role member --message"
    })
final class CreateInvitation extends OrganizationCommand {
  @Parameters(paramLabel = "MAIL", description = "Whom to invite.")
  private String mail = "";

  @Option(
      names = "--role",
      required = true,
      paramLabel = "ROLE",
      description = "${COMPLETION-CANDIDATES}.")
  private MemberRole role = MemberRole.member;

  @Option(names = "--message", description = "Print a whole text to send, the link in it.")
  private boolean message;

  CreateInvitation(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  public Integer call() {
    BittingClient client = connection.client();
    String organization = inOrganization.of(client);
    NewInvitationAnswer made =
        client.createInvitation(organization, new NewInvitation(mail, role.name())).orThrow();
    InvitationAnswer invitation = made.invitation();
    if (made.code().isWithheld()) {
      throw lost(invitation, "was lost with the connection");
    }
    if (!presentation.isJson()) {
      surroundings.say(
          "The invitation of "
              + invitation.mail()
              + " to "
              + organization
              + " as "
              + invitation.role()
              + ", good once, until "
              + new Times(surroundings.clock()).both(invitation.expiresAt())
              + ":");
    }
    presentation.show(
        made,
        () ->
            surroundings.print((message ? made.message() : made.link()).reveal().stripTrailing()));
    if (!presentation.isJson()) {
      surroundings.say(
          Boolean.TRUE.equals(made.sent())
              ? "The mail with it is on its way."
              : "No mail was sent; send the link yourself.");
    }
    if (!surroundings.isWritten()) {
      throw lost(invitation, "could not be written");
    }
    return ExitCode.OK;
  }

  private StopException lost(InvitationAnswer invitation, String how) {
    return new StopException(
        ExitCode.FAILURE,
        "the link of invitation " + invitation.id() + " " + how + " and is shown nowhere else",
        "Withdraw it and make another: bitting members withdraw " + invitation.id() + again());
  }
}
