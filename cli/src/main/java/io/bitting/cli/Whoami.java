package io.bitting.cli;

import io.bitting.client.BittingClient;
import io.bitting.client.protocol.WhoamiAnswer;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "whoami",
    header = "Show whose key your token is, and what it may do.",
    footer = {"  bitting whoami", "  bitting whoami --token-file token -o json"})
final class Whoami implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin private final Connection connection;
  @Mixin private final Presentation presentation;

  Whoami(Surroundings surroundings) {
    this.surroundings = surroundings;
    this.connection = new Connection(surroundings);
    this.presentation = new Presentation(surroundings);
  }

  @Override
  public Integer call() {
    BittingClient client = connection.client();
    WhoamiAnswer me = client.whoami().orThrow();
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
