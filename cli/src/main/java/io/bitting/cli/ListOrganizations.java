package io.bitting.cli;

import io.bitting.client.BittingClient;
import io.bitting.client.protocol.OrganizationAnswer;
import java.util.List;
import picocli.CommandLine.Command;

@Command(
    name = "list",
    header = "List the organizations of the installation.",
    description = "The token needs organizations:read.",
    footer = {"  bitting organizations list", "  bitting organizations list -o json"})
final class ListOrganizations extends ServerCommand {
  ListOrganizations(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  public Integer call() {
    BittingClient client = connection.client();
    List<OrganizationAnswer> organizations = Pages.all(client::organizations);
    presentation.show(organizations, () -> print(organizations));
    return ExitCode.OK;
  }

  private void print(List<OrganizationAnswer> organizations) {
    Times times = new Times(surroundings.clock());
    Table table = new Table("slug", "name", "id", "created", "state");
    for (OrganizationAnswer organization : organizations) {
      String state = organization.state() + (organization.operator() ? ", operator" : "");
      table.row(
          organization.slug(),
          organization.name(),
          organization.id(),
          times.relative(organization.createdAt()),
          state);
    }
    table.print(surroundings);
  }
}
