package io.bitting.cli;

import io.bitting.client.BittingClient;
import io.bitting.client.protocol.OrganizationAnswer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "show",
    header = "Show an organization.",
    footer = {"  bitting organizations show", "  bitting organizations show acme"})
final class ShowOrganization extends ServerCommand {
  @Parameters(
      paramLabel = "ORG",
      arity = "0..1",
      description = "Slug or id. The token's own organization unless given.")
  private @Nullable String organization;

  ShowOrganization(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  public Integer call() {
    BittingClient client = connection.client();
    String slug =
        organization == null ? client.whoami().orThrow().organization().slug() : organization;
    OrganizationAnswer found = new Offered(client).organization(slug);
    presentation.show(found, () -> OrganizationWords.print(surroundings, found));
    return ExitCode.OK;
  }
}
