package io.bitting.cli;

import io.bitting.client.BittingClient;
import io.bitting.client.MemberQuery;
import io.bitting.client.protocol.MemberAnswer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "list",
    header = "List members, newest first.",
    description = "The token needs org.memberships:read.",
    footer = {
      "  bitting members list",
      "  bitting members list --role owner",
      "  bitting members list --without-mfa -o json"
    })
final class ListMembers extends OrganizationCommand {
  @Option(
      names = "--role",
      paramLabel = "ROLE",
      description = "Members of this role: ${COMPLETION-CANDIDATES}.")
  private @Nullable MemberRole role;

  @Option(names = "--without-mfa", description = "Members without a second factor.")
  private boolean withoutMfa;

  @Option(
      names = "--text",
      paramLabel = "TEXT",
      description = "Members with this in name, mail address or id.")
  private @Nullable String text;

  ListMembers(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  public Integer call() {
    BittingClient client = connection.client();
    String organization = inOrganization.of(client);
    MemberQuery query = query();
    List<MemberAnswer> members =
        Pages.all(cursor -> client.members(organization, cursor.map(query::after).orElse(query)));
    presentation.show(members, () -> print(organization, members));
    return ExitCode.OK;
  }

  private MemberQuery query() {
    MemberQuery query = MemberQuery.all();
    query = role == null ? query : query.role(role.name());
    query = text == null ? query : query.text(text);
    return withoutMfa ? query.mfa(false) : query;
  }

  private void print(String organization, List<MemberAnswer> members) {
    if (members.isEmpty()) {
      surroundings.say(
          role == null && text == null && !withoutMfa
              ? "Organization "
                  + organization
                  + " has no members. Invite somebody: bitting members invite --help"
              : "No member of " + organization + " is like that.");
      return;
    }
    MemberWords.printAll(surroundings, members);
  }
}
