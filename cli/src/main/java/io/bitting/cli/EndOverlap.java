package io.bitting.cli;

import io.bitting.client.BittingClient;
import io.bitting.client.protocol.KeyAnswer;
import picocli.CommandLine.Command;

@Command(
    name = "end-overlap",
    header = "Refuse the old token of a rotated or replaced key from now on.",
    footer = {"  bitting keys end-overlap nightly", "  bitting keys show nightly"})
final class EndOverlap extends KeyCommand {
  EndOverlap(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  public Integer call() {
    BittingClient client = connection.client();
    String organization = inOrganization.of(client);
    KeyAnswer found = found(client, organization);
    KeyAnswer ended = client.endOverlap(organization, found.id()).orThrow();
    boolean changed =
        found.secrets().size() != ended.secrets().size() || !found.state().equals(ended.state());
    surroundings.say(
        changed
            ? "Ended the overlap of key "
                + KeyWords.named(ended)
                + ". The old token is refused from now on, on every node within 2 s."
            : "Key " + KeyWords.named(ended) + " has no overlap; nothing was changed.");
    presentation.showJson(ended);
    return ExitCode.OK;
  }
}
