package io.bitting.cli;

import io.bitting.client.BittingClient;
import io.bitting.client.protocol.InvitationAnswer;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "withdraw",
    header = "Withdraw an invitation.",
    description = "Its link is void. The token needs org.memberships:manage.",
    footer = {"  bitting members withdraw Iv9rC4mN2sLe"})
final class WithdrawInvitation implements Callable<Integer> {
  private final Surroundings surroundings;

  @Parameters(paramLabel = "INVITATION", description = "The invitation's id.")
  private String invitation = "";

  @Mixin private final Connection connection;
  @Mixin private final InOrganization inOrganization = new InOrganization();
  @Mixin private final Presentation presentation;

  WithdrawInvitation(Surroundings surroundings) {
    this.surroundings = surroundings;
    this.connection = new Connection(surroundings);
    this.presentation = new Presentation(surroundings);
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
