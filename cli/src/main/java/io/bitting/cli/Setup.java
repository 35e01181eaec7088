package io.bitting.cli;

import io.bitting.client.BittingClient;
import io.bitting.client.protocol.NewOrganization;
import io.bitting.client.protocol.SecretText;
import io.bitting.client.protocol.SetupAnswer;
import io.bitting.client.protocol.SetupRequest;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "setup",
    header = "Redeem a setup code for the first key of an organization.",
    description = {
      "The owner's key is kept as a profile in a file that only you can read; with --quiet it is printed instead, once.",
      "While nobody owns the installation, bitting serve shows a code. Where every owner's key is lost, or no owner can sign in, --recover makes a key for 24 hours and a setup code with which a person becomes an owner: it needs the database and the pepper keyset, found by the same settings as serve's, and is audited. The key is kept for the address that --url, BITTING_URL or base-url gives, or at which a server has the data folder open."
    },
    footer = {
      "  bitting setup",
      "  bitting setup --url https://keys.example.com --code-file code",
      "  bitting setup --recover --data ./bitting-data"
    })
final class Setup implements Callable<Integer> {
  private final Surroundings surroundings;
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "Address of the server. Else BITTING_URL.")
  private @Nullable String url;

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description = "Profile to keep the key as. Default: default.")
  private @Nullable String profile;

  @ArgGroup(exclusive = true)
  private @Nullable CodeSource source;

  @Option(
      names = "--organization",
      paramLabel = "SLUG",
      description = "Slug of the operator organization that is made. Default: operator.")
  private @Nullable String organization;

  @Option(
      names = "--organization-name",
      paramLabel = "NAME",
      description = "Its name. Default: Operator.")
  private @Nullable String organizationName;

  @Option(
      names = "--key-name",
      paramLabel = "NAME",
      description = "Name of the key. Default: owner.")
  private @Nullable String keyName;

  @Option(
      names = "--recover",
      description = "Make a key for the operator organization out of database and keyset.")
  private boolean recover;

  @Option(
      names = "--replace",
      description = "Keep the key in the place of a profile that is there.")
  private boolean replace;

  @Option(
      names = {"-q", "--quiet"},
      description = "Print the token and nothing else; keep no profile.")
  private boolean quiet;

  /** Where the code is. */
  static final class CodeSource {
    @Option(names = "--code-file", paramLabel = "FILE", description = "File with the setup code.")
    private @Nullable String file;

    @Option(names = "--code-stdin", description = "Read the setup code from standard input.")
    private boolean stdin;
  }

  @Mixin private final Questions questions;

  Setup(Surroundings surroundings) {
    this.surroundings = surroundings;
    this.questions = new Questions(surroundings);
  }

  @Override
  public Integer call() {
    String name =
        Profiles.checkedName(
            Optional.ofNullable(profile)
                .or(() -> surroundings.variable("BITTING_PROFILE"))
                .orElse(Profiles.DEFAULT));
    if (!quiet) {
      // A code is good once: what could go wrong with keeping the key goes wrong before.
      refuseToReplace(name);
    }
    Map<Setting, String> settings = SettingFlags.given(spec);
    return recover ? recover(name, settings) : redeem(name, settings);
  }

  private void refuseToReplace(String name) {
    Profiles profiles = Profiles.of(surroundings);
    if (!replace && profiles.read().containsKey(name)) {
      throw new StopException(
          ExitCode.CONFLICT,
          "profile \"" + name + "\" is in use, and its token would be lost",
          "Name another with --profile, or give --replace. Nothing was changed.");
    }
  }

  private int redeem(String name, Map<Setting, String> settings) {
    if (!settings.isEmpty()) {
      throw StopException.usage(
          settings.keySet().iterator().next().flag()
              + " is for --recover; a code is redeemed at a server",
          "Give --url.");
    }
    URI address =
        URI.create(
            Optional.ofNullable(url)
                .or(() -> surroundings.variable("BITTING_URL"))
                .orElse(Connection.URL_USUAL));
    BittingClient client = client(address);
    SecretText code = code();
    SetupAnswer answer = client.setup(new SetupRequest(code, newOrganization(), keyName)).orThrow();
    if (!quiet) {
      surroundings.say(
          "You own organization "
              + answer.organization().slug()
              + " (\""
              + Plain.text(answer.organization().name())
              + "\") at "
              + client.base()
              + ": key \""
              + Plain.text(answer.key().name())
              + "\" ("
              + answer.key().display()
              + "), "
              + KeyWords.scopeNames(answer.key())
              + ", expires "
              + new Times(surroundings.clock()).both(answer.key().expiresAt())
              + ".");
    }
    keep(
        name,
        client.base(),
        new MadeKey(
            answer.key().display(),
            answer.token(),
            answer.organization().operator()
                ? "Make one for 24 hours on the server's machine: bitting setup --recover"
                : "Tell those who run the server: the code is used, and the key is "
                    + answer.key().id()
                    + "."));
    return ExitCode.OK;
  }

  private static BittingClient client(URI address) {
    try {
      return BittingClient.builder(address).build();
    } catch (IllegalArgumentException e) {
      throw StopException.usage(String.valueOf(e.getMessage()), "");
    }
  }

  private SecretText code() {
    Secrets secrets = new Secrets(surroundings);
    SecretText given;
    if (source == null) {
      given = questions.hidden("setup code", "Give --code-file or --code-stdin.");
    } else {
      given =
          source.stdin || source.file == null ? secrets.fromIn() : secrets.fromFile(source.file);
    }
    // The link that serve shows has the code behind its hash.
    String text = given.reveal().strip();
    return SecretText.of(text.substring(text.lastIndexOf('#') + 1));
  }

  private @Nullable NewOrganization newOrganization() {
    if (organization == null && organizationName == null) {
      return null;
    }
    String slug = organization == null ? "operator" : organization;
    return new NewOrganization(slug, organizationName == null ? slug : organizationName);
  }

  private int recover(String name, Map<Setting, String> settings) {
    Configuration configuration =
        new ConfigurationReader(surroundings).read(SettingFlags.configFile(spec), settings);
    // A profile for another server would send the owner's token there.
    Optional<URI> base = quiet ? Optional.empty() : Optional.of(address(configuration));
    Launch.Recovered recovered = surroundings.launch().recover(configuration);
    if (!quiet) {
      surroundings.say(
          "Made key "
              + recovered.display()
              + " of "
              + recovered.organization()
              + " with all scopes and full reach; expires "
              + new Times(surroundings.clock()).both(recovered.expiresAt())
              + ". The audit says so.");
      surroundings.say(
          "Make a lasting one with it: bitting keys create --api bitting --all-scopes --reaches-everything --name owner"
              + ofProfile(name));
    }
    MadeKey key =
        new MadeKey(
            recovered.display(),
            recovered.token(),
            "Run the command again, and revoke this key with the next one.");
    if (base.isEmpty()) {
      print(key);
    } else {
      keep(name, base.get(), key);
      surroundings.say(
          "To become an owner who signs in, open this within 30 minutes: "
              + base.get()
              + "/setup#"
              + recovered.setupCode().reveal());
    }
    return ExitCode.OK;
  }

  private static String ofProfile(String name) {
    return name.equals(Profiles.DEFAULT) ? "" : " --profile " + name;
  }

  /** Finds the address of the server whose database it is. */
  private URI address(Configuration configuration) {
    String found =
        Optional.ofNullable(url)
            .or(() -> surroundings.variable("BITTING_URL"))
            .or(() -> configuration.text(Setting.BASE_URL))
            .or(() -> ServerAddress.of(configuration).read())
            .orElseGet(() ->
                questions.asked(
                    "address of the server",
                    "Give --url, or --quiet to have the token printed and no profile kept."));
    return client(URI.create(found)).base();
  }

  /**
   * A key that was made.
   *
   * @param display prefix and id
   * @param token its token, which exists nowhere else
   * @param ifLost what to do if the token could not be handed over
   */
  private record MadeKey(String display, SecretText token, String ifLost) {}

  private void print(MadeKey key) {
    surroundings.out().print(key.token().reveal());
    if (!quiet || surroundings.person().isPresent()) {
      surroundings.print("");
    }
    if (!surroundings.isWritten()) {
      throw new StopException(
          ExitCode.FAILURE,
          "the token of key "
              + key.display()
              + " could not be written and exists nowhere else; the key exists",
          key.ifLost());
    }
  }

  private void keep(String name, URI base, MadeKey key) {
    if (quiet) {
      print(key);
      return;
    }
    Profiles profiles = Profiles.of(surroundings);
    try {
      profiles.put(name, new Profile(base, key.token()));
    } catch (StopException e) {
      // The token exists nowhere else.
      print(key);
      throw new StopException(
          e.exitCode(), e.text() + "; the token was printed instead, once", e.remedy());
    }
    surroundings.say(
        "Its token is kept as profile \""
            + name
            + "\" for "
            + base
            + " in "
            + profiles.file()
            + ".");
    surroundings.say("Look around: bitting whoami" + ofProfile(name));
  }
}
