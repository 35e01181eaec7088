package io.bitting.cli;

import io.bitting.client.BittingClient;
import io.bitting.client.protocol.KeyAnswer;
import io.bitting.client.protocol.RightSizeAnswer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "right-size",
    header = "Show the fewest scopes that would have been enough for a key.",
    description =
        "Denies nothing of what was recorded, and no scope can be taken from it. The key stays as it is: replace it by one of those scopes.",
    footer = {
      "  bitting keys right-size nightly",
      "  bitting keys right-size nightly --from 30d -o json"
    })
final class ShowRightSize extends KeyCommand {
  @Mixin private final InWindow inWindow;

  ShowRightSize(Surroundings surroundings) {
    super(surroundings);
    this.inWindow = new InWindow(surroundings);
  }

  @Override
  public Integer call() {
    BittingClient client = connection.client();
    String organization = inOrganization.of(client);
    KeyAnswer found = found(client, organization);
    RightSizeAnswer size = client.rightSize(organization, found.id(), inWindow.window()).orThrow();
    presentation.show(
        size, () -> ReviewWords.print(surroundings, found, size, inOrganization.again()));
    return ExitCode.OK;
  }
}
