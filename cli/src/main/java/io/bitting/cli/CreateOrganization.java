package io.bitting.cli;

import io.bitting.client.BittingClient;
import io.bitting.client.protocol.NewOrganization;
import io.bitting.client.protocol.NewOrganizationAnswer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "create",
    header = "Create an organization, and show the setup code for its first key.",
    description =
        "The setup code is printed on standard output. Whoever redeems it with bitting setup gets the organization's first key. The token needs organizations:manage.",
    footer = {"  bitting organizations create acme --name \"Acme Ltd\""})
final class CreateOrganization extends ServerCommand {
  @Parameters(paramLabel = "SLUG", description = "Its short name in addresses, for ever.")
  private String slug = "";

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "What people call it; the slug unless given.")
  private @Nullable String name;

  CreateOrganization(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  public Integer call() {
    BittingClient client = connection.client();
    NewOrganizationAnswer created =
        client.createOrganization(new NewOrganization(slug, name == null ? slug : name)).orThrow();
    if (created.setupCode().isWithheld()) {
      throw lost(created, "was lost with the connection");
    }
    Times times = new Times(surroundings.clock());
    if (!presentation.isJson()) {
      surroundings.say(
          "Created organization "
              + created.organization().slug()
              + " (\""
              + Plain.text(created.organization().name())
              + "\").");
      surroundings.say(
          "The setup code for its first key, good once, until "
              + times.both(created.setupCodeExpiresAt())
              + ":");
    }
    presentation.show(created, () -> surroundings.print(created.setupCode().reveal()));
    if (!surroundings.isWritten()) {
      throw lost(created, "could not be written");
    }
    if (!presentation.isJson()) {
      surroundings.say("Give it to them; they run: bitting setup --url " + client.base());
    }
    return ExitCode.OK;
  }

  private StopException lost(NewOrganizationAnswer created, String how) {
    return new StopException(
        ExitCode.FAILURE,
        "the setup code of organization "
            + created.organization().slug()
            + " "
            + how
            + " and exists nowhere else; the organization exists",
        "Make another code: bitting organizations setup-code "
            + created.organization().slug()
            + connection.again());
  }
}
