package io.bitting.cli;

import io.bitting.client.BittingClient;
import io.bitting.client.protocol.KeyAnswer;
import io.bitting.client.protocol.KeyEdit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "edit",
    header = "Change name or purpose of a key.",
    description =
        "Scopes never change: create another key, and revoke this one once nobody uses it.",
    footer = {
      "  bitting keys edit nightly --name nightly-import",
      "  bitting keys edit nightly --purpose \"loads scans into the warehouse\""
    })
final class EditKey extends KeyCommand {
  @Option(names = "--name", paramLabel = "NAME", description = "Its new name.")
  private @Nullable String name;

  @Option(
      names = "--purpose",
      paramLabel = "TEXT",
      description = "Its new purpose; empty for none.")
  private @Nullable String purpose;

  EditKey(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  public Integer call() {
    if (name == null && purpose == null) {
      throw StopException.usage("there is nothing to change", "Give --name or --purpose.");
    }
    BittingClient client = connection.client();
    String organization = inOrganization.of(client);
    KeyAnswer found = found(client, organization);
    KeyAnswer edited =
        client.editKey(organization, found.id(), new KeyEdit(name, purpose)).orThrow();
    surroundings.say("Changed key " + KeyWords.named(found) + "; what it may do is as before.");
    presentation.show(edited, () -> new KeyWords(surroundings).print(surroundings, edited));
    return ExitCode.OK;
  }
}
