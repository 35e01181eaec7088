package io.bitting.cli;

import io.bitting.client.BittingClient;
import io.bitting.client.protocol.CreatedKey;
import io.bitting.client.protocol.NewKey;
import io.bitting.client.protocol.ReachForm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
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
      "  bitting keys create --api bitting --name gateway --scope keys:verify --verifies appsec"
    })
final class CreateKey implements Callable<Integer> {
  private final Surroundings surroundings;

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
  private Access access = new Access();

  @Option(
      names = "--expires",
      paramLabel = "WHEN",
      description =
          "30d, 36h, 1y, 2027-03-31, a time, or never. The server's default, 90 days, unless given.")
  private @Nullable String expires;

  @Option(
      names = "--verifies",
      paramLabel = "API",
      description = "API whose tokens the key may verify; it needs keys:verify too. Repeatable.")
  private List<String> verifies = new ArrayList<>();

  @Option(
      names = "--issues",
      paramLabel = "API=SCOPES",
      description =
          "API for which the key may issue keys, up to these scopes, separated by blanks; it needs keys:issue too. Repeatable.")
  private Map<String, String> issues = new LinkedHashMap<>();

  @Option(
      names = "--issues-all",
      paramLabel = "API",
      description = "API for which the key may issue keys, up to all scopes. Repeatable.")
  private List<String> issuesAll = new ArrayList<>();

  @Option(
      names = "--reaches-everything",
      description = "The key may issue and verify for every API.")
  private boolean reachesEverything;

  @Option(
      names = {"-q", "--quiet"},
      description = "Print the token and nothing else.")
  private boolean quiet;

  /** What the key may do. */
  static final class Access {
    @Option(
        names = "--scope",
        paramLabel = "SCOPE",
        description = "A scope, or some separated by blanks. Repeatable.")
    private List<String> scopes = new ArrayList<>();

    @Option(names = "--all-scopes", description = "All scopes of the API, those added later too.")
    private boolean all;
  }

  @Mixin private final Connection connection;
  @Mixin private final InOrganization inOrganization = new InOrganization();
  @Mixin private final Presentation presentation;

  CreateKey(Surroundings surroundings) {
    this.surroundings = surroundings;
    this.connection = new Connection(surroundings);
    this.presentation = new Presentation(surroundings);
  }

  @Override
  public Integer call() {
    NewKey request = request();
    BittingClient client = connection.client();
    String organization = inOrganization.of(client);
    CreatedKey created = client.createKey(organization, request).orThrow();
    if (created.token().isWithheld()) {
      throw lost(created, "was lost with the connection");
    }
    if (presentation.isJson() && !quiet) {
      presentation.show(created, () -> {});
      checkWritten(created);
      return ExitCode.OK;
    }
    if (!quiet) {
      Times times = new Times(surroundings.clock());
      surroundings.say(
          "Created key "
              + KeyWords.named(created.key())
              + " of "
              + organization
              + " for "
              + created.key().api()
              + ": "
              + KeyWords.scopeNames(created.key())
              + "; expires "
              + times.both(created.key().expiresAt())
              + ".");
      surroundings.say("Its token, shown once:");
    }
    printToken(created);
    checkWritten(created);
    if (!quiet) {
      surroundings.say("Send it as: Authorization: Bearer <token>");
      surroundings.say(
          "Look at it: bitting keys show "
              + created.key().id()
              + inOrganization.again()
              + connection.again());
    }
    return ExitCode.OK;
  }

  /* In a pipe or a file, --quiet leaves exactly the token; on a terminal the prompt wants a new line. */
  private void printToken(CreatedKey created) {
    String token = created.token().reveal();
    if (quiet && surroundings.person().isEmpty()) {
      surroundings.out().print(token);
    } else {
      surroundings.print(token);
    }
  }

  private void checkWritten(CreatedKey created) {
    if (!surroundings.isWritten()) {
      throw lost(created, "could not be written");
    }
  }

  private StopException lost(CreatedKey created, String how) {
    return new StopException(
        ExitCode.FAILURE,
        "the token of key "
            + KeyWords.named(created.key())
            + " "
            + how
            + " and exists nowhere else; the key exists",
        "Revoke it, and create another: bitting keys revoke "
            + created.key().id()
            + " --confirm=\""
            + created.key().name()
            + "\""
            + inOrganization.again()
            + connection.again());
  }

  private NewKey request() {
    List<String> scopes = Words.of(access.scopes);
    return new NewKey(
        api,
        name,
        purpose,
        access.all ? null : scopes,
        access.all ? Boolean.TRUE : null,
        expiry(),
        reach());
  }

  private NewKey.@Nullable Expiry expiry() {
    if (expires == null) {
      return null;
    }
    String text = expires;
    Times.Expiry expiry =
        new Times(surroundings.clock())
            .readExpiry(text)
            .orElseThrow(() ->
                StopException.usage(
                    "\"" + text + "\" is no expiry",
                    "Give a lifetime (30d, 36h, 2w, 1y), a date (2027-03-31), a time (2027-03-31T12:00:00Z), or never."));
    return new NewKey.Expiry(expiry.at());
  }

  private @Nullable ReachForm reach() {
    boolean limited = !verifies.isEmpty() || !issues.isEmpty() || !issuesAll.isEmpty();
    if (reachesEverything && limited) {
      throw StopException.usage(
          "--reaches-everything leaves nothing to --verifies, --issues and --issues-all",
          "Give one or the other.");
    }
    if (reachesEverything) {
      return new ReachForm.Everything();
    }
    List<ReachForm.Issuable> issuable = new ArrayList<>();
    issues.forEach((of, scopes) -> issuable.add(ReachForm.Issuable.of(of, Words.of(scopes))));
    issuesAll.forEach(of -> issuable.add(ReachForm.Issuable.all(of)));
    return limited ? new ReachForm.Limited(issuable, verifies) : null;
  }
}
