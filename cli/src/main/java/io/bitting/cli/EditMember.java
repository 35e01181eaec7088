package io.bitting.cli;

import io.bitting.client.BittingClient;
import io.bitting.client.protocol.MemberAnswer;
import io.bitting.client.protocol.MemberEdit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "edit",
    header = "Give a member another role.",
    description =
        "The token needs org.memberships:manage. The roles of owner and admin are given by owners who are signed in, never by a token.",
    footer = {"  bitting members edit ada@example.com --role auditor"})
final class EditMember extends MemberCommand {
  @Option(
      names = "--role",
      required = true,
      paramLabel = "ROLE",
      description = "${COMPLETION-CANDIDATES}.")
  private MemberRole role = MemberRole.member;

  EditMember(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  public Integer call() {
    BittingClient client = connection.client();
    String organization = inOrganization.of(client);
    MemberAnswer found = found(client, organization);
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
