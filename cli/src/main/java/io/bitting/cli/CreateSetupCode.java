package io.bitting.cli;

import io.bitting.client.BittingClient;
import io.bitting.client.protocol.SetupCodeAnswer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "setup-code",
    header = "Make a new setup code for an organization that has no key yet.",
    description =
        "The code is printed on standard output; the one before it is void. The token needs organizations:manage.",
    footer = {"  bitting organizations setup-code acme"})
final class CreateSetupCode extends ServerCommand {
  @Parameters(paramLabel = "ORG", description = "Slug or id.")
  private String organization = "";

  CreateSetupCode(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  public Integer call() {
    BittingClient client = connection.client();
    SetupCodeAnswer code = client.createSetupCode(organization).orThrow();
    if (code.setupCode().isWithheld()) {
      throw lost("was lost with the connection");
    }
    if (!presentation.isJson()) {
      surroundings.say(
          "The setup code of "
              + organization
              + ", good once, until "
              + new Times(surroundings.clock()).both(code.setupCodeExpiresAt())
              + ":");
    }
    presentation.show(code, () -> surroundings.print(code.setupCode().reveal()));
    if (!surroundings.isWritten()) {
      throw lost("could not be written");
    }
    if (!presentation.isJson()) {
      surroundings.say("Give it to them; they run: bitting setup --url " + client.base());
    }
    return ExitCode.OK;
  }

  private StopException lost(String how) {
    return new StopException(
        ExitCode.FAILURE,
        "the setup code of organization "
            + organization
            + " "
            + how
            + " and exists nowhere else; the one before it is void",
        "Make another: bitting organizations setup-code " + organization + connection.again());
  }
}
