package io.bitting.cli;

import io.bitting.client.BittingClient;
import io.bitting.client.protocol.MemberAnswer;
import picocli.CommandLine.Command;

@Command(
    name = "show",
    header = "Show a member.",
    footer = {
      "  bitting members show ada@example.com",
      "  bitting members show Mb3kT8wQ5zXa -o json"
    })
final class ShowMember extends MemberCommand {
  ShowMember(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  public Integer call() {
    BittingClient client = connection.client();
    String organization = inOrganization.of(client);
    MemberAnswer found = found(client, organization);
    presentation.show(found, () -> MemberWords.print(surroundings, found));
    return ExitCode.OK;
  }
}
