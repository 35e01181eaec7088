package io.bitting.cli;

import io.bitting.client.BittingClient;
import io.bitting.client.protocol.KeyAnswer;
import picocli.CommandLine.Command;

@Command(
    name = "show",
    header = "Show a key: what it may do, since when and until when.",
    footer = {
      "  bitting keys show nightly",
      "  bitting keys show nex_4fT9xQ2mZp7B",
      "  bitting keys show 4fT9xQ2mZp7B -o json"
    })
final class ShowKey extends KeyCommand {
  ShowKey(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  public Integer call() {
    BittingClient client = connection.client();
    KeyAnswer found = found(client, inOrganization.of(client));
    presentation.show(found, () -> new KeyWords(surroundings).print(surroundings, found));
    return ExitCode.OK;
  }
}
