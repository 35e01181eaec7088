package io.bitting.cli;

import io.bitting.client.BittingClient;
import io.bitting.client.protocol.OrganizationAnswer;
import io.bitting.client.protocol.OrganizationEdit;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "edit",
    header = "Change name or policy of an organization.",
    description = "The token needs org:write. Keys that exist keep their grants.",
    footer = {
      "  bitting organizations edit --name \"Acme Ltd\"",
      "  bitting organizations edit acme --all-scopes forbid"
    })
final class EditOrganization implements Callable<Integer> {
  private final Surroundings surroundings;

  @Parameters(
      paramLabel = "ORG",
      arity = "0..1",
      description = "Slug or id. The token's own organization unless given.")
  private @Nullable String organization;

  @Option(names = "--name", paramLabel = "NAME", description = "Its new name.")
  private @Nullable String name;

  @Option(
      names = "--all-scopes",
      paramLabel = "POLICY",
      description = "${COMPLETION-CANDIDATES}: whether new keys may have all scopes.")
  private @Nullable Policy allScopes;

  /** Whether something may be. */
  enum Policy {
    allow,
    forbid
  }

  @Mixin private final Connection connection;
  @Mixin private final Presentation presentation;

  EditOrganization(Surroundings surroundings) {
    this.surroundings = surroundings;
    this.connection = new Connection(surroundings);
    this.presentation = new Presentation(surroundings);
  }

  @Override
  public Integer call() {
    if (name == null && allScopes == null) {
      throw StopException.usage("there is nothing to change", "Give --name or --all-scopes.");
    }
    BittingClient client = connection.client();
    String slug =
        organization == null ? client.whoami().orThrow().organization().slug() : organization;
    OrganizationEdit edit =
        new OrganizationEdit(name, allScopes == null ? null : allScopes == Policy.allow);
    OrganizationAnswer edited = client.editOrganization(slug, edit).orThrow();
    surroundings.say("Changed organization " + edited.slug() + ".");
    presentation.show(edited, () -> OrganizationWords.print(surroundings, edited));
    return ExitCode.OK;
  }
}
