package io.bitting.cli;

import io.bitting.client.BittingClient;
import io.bitting.client.protocol.MemberAnswer;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "show",
    header = "Show a member.",
    footer = {
      "  bitting members show ada@example.com",
      "  bitting members show Mb3kT8wQ5zXa -o json"
    })
final class ShowMember implements Callable<Integer> {
  private final Surroundings surroundings;

  @Parameters(paramLabel = "MEMBER", description = "Mail address or id.")
  private String member = "";

  @Mixin private final Connection connection;
  @Mixin private final InOrganization inOrganization = new InOrganization();
  @Mixin private final Presentation presentation;

  ShowMember(Surroundings surroundings) {
    this.surroundings = surroundings;
    this.connection = new Connection(surroundings);
    this.presentation = new Presentation(surroundings);
  }

  @Override
  public Integer call() {
    BittingClient client = connection.client();
    String organization = inOrganization.of(client);
    MemberAnswer found = new MemberFinder(client, organization).find(member);
    presentation.show(found, () -> MemberWords.print(surroundings, found));
    return ExitCode.OK;
  }
}
