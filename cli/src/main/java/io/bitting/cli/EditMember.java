package io.bitting.cli;

import io.bitting.client.BittingClient;
import io.bitting.client.protocol.MemberAnswer;
import io.bitting.client.protocol.MemberEdit;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "edit",
    header = "Give a member another role.",
    description =
        "The token needs org.memberships:manage. The roles of owner and admin are given by owners who are signed in, never by a token.",
    footer = {"  bitting members edit ada@example.com --role auditor"})
final class EditMember implements Callable<Integer> {
  private final Surroundings surroundings;

  @Parameters(paramLabel = "MEMBER", description = "Mail address or id.")
  private String member = "";

  @Option(
      names = "--role",
      required = true,
      paramLabel = "ROLE",
      description = "${COMPLETION-CANDIDATES}.")
  private MemberRole role = MemberRole.member;

  @Mixin private final Connection connection;
  @Mixin private final InOrganization inOrganization = new InOrganization();
  @Mixin private final Presentation presentation;

  EditMember(Surroundings surroundings) {
    this.surroundings = surroundings;
    this.connection = new Connection(surroundings);
    this.presentation = new Presentation(surroundings);
  }

  @Override
  public Integer call() {
    BittingClient client = connection.client();
    String organization = inOrganization.of(client);
    MemberAnswer found = new MemberFinder(client, organization).find(member);
    MemberAnswer edited =
        client.editMember(organization, found.id(), new MemberEdit(role.name())).orThrow();
    surroundings.say(
        found.role().equals(edited.role())
            ? MemberWords.named(edited) + " was " + edited.role() + " before; nothing was changed."
            : MemberWords.named(edited) + " is " + edited.role() + " now.");
    presentation.showJson(edited);
    return ExitCode.OK;
  }
}
