package io.bitting.cli;

import io.bitting.client.BittingClient;
import io.bitting.client.protocol.InvitationAnswer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "withdraw",
    header = "Withdraw an invitation.",
    description = "Its link is void. The token needs org.memberships:manage.",
    footer = {"  bitting members withdraw Iv9rC4mN2sLe"})
final class WithdrawInvitation extends OrganizationCommand {
  @Parameters(paramLabel = "INVITATION", description = "The invitation's id.")
  private String invitation = "";

  WithdrawInvitation(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  public Integer call() {
    BittingClient client = connection.client();
    String organization = inOrganization.of(client);
    InvitationAnswer withdrawn = client.withdrawInvitation(organization, invitation).orThrow();
    surroundings.say(
        "Withdrew the invitation of " + withdrawn.mail() + " to " + organization + ".");
    presentation.showJson(withdrawn);
    return ExitCode.OK;
  }
}
