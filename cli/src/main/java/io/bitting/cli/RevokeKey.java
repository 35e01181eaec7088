package io.bitting.cli;

import io.bitting.client.BittingClient;
import io.bitting.client.protocol.KeyAnswer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "revoke",
    header = "Refuse a key for ever.",
    description =
        "There is no way back. On a terminal the key's name has to be typed; a script gives it with --confirm.",
    footer = {
      "  bitting keys revoke nightly",
      "  bitting keys revoke 4fT9xQ2mZp7B --confirm=nightly --reason leaked"
    })
final class RevokeKey extends KeyCommand {
  @Mixin private final RevocationOptions why = new RevocationOptions();
  @Mixin private final KeyConfirmation confirmation;

  RevokeKey(Surroundings surroundings) {
    super(surroundings);
    this.confirmation = new KeyConfirmation(surroundings);
  }

  @Override
  public Integer call() {
    BittingClient client = connection.client();
    String organization = inOrganization.of(client);
    KeyAnswer found = found(client, organization);
    if (!found.state().equals("revoked")) {
      confirmation.get(found, organization, "bitting keys show " + found.id() + again());
    }
    KeyAnswer revoked = client.revokeKey(organization, found.id(), why.form()).orThrow();
    surroundings.say(
        found.state().equals("revoked")
            ? "Key " + KeyWords.named(revoked) + " was revoked before; nothing was changed."
            : "Revoked key "
                + KeyWords.named(revoked)
                + ". The node that answered refuses it from now on, every other one within 2 s.");
    presentation.showJson(revoked);
    return ExitCode.OK;
  }
}
