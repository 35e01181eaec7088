package io.bitting.cli;

import io.bitting.client.BittingClient;
import io.bitting.client.protocol.SecretText;
import io.bitting.client.protocol.WhoamiAnswer;
import java.net.URI;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "login",
    header = "Keep a token for a server, so that commands need none.",
    description =
        "Asks the server whose token it is, then keeps address and token in a file that only you can read (mode 600).",
    footer = {
      "  bitting login",
      "  bitting login --url https://keys.example.com --profile work",
      "  bitting login --token-file token"
    })
final class Login implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin private final Connection connection;
  @Mixin private final Questions questions;

  Login(Surroundings surroundings) {
    this.surroundings = surroundings;
    this.connection = new Connection(surroundings);
    this.questions = new Questions(surroundings);
  }

  @Override
  public Integer call() {
    String name = Profiles.checkedName(connection.profileName().orElse(Profiles.DEFAULT));
    URI url = connection.urlWithoutProfile();
    SecretText token =
        connection
            .givenToken()
            .orElseGet(() -> questions.hidden("token", "Give --token-file or --token-stdin."));
    BittingClient client = connection.client(url, token);
    WhoamiAnswer me = client.whoami().orThrow();
    Profiles profiles = Profiles.of(surroundings);
    profiles.put(name, new Profile(client.base(), token));
    surroundings.say(
        "Signed in at "
            + client.base()
            + " as key \""
            + Plain.text(me.key().name())
            + "\" ("
            + me.key().display()
            + ") of "
            + me.organization().slug()
            + ".");
    surroundings.say(
        "Kept as profile \""
            + name
            + "\" in "
            + profiles.file()
            + ". Forget it: bitting logout"
            + (name.equals(Profiles.DEFAULT) ? "" : " --profile " + name));
    return ExitCode.OK;
  }
}
