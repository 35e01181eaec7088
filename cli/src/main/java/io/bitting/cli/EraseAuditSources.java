package io.bitting.cli;

import io.bitting.client.BittingClient;
import io.bitting.client.protocol.ErasureAnswer;
import io.bitting.client.protocol.ErasureRequest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "erase",
    header = "Erase from which address audit events came.",
    description = {
      "The events stay, and so does the chain: what is hashed of an address is a salted commitment. Exports that were made before still have the address.",
      "The token needs audit:read and org:write."
    },
    footer = {
      "  bitting audit erase --source 203.0.113.7",
      "  bitting audit erase --actor 4fT9xQ2mZp7B --force"
    })
final class EraseAuditSources extends OrganizationCommand {
  @ArgGroup(exclusive = true, multiplicity = "1")
  private @Nullable Which which;

  /** What tells the events. */
  static final class Which {
    @Option(
        names = "--source",
        paramLabel = "ADDRESS",
        description = "Events from this address, whoever acted.")
    private @Nullable String source;

    @Option(
        names = "--actor",
        paramLabel = "ID",
        description = "Events by this key or member, from whichever address.")
    private @Nullable String actor;
  }

  @Option(names = "--force", description = "Do not ask.")
  private boolean force;

  @Mixin private final Questions questions;

  EraseAuditSources(Surroundings surroundings) {
    super(surroundings);
    this.questions = new Questions(surroundings);
  }

  @Override
  public Integer call() {
    Which chosen = Objects.requireNonNull(which);
    BittingClient client = connection.client();
    String organization = inOrganization.of(client);
    if (!force) {
      questions.confirm(
          "audit events of "
              + organization
              + " will no longer say from which address they came, for ever",
          "Erase it",
          "Give --force to go on without one.");
    }
    ErasureAnswer erased =
        client
            .eraseAuditSources(organization, new ErasureRequest(chosen.source, chosen.actor))
            .orThrow();
    surroundings.say(
        erased.erased() == 0
            ? "No event had such an address; nothing was changed."
            : "Erased the address of "
                + erased.erased()
                + " events. The chain is whole as before.");
    presentation.showJson(erased);
    return ExitCode.OK;
  }
}
