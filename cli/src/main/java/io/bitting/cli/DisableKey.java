package io.bitting.cli;

import io.bitting.client.BittingClient;
import io.bitting.client.protocol.KeyAnswer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "disable",
    header = "Refuse a key until it is enabled again.",
    footer = {"  bitting keys disable nightly", "  bitting keys disable nightly --force"})
final class DisableKey extends KeyCommand {
  @Option(names = "--force", description = "Do not ask.")
  private boolean force;

  @Mixin private final Questions questions;

  DisableKey(Surroundings surroundings) {
    super(surroundings);
    this.questions = new Questions(surroundings);
  }

  @Override
  public Integer call() {
    BittingClient client = connection.client();
    String organization = inOrganization.of(client);
    KeyAnswer found = found(client, organization);
    boolean before = found.state().equals("disabled");
    if (!force && !before) {
      questions.confirm(
          "key "
              + KeyWords.named(found)
              + " of "
              + organization
              + " will be refused until it is enabled",
          "Disable it",
          "Give --force to go on without one.");
    }
    KeyAnswer disabled = client.disableKey(organization, found.id()).orThrow();
    surroundings.say(
        before
            ? "Key " + KeyWords.named(disabled) + " was disabled before; nothing was changed."
            : "Disabled key "
                + KeyWords.named(disabled)
                + ". It is refused from now on, on every node within 2 s.");
    surroundings.say("Undo it: bitting keys enable " + disabled.id() + again());
    presentation.showJson(disabled);
    return ExitCode.OK;
  }
}
