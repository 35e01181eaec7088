package io.bitting.cli;

import io.bitting.client.BittingClient;
import io.bitting.client.protocol.AuditCheckpointAnswer;
import io.bitting.client.protocol.Json;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "checkpoint",
    header = "Have the server sign where an audit chain stands.",
    description = {
      "Prints the checkpoint as a line of JSON. Keep it where nobody who can alter the database can: held against it, an export shows when its end was cut off.",
      "The token needs audit:read; for the installation's chain organizations:read as well."
    },
    footer = {
      "  bitting audit checkpoint > checkpoint.json",
      "  bitting audit checkpoint --installation"
    })
final class CreateAuditCheckpoint implements Callable<Integer> {
  private final Surroundings surroundings;

  @Option(
      names = "--installation",
      description = "The chain of the installation instead of an organization's.")
  private boolean installation;

  @Mixin private final Connection connection;
  @Mixin private final InOrganization inOrganization = new InOrganization();

  CreateAuditCheckpoint(Surroundings surroundings) {
    this.surroundings = surroundings;
    this.connection = new Connection(surroundings);
  }

  @Override
  public Integer call() {
    BittingClient client = connection.client();
    AuditCheckpointAnswer checkpoint =
        (installation
                ? client.createAuditCheckpoint()
                : client.createAuditCheckpoint(inOrganization.of(client)))
            .orThrow();
    surroundings.print(new String(Json.write(checkpoint), StandardCharsets.UTF_8));
    return ExitCode.OK;
  }
}
