package io.bitting.cli;

import io.bitting.client.BittingClient;
import io.bitting.client.protocol.KeyAnswer;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "enable",
    header = "Accept a disabled key again.",
    footer = {"  bitting keys enable nightly"})
final class EnableKey implements Callable<Integer> {
  private final Surroundings surroundings;

  @Parameters(paramLabel = "KEY", description = "Name, id, or prefix and id.")
  private String key = "";

  @Mixin private final Connection connection;
  @Mixin private final InOrganization inOrganization = new InOrganization();
  @Mixin private final Presentation presentation;

  EnableKey(Surroundings surroundings) {
    this.surroundings = surroundings;
    this.connection = new Connection(surroundings);
    this.presentation = new Presentation(surroundings);
  }

  @Override
  public Integer call() {
    BittingClient client = connection.client();
    String organization = inOrganization.of(client);
    KeyAnswer found = new KeyFinder(client, organization).find(key);
    KeyAnswer enabled = client.enableKey(organization, found.id()).orThrow();
    surroundings.say(
        found.state().equals("disabled")
            ? "Enabled key " + KeyWords.named(enabled) + ". Its state is " + enabled.state() + "."
            : "Key "
                + KeyWords.named(enabled)
                + " was not disabled; nothing was changed. Its state is "
                + enabled.state()
                + ".");
    presentation.showJson(enabled);
    return ExitCode.OK;
  }
}
