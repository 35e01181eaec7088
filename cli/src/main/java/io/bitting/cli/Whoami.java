package io.bitting.cli;

import io.bitting.client.BittingClient;
import io.bitting.client.protocol.KeyAnswer;
import io.bitting.client.protocol.WhoamiAnswer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "whoami",
    header = "Show whose key your token is, and what it may do.",
    footer = {
      "  bitting whoami",
      "  bitting whoami --token-file token -o json",
      "  bitting whoami --token-file found --revoke --reason leaked"
    })
final class Whoami extends ServerCommand {
  @Option(
      names = "--revoke",
      description = "Refuse the key for ever, because its token is where it does not belong.")
  private boolean revoke;

  @Mixin private final RevocationOptions why = new RevocationOptions();
  @Mixin private final KeyConfirmation confirmation;

  Whoami(Surroundings surroundings) {
    super(surroundings);
    this.confirmation = new KeyConfirmation(surroundings);
  }

  @Override
  public Integer call() {
    BittingClient client = connection.client();
    WhoamiAnswer me = client.whoami().orThrow();
    if (revoke) {
      confirmation.get(me.key(), me.organization().slug(), "bitting whoami" + connection.again());
      KeyAnswer revoked = client.revokeOwnKey(why.form()).orThrow();
      surroundings.say("Revoked key " + KeyWords.named(revoked) + ", whose token this is.");
      presentation.showJson(revoked);
      return ExitCode.OK;
    }
    presentation.show(me, () -> print(client, me));
    return ExitCode.OK;
  }

  private void print(BittingClient client, WhoamiAnswer me) {
    surroundings.print(
        "Server "
            + client.base()
            + ", organization "
            + me.organization().slug()
            + " (\""
            + Plain.text(me.organization().name())
            + "\")");
    new KeyWords(surroundings).print(surroundings, me.key());
  }
}
