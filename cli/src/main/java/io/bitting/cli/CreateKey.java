package io.bitting.cli;

import io.bitting.client.BittingClient;
import io.bitting.client.protocol.CreatedKey;
import io.bitting.client.protocol.KeyAnswer;
import io.bitting.client.protocol.NewKey;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "create",
    header = "Create a key and show its token, once.",
    description =
        "The token is printed on standard output and exists nowhere else. What a key may do never changes: for other scopes, create another key.",
    footer = {
      "  bitting keys create --api appsec --name nightly --scope scans:read --scope scans:run",
      "  bitting keys create --api appsec --name ci --scope \"scans:read bot\" --expires 30d -q > token",
      "  bitting keys create --api appsec --name ci --template \"CI pipeline\"",
      "  bitting keys create --api bitting --name gateway --scope keys:verify --verifies appsec"
    })
final class CreateKey extends OrganizationCommand {
  @Option(
      names = "--api",
      paramLabel = "API",
      required = true,
      description = "The API that the key is for.")
  private String api = "";

  @Option(
      names = "--name",
      paramLabel = "NAME",
      required = true,
      description = "Its name, unique in the organization.")
  private String name = "";

  @Option(names = "--purpose", paramLabel = "TEXT", description = "What it is for.")
  private @Nullable String purpose;

  @ArgGroup(exclusive = true, multiplicity = "1")
  private NewScopeChoice access = new NewScopeChoice();

  @Option(
      names = "--expires",
      paramLabel = "WHEN",
      description =
          "30d, 36h, 1y, 2027-03-31, a time, or never. The server's default, 90 days, unless given.")
  private @Nullable String expires;

  @Mixin private final ReachOptions reach = new ReachOptions();
  @Mixin private final TokenOutput output;

  CreateKey(Surroundings surroundings) {
    super(surroundings);
    this.output = new TokenOutput(surroundings);
  }

  @Override
  public Integer call() {
    BittingClient client = connection.client();
    NewKey request = request(client);
    String organization = inOrganization.of(client);
    CreatedKey created = client.createKey(organization, request).orThrow();
    output.show(
        presentation,
        new TokenOutput.Made(
            created,
            created.token(),
            created.key(),
            "the key exists",
            "Revoke it, and create another: bitting keys revoke "
                + created.key().id()
                + " --confirm=\""
                + created.key().name()
                + "\""
                + again()),
        () -> sayMade(organization, created.key()),
        () -> {
          surroundings.say("Send it as: Authorization: Bearer <token>");
          surroundings.say("Look at it: bitting keys show " + created.key().id() + again());
        });
    return ExitCode.OK;
  }

  private void sayMade(String organization, KeyAnswer key) {
    surroundings.say(
        "Created key "
            + KeyWords.named(key)
            + " of "
            + organization
            + " for "
            + key.api()
            + ": "
            + KeyWords.scopeNames(key)
            + "; expires "
            + new Times(surroundings.clock()).both(key.expiresAt())
            + ".");
    surroundings.say("Its token, shown once:");
  }

  private NewKey request(BittingClient client) {
    List<String> scopes = access.scopes(client, api);
    return new NewKey(
        api,
        name,
        purpose,
        access.isAll() ? null : scopes,
        access.isAll() ? Boolean.TRUE : null,
        KeyExpiry.read(expires, surroundings),
        reach.form());
  }
}
