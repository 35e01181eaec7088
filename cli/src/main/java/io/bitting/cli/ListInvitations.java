package io.bitting.cli;

import io.bitting.client.BittingClient;
import io.bitting.client.protocol.InvitationAnswer;
import java.util.List;
import picocli.CommandLine.Command;

@Command(
    name = "invitations",
    header = "List invitations that nobody accepted yet.",
    description = "The token needs org.memberships:read.",
    footer = {"  bitting members invitations"})
final class ListInvitations extends OrganizationCommand {
  ListInvitations(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  public Integer call() {
    BittingClient client = connection.client();
    String organization = inOrganization.of(client);
    List<InvitationAnswer> invitations =
        Pages.all(cursor -> client.invitations(organization, cursor));
    presentation.show(invitations, () -> print(organization, invitations));
    return ExitCode.OK;
  }

  private void print(String organization, List<InvitationAnswer> invitations) {
    if (invitations.isEmpty()) {
      surroundings.say("Nobody is invited to " + organization + ".");
      return;
    }
    Times times = new Times(surroundings.clock());
    Table table = new Table("mail", "id", "role", "invited", "expires", "state");
    for (InvitationAnswer invitation : invitations) {
      table.row(
          invitation.mail(),
          invitation.id(),
          invitation.role(),
          times.relative(invitation.createdAt()),
          times.expiry(invitation.expiresAt()),
          invitation.state());
    }
    table.print(surroundings);
  }
}
