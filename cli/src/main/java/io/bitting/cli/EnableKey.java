package io.bitting.cli;

import io.bitting.client.BittingClient;
import io.bitting.client.protocol.KeyAnswer;
import picocli.CommandLine.Command;

@Command(
    name = "enable",
    header = "Accept a disabled key again.",
    footer = {"  bitting keys enable nightly"})
final class EnableKey extends KeyCommand {
  EnableKey(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  public Integer call() {
    BittingClient client = connection.client();
    String organization = inOrganization.of(client);
    KeyAnswer found = found(client, organization);
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
