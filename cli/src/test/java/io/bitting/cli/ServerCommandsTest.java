package io.bitting.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bitting.client.BittingClient;
import io.bitting.client.protocol.NewKey;
import io.bitting.server.BittingServer;
import io.bitting.server.ServerSettings;
import io.bitting.server.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands against a real server. */
final class ServerCommandsTest {
  private static final String APPSEC =
      Path.of("..", "catalogs", "appsec.yaml").toAbsolutePath().toString();
  private static final String LIBRARY =
      """
      catalog: 1
      api: %s
      name: Library
      prefix: %s
      scopes:
        - {scope: books:read, category: Books, access: read, description: Reads.}
        - {scope: books:write, category: Books, access: write, description: Writes.%s}
      %s\
      """;

  @SuppressWarnings("NullAway.Init")
  private static TestServer server;

  @TempDir private Path folder;
  private Cli cli;

  @BeforeAll
  static void startServer() {
    server = TestServer.start();
    Path folder = server.folder().resolve("cli");
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertThat(
            Cli.of(folder, server, server.ownerToken())
                .run("catalog", "apply", APPSEC, "--yes")
                .code())
        .isZero();
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @BeforeEach
  void signIn() {
    cli = Cli.of(folder, server, server.ownerToken());
  }

  private static JsonNode json(Cli.Result result) {
    try {
      return new ObjectMapper().readTree(result.out());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes a key and keeps its token in the file {@code token}. */
  private String created(String name, String... scopes) {
    List<String> args =
        new ArrayList<>(List.of("keys", "create", "--api", "appsec", "--name", name, "--quiet"));
    for (String scope : scopes) {
      args.add("--scope");
      args.add(scope);
    }
    String token = cli.ok(args.toArray(String[]::new)).out();
    cli.file("token", token);
    return token;
  }

  @Test
  void setup_codeFromServe_makesTheOwnerAndKeepsTheToken() throws Exception {
    try (BittingServer fresh =
        BittingServer.start(
            TestServer.settings(new ServerSettings.Sqlite(folder.resolve("data"))))) {
      Cli other = new Cli(folder);
      String url = "http://127.0.0.1:" + fresh.port();
      String code = fresh.setupCodeIfNone().orElseThrow().text();

      Cli.Result wrong = other.in("wrong\n").run("setup", "--url", url, "--code-stdin");
      assertThat(wrong.code()).isEqualTo(ExitCode.REFUSED);
      assertThat(wrong.err()).contains("setup_code_invalid");

      other.file("code", url + "/setup#" + code + "\n");
      Cli.Result result =
          other.run(
              "setup",
              "--url",
              url,
              "--code-file",
              "code",
              "--organization",
              "acme",
              "--organization-name",
              "Acme");
      assertThat(result.code()).as(result.err()).isZero();
      assertThat(result.out()).isEmpty();
      assertThat(result.err())
          .contains("You own organization acme", "profile \"default\"", "bitting whoami")
          .doesNotContain(code);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(other.credentials())))
          .isEqualTo("rw-------");

      assertThat(other.run("whoami").out()).contains("organization acme (\"Acme\")", "everything");
      assertThat(other.run("setup", "--url", url, "--code-file", "code").err())
          .contains("profile \"default\" is in use");
      assertThat(other.run("setup", "--url", url, "--code-file", "code", "--profile", "two").code())
          .isEqualTo(ExitCode.REFUSED);
      assertThat(fresh.setupCodeIfNone()).isEmpty();
    }
  }

  @Test
  void setup_quiet_printsExactlyTheTokenAndKeepsNothing() {
    String slug = "quiet";
    String code = cli.ok("organizations", "create", slug).out().strip();
    Cli other = new Cli(folder).env("BITTING_URL", server.uri("").toString()).in(code);
    Cli.Result result = other.run("setup", "--code-stdin", "--quiet");

    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.err()).isEmpty();
    assertThat(Secrets.isToken(result.out())).isTrue();
    assertThat(other.credentials()).doesNotExist();
    assertThat(other.in(result.out()).run("whoami", "--token-stdin").out())
        .contains("organization quiet");
  }

  @Test
  void login_token_isKeptAfterTheServerKnewIt() {
    String token = created("login", "scans:read");
    Cli other = new Cli(folder);
    String url = server.uri("").toString();

    assertThat(other.in("nonsense").run("login", "--url", url, "--token-stdin").code())
        .isEqualTo(ExitCode.NOT_AUTHENTICATED);
    assertThat(other.credentials()).doesNotExist();
    Cli.Result result = other.answering(token).run("login", "--url", url, "--profile", "work");
    assertThat(result.code()).as(result.err()).isZero();
    assertThat(other.asked()).containsExactly("Token (does not show): ");
    assertThat(result.err())
        .contains("as key \"login\"", "bitting logout --profile work")
        .doesNotContain(token.substring(16));
    assertThat(other.run("whoami").out()).contains("scans:read");
    assertThat(other.unattended().run("login", "--url", url).code()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void keys_theirWholeLife_isOneCommandEach() {
    String token = created("life", "scans:read", "scans:run bot");
    assertThat(Secrets.isToken(token)).isTrue();
    String id = token.substring(4, 16);

    assertThat(cli.ok("keys", "list", "--text", "life").lines())
        .hasSize(2)
        .last()
        .asString()
        .startsWith("life")
        .containsPattern("nex_" + id + "… +appsec +3 +in 90 d +never +active");
    assertThat(cli.ok("keys", "show", "nex_" + id + "…").out())
        .contains("bot scans:read scans:run")
        .doesNotContain(token.substring(16));
    assertThat(json(cli.ok("keys", "show", "LIFE", "--json")).path("id").asText()).isEqualTo(id);

    assertThat(cli.ok("keys", "edit", "life", "--name", "long life", "--purpose", "test").out())
        .contains("long life", "test");
    assertThat(cli.run("keys", "edit", "long life").code()).isEqualTo(ExitCode.USAGE);

    assertThat(cli.run("keys", "disable", "long life").err())
        .matches(
            "(?s)bitting: key \"long life\" \\(nex_.*\\) of operator will be refused until it is enabled; that wants a yes, and nobody can be asked here, so nothing was changed\n  Give --force .*");
    assertThat(cli.answering("n").run("keys", "disable", "long life").err())
        .contains("nothing was changed");
    assertThat(verified("scans:read")).isEqualTo("allowed");
    assertThat(cli.ok("keys", "disable", "long life", "--force").err())
        .contains("Disabled", "bitting keys enable " + id);
    assertThat(verified("scans:read")).isEqualTo("denied key_disabled");
    assertThat(cli.ok("keys", "disable", id).err())
        .contains("was disabled before; nothing was changed");
    assertThat(cli.ok("keys", "enable", id).err()).contains("Enabled", "Its state is active");
    assertThat(cli.ok("keys", "enable", id).err())
        .contains("was not disabled; nothing was changed");
    assertThat(verified("scans:read")).isEqualTo("allowed");

    assertThat(cli.answering("life").run("keys", "revoke", id).err())
        .contains("nothing was changed");
    assertThat(cli.unattended().run("keys", "revoke", id).err())
        .contains("will be refused for ever; that wants a yes", "--confirm=\"long life\"");
    assertThat(cli.run("keys", "revoke", id, "--confirm=life").code()).isEqualTo(ExitCode.USAGE);
    assertThat(cli.answering("long life").run("keys", "revoke", id, "--no-input").code())
        .isEqualTo(ExitCode.USAGE);
    assertThat(verified("scans:read")).isEqualTo("allowed");
    assertThat(cli.answering("long life").run("keys", "revoke", id).code()).isZero();
    assertThat(cli.asked()).last().asString().contains("refused for ever", "long life");
    assertThat(verified("scans:read")).isEqualTo("denied key_revoked");
    assertThat(cli.ok("keys", "revoke", id).err()).contains("was revoked before");
    assertThat(cli.run("keys", "enable", id).code()).isEqualTo(ExitCode.CONFLICT);

    assertThat(cli.ok("audit", "list", "--target", id).out())
        .contains("key.created", "key.disabled", "key.enabled", "key.revoked");
    assertThat(
            json(cli.ok("audit", "list", "--target", id, "--action", "key.created", "-o", "json")))
        .hasSize(1);
  }

  private String verified(String scope) {
    Cli.Result result =
        cli.run("verify", "--api", "appsec", "--scope", scope, "--key-file", "token", "--json");
    JsonNode answer = json(result);
    String decision = answer.path("decision").asText();
    assertThat(result.code())
        .isEqualTo(decision.equals("allowed") ? ExitCode.OK : ExitCode.REFUSED);
    return decision.equals("allowed") ? decision : decision + " " + answer.path("reason").asText();
  }

  @Test
  void create_forPeople_printsTheTokenAloneOnStandardOutput() {
    Cli.Result result =
        cli.ok(
            "keys",
            "create",
            "--api",
            "appsec",
            "--name",
            "people",
            "--scope",
            "bot",
            "--expires",
            "never",
            "--purpose",
            "p");

    assertThat(result.lines()).hasSize(1);
    assertThat(Secrets.isToken(result.lines().getFirst())).isTrue();
    assertThat(result.err())
        .contains("Created key \"people\"", "expires never", "shown once", "bitting keys show")
        .doesNotContain(result.out().substring(16).strip());
    JsonNode json =
        json(
            cli.ok(
                "keys",
                "create",
                "--api",
                "appsec",
                "--name",
                "programs",
                "--all-scopes",
                "--expires",
                "2h",
                "-o",
                "json"));
    assertThat(json.path("token").asText()).startsWith("nex_");
    assertThat(json.path("all_scopes").asBoolean()).isTrue();
  }

  /** Guarantee: a secret that could not be handed over is never told as done. */
  @ParameterizedTest
  @ValueSource(strings = {"-q", "--purpose=loud", "--json"})
  void create_tokenThatCannotBeWritten_isAFailureThatNamesTheKey(String form) {
    String name = "lost " + form;
    Cli.Result result =
        cli.withoutRoom()
            .run("keys", "create", "--api", "appsec", "--name", name, "--scope", "bot", form);

    assertThat(result.code()).isEqualTo(ExitCode.FAILURE);
    assertThat(result.err())
        .contains("could not be written", "the key exists", "bitting keys revoke ")
        .contains("--confirm=\"" + name + "\"");
  }

  @Test
  void output_thatCannotBeWritten_isAFailure() {
    Cli.Result keys = cli.withoutRoom().run("keys", "list");
    assertThat(keys.code()).isEqualTo(ExitCode.FAILURE);
    assertThat(keys.err()).isEqualTo("bitting: the output could not be written to its end\n");
    assertThat(cli.run("keys", "show", "nobody").code()).isEqualTo(ExitCode.NOT_FOUND);

    Cli.Result made = cli.run("organizations", "create", "unwritten");
    assertThat(made.code()).isEqualTo(ExitCode.FAILURE);
    assertThat(made.err()).contains("bitting organizations setup-code unwritten");
    assertThat(cli.run("organizations", "setup-code", "unwritten").code())
        .isEqualTo(ExitCode.FAILURE);
  }

  @Test
  void setup_quietAndNoRoom_isAFailureThatNamesTheKey() {
    String code = cli.ok("organizations", "create", "roomless").out().strip();
    Cli other = new Cli(folder).env("BITTING_URL", server.uri("").toString()).in(code);
    Cli.Result result = other.withoutRoom().run("setup", "--code-stdin", "--quiet");

    assertThat(result.code()).isEqualTo(ExitCode.FAILURE);
    assertThat(result.err()).contains("could not be written", "the code is used");
  }

  @Test
  void create_forPeople_showsTheTokenWhereItsSentenceIs() {
    assertThat(
            cli.ok("keys", "create", "--api", "appsec", "--name", "order", "--scope", "bot")
                .both()
                .lines()
                .map(line -> line.replaceFirst("nex_\\w+$", "token").replaceFirst("[ :].*", "")))
        .containsExactly("Created", "Its", "token", "Send", "Look");
  }

  @ParameterizedTest
  @CsvSource({
    "keys list --api apsec, there is no API \"apsec\", Did you mean appsec?",
    "keys list --api appsec --scope scans:raed, there is no scope of appsec \"scans:raed\", Did you mean scans:read?",
    "keys list --scope scans:raed, there is no scope \"scans:raed\", Did you mean scans:read?",
    "apis show apsec, there is no API \"apsec\", Did you mean appsec?",
    "organizations show operater, there is no organization \"operater\", Did you mean operator?",
  })
  void mistypedWord_isNamedWithTheNearest(String line, String fact, String remedy) {
    Cli.Result result = cli.run(line.split(" ", -1));

    assertThat(result.code()).isEqualTo(ExitCode.NOT_FOUND);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains(fact, remedy);
  }

  @Test
  void tables_onANarrowTerminal_stayWithinIt() {
    cli.ok("keys", "create", "--api", "appsec", "--name", "n".repeat(70), "--scope", "bot", "-q");
    for (String[] args :
        new String[][] {
          {"audit", "list", "--limit", "10"},
          {"apis", "show", "appsec"},
          {"apis", "show", "bitting"},
          {"keys", "list", "--text", "nnnn"},
          {"organizations", "list"}
        }) {
      Cli.Result narrow = cli.answering().env("COLUMNS", "80").run(args);
      assertThat(narrow.lines())
          .hasSizeGreaterThan(1)
          .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
      Cli.Result piped = cli.unattended().run(args);
      assertThat(piped.lines()).hasSizeLessThanOrEqualTo(narrow.lines().size());
      assertThat(words(narrow)).containsAll(words(piped));
    }
  }

  private static List<String> words(Cli.Result result) {
    return result.lines().stream()
        .skip(1)
        .flatMap(line -> java.util.Arrays.stream(line.split("\\s+", -1)))
        .filter(word -> !word.isEmpty() && !word.matches("-|CHANGES|\\(?[0-9]+"))
        .toList();
  }

  @Test
  void hints_nameTheCommandAsItWasStarted() {
    cli.env("BITTING_COMMAND", "./bitting");

    assertThat(
            cli.ok("keys", "create", "--api", "appsec", "--name", "hint", "--scope", "bot").err())
        .contains(": ./bitting keys show ");
    assertThat(cli.run("keys", "list", "--nope").err()).contains("See: ./bitting keys list --help");
  }

  @Test
  void create_withReach_reachesThatFar() {
    cli.ok(
        "keys",
        "create",
        "--api",
        "bitting",
        "--name",
        "gateway",
        "--scope",
        "keys:verify keys:issue",
        "--verifies",
        "appsec",
        "--issues",
        "appsec=scans:read bot",
        "-q");
    JsonNode reach = json(cli.ok("keys", "show", "gateway", "--json")).path("reach");

    assertThat(reach.toString())
        .isEqualTo(
            "{\"issue\":[{\"api\":\"appsec\",\"scopes\":[\"bot\",\"scans:read\"]}],\"verify\":[\"appsec\"]}");
    assertThat(cli.ok("keys", "show", "gateway").out())
        .contains("issues for appsec up to bot scans:read; verifies for appsec");
    assertThat(
            cli.run(
                    "keys",
                    "create",
                    "--api",
                    "bitting",
                    "--name",
                    "x",
                    "--all-scopes",
                    "--reaches-everything",
                    "--verifies",
                    "appsec")
                .code())
        .isEqualTo(ExitCode.USAGE);
  }

  @Test
  void create_withFaults_namesThemAll() {
    Cli.Result result =
        cli.run(
            "keys",
            "create",
            "--api",
            "appsec",
            "--name",
            " ",
            "--scope",
            "scans:raed",
            "--scope",
            "nope",
            "--expires",
            "2020-01-01");

    assertThat(result.code()).isEqualTo(ExitCode.FAILURE);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .contains(
            "  --name  ",
            "  --scope  ",
            "did you mean \"scans:read\"?",
            "bitting apis show",
            "  --expires  ",
            "422 validation_failed")
        .doesNotContain("/scopes", "/expires_at", "GET /v1", "null");
    assertThat(
            cli.run(
                    "keys",
                    "create",
                    "--api",
                    "appsec",
                    "--name",
                    "x",
                    "--scope",
                    "bot",
                    "--expires",
                    "soon")
                .code())
        .isEqualTo(ExitCode.USAGE);
  }

  @Test
  void exitCodes_ofRefusals_areThoseOfTheHelp() {
    created("codes", "scans:read");
    cli.file("codes.yaml", LIBRARY.formatted("codes", "codes", "", ""));
    cli.ok("catalog", "apply", "codes.yaml", "--yes");
    cli.file("token", cli.key("codes", "stranger", "books:read"));

    assertThat(cli.run("keys", "show", "nobody").code()).isEqualTo(ExitCode.NOT_FOUND);
    assertThat(cli.run("keys", "show", "AAAAAAAAAAAA").code()).isEqualTo(ExitCode.NOT_FOUND);
    assertThat(cli.run("apis", "show", "nothing").code()).isEqualTo(ExitCode.NOT_FOUND);
    assertThat(cli.run("organizations", "show", "../apis").code()).isEqualTo(ExitCode.NOT_FOUND);
    assertThat(cli.run("organizations", "show", "..").code()).isNotZero();
    assertThat(cli.run("keys", "list", "--organization", "nobody").code())
        .isEqualTo(ExitCode.NOT_FOUND);
    assertThat(
            cli.run("keys", "create", "--api", "appsec", "--name", "CODES", "--scope", "bot")
                .code())
        .isEqualTo(ExitCode.CONFLICT);
    assertThat(cli.run("keys", "list", "--state", "sleepy").code()).isEqualTo(ExitCode.USAGE);
    assertThat(cli.run("keys", "list", "--limit", "0").code()).isEqualTo(ExitCode.USAGE);
    Cli.Result weak = cli.run("organizations", "list", "--token-file", "token");
    assertThat(weak.code()).isEqualTo(ExitCode.NOT_AUTHENTICATED);
    assertThat(weak.err()).contains("401 ", "bitting doctor", "request ");
    cli.file("token", cli.key("bitting", "weaker", "org:read"));
    Cli.Result refused = cli.run("organizations", "list", "--token-file", "token");
    assertThat(refused.code()).isEqualTo(ExitCode.REFUSED);
    assertThat(refused.err()).contains("organizations:read", "403 insufficient_scope");
  }

  @Test
  void verify_eachForm_isAsked() {
    created("verify", "scans:read");

    assertThat(cli.ok("verify", "--api", "appsec", "--any-valid-key", "--key-file", "token").out())
        .startsWith("allowed");
    assertThat(
            cli.ok(
                    "verify",
                    "--api",
                    "appsec",
                    "--any-of",
                    "bot scans:run",
                    "--any-of",
                    "scans:read",
                    "--key-file",
                    "token")
                .out())
        .startsWith("allowed");
    Cli.Result denied =
        cli.in(cli.read(folder.resolve("token")))
            .run("verify", "--api", "appsec", "--scope", "scans:read scans:delete", "--key-stdin");
    assertThat(denied.code()).isEqualTo(ExitCode.REFUSED);
    assertThat(denied.out()).contains("denied  insufficient_scope", "missing scans:delete");
    assertThat(
            cli.in("nonsense")
                .run(
                    "verify",
                    "--api",
                    "appsec",
                    "--any-valid-key",
                    "--key-stdin",
                    "--source",
                    "10.0.0.1")
                .out())
        .startsWith("denied  credential_invalid");
    assertThat(cli.run("verify", "--api", "appsec", "--any-valid-key").code())
        .isEqualTo(ExitCode.USAGE);
    assertThat(
            cli.run("verify", "--api", "appsec", "--any-valid-key", "--key-stdin", "--token-stdin")
                .code())
        .isEqualTo(ExitCode.USAGE);
    assertThat(
            cli.run(
                    "verify",
                    "--api",
                    "appsec",
                    "--any-valid-key",
                    "--scope",
                    "bot",
                    "--key-file",
                    "token")
                .code())
        .isEqualTo(ExitCode.USAGE);
  }

  @Test
  void apply_newApi_changesNothingBeforeTheYes() {
    cli.file("library.yaml", LIBRARY.formatted("library", "lib", "", ""));

    Cli.Result plan = cli.run("catalog", "apply", "library.yaml", "--plan");
    assertThat(plan.code()).isEqualTo(ExitCode.DIFFERENCES);
    assertThat(plan.err())
        .contains(
            "New API library (\"Library\"), whose tokens will start with lib_, for ever.",
            "+ books:read",
            "Nothing was changed.");
    assertThat(cli.run("catalog", "apply", "library.yaml").code()).isEqualTo(ExitCode.USAGE);
    assertThat(cli.answering("").run("catalog", "apply", "library.yaml").err())
        .contains("nothing was changed");
    assertThat(cli.run("apis", "show", "library").code()).isEqualTo(ExitCode.NOT_FOUND);

    assertThat(cli.answering("y").run("catalog", "apply", "library.yaml").err())
        .contains(
            "Applied. The catalog of library is at version 1.",
            "bitting keys create --api library");
    assertThat(cli.ok("apis", "show", "library").out())
        .contains("version 1, 2 scopes", "books:write");
    assertThat(cli.ok("catalog", "apply", "library.yaml").err()).contains("Nothing to change");
  }

  @Test
  void apply_changeByWhichKeysGain_namesThemAndWaits() {
    cli.file("gain.yaml", LIBRARY.formatted("gain", "gain", "", ""));
    cli.ok("catalog", "apply", "gain.yaml", "--yes");
    cli.file("token", cli.key("gain", "writer", "books:write"));
    cli.ok("keys", "create", "--api", "gain", "--name", "everything", "--all-scopes", "-q");
    cli.file(
        "gain.yaml",
        LIBRARY.formatted(
            "gain",
            "gain",
            ", implies: [books:read]",
            "  - {scope: books:burn, category: Books, access: danger, description: Burns.}\n"));
    String[] check = {"verify", "--api", "gain", "--scope", "books:read", "--key-file", "token"};

    Cli.Result asked = cli.answering("n").run("catalog", "apply", "gain.yaml");
    assertThat(asked.err())
        .contains(
            "+ books:burn",
            "+ books:write implies books:read",
            "2 keys can do more by it:",
            "\"writer\"",
            "gains books:read",
            "\"everything\"",
            "gains books:burn",
            "nothing was changed");
    assertThat(cli.run(check).code()).isEqualTo(ExitCode.REFUSED);

    Cli.Result done = cli.ok("catalog", "apply", "gain.yaml", "--yes");
    assertThat(done.err()).contains("2 keys can do more by it:", "version 2");
    assertThat(cli.run(check).code()).isZero();
    cli.file(
        "gain.yaml",
        LIBRARY.formatted(
            "gain",
            "gain",
            ", retired: true",
            "  - {scope: books:burn, category: Fire, access: danger, description: Burns.}\n"));
    assertThat(cli.ok("catalog", "apply", "gain.yaml", "--yes", "--json").err())
        .contains(
            "- books:write  retired", "- books:write no longer implies books:read", "~ books:burn");
  }

  @Test
  void apply_whatCannotBe_isRefusedBeforeAnythingChanges() {
    cli.file("a.yaml", LIBRARY.formatted("fixed", "fixed", "", ""));
    cli.ok("catalog", "apply", "a.yaml", "--yes");
    cli.file("a.yaml", LIBRARY.formatted("fixed", "other", "", ""));
    assertThat(cli.run("catalog", "apply", "a.yaml", "--yes").code()).isEqualTo(ExitCode.CONFLICT);
    cli.file("a.yaml", LIBRARY.formatted("second", "fixed", "", ""));
    for (String how : List.of("--yes", "--plan")) {
      Cli.Result taken = cli.run("catalog", "apply", "a.yaml", how);
      assertThat(taken.code()).isEqualTo(ExitCode.CONFLICT);
      assertThat(taken.err()).contains("the prefix fixed is taken by the API fixed");
    }
    cli.file(
        "a.yaml",
        LIBRARY.formatted("fixed", "fixed", "", "").replace("books:write", "books:erase"));
    assertThat(cli.run("catalog", "apply", "a.yaml", "--yes").err())
        .contains("books:write", "retired: true");
    cli.file(
        "a.yaml",
        LIBRARY
            .formatted("fixed", "fixed", ", implies: [nope]", "")
            .replace("access: read", "access: all"));
    Cli.Result faults = cli.run("catalog", "apply", "a.yaml", "--yes");
    assertThat(faults.code()).isEqualTo(ExitCode.FAILURE);
    assertThat(faults.err())
        .contains("2 faults; nothing was changed", "a.yaml:6: access level", "a.yaml:7: scope");
    assertThat(
            cli.run(
                    "catalog",
                    "apply",
                    Path.of("..", "catalogs", "bitting.yaml").toAbsolutePath().toString(),
                    "--yes")
                .code())
        .isEqualTo(ExitCode.CONFLICT);
  }

  @Test
  void apply_otherName_renamesTheApi() {
    cli.file("n.yaml", LIBRARY.formatted("named", "named", "", ""));
    cli.ok("catalog", "apply", "n.yaml", "--yes");
    cli.file(
        "n.yaml",
        LIBRARY.formatted("named", "named", "", "").replace("name: Library", "name: Books"));

    assertThat(cli.run("catalog", "apply", "n.yaml", "--plan").code())
        .isEqualTo(ExitCode.DIFFERENCES);
    assertThat(cli.ok("catalog", "apply", "n.yaml", "--yes").err())
        .contains("renamed from \"Library\" to \"Books\"");
    assertThat(json(cli.ok("apis", "show", "named", "--json")).path("api").path("name").asText())
        .isEqualTo("Books");
  }

  @Test
  void organizations_theirWholeLife_isOneCommandEach() {
    Cli.Result made = cli.ok("organizations", "create", "acme", "--name", "Acme Ltd");
    assertThat(made.lines()).hasSize(1);
    assertThat(made.err())
        .contains("Created organization acme (\"Acme Ltd\")", "bitting setup --url")
        .doesNotContain(made.out().strip());
    String second = cli.ok("organizations", "setup-code", "acme").out().strip();
    Cli tenant = new Cli(folder).env("BITTING_URL", server.uri("").toString());
    assertThat(tenant.in(made.out()).run("setup", "--code-stdin").code())
        .isEqualTo(ExitCode.REFUSED);
    assertThat(tenant.in(second).run("setup", "--code-stdin").code()).isZero();
    assertThat(cli.run("organizations", "setup-code", "acme").code()).isEqualTo(ExitCode.CONFLICT);

    assertThat(cli.ok("organizations", "list").out()).contains("acme", "Acme Ltd", "operator");
    assertThat(tenant.run("organizations", "show").out()).contains("Acme Ltd", "active");
    assertThat(
            tenant.run("organizations", "edit", "--name", "Acme", "--all-scopes", "forbid").out())
        .contains("forbidden");
    assertThat(tenant.run("organizations", "show", "operator").code())
        .isEqualTo(ExitCode.NOT_FOUND);
    assertThat(cli.run("organizations", "suspend", "acme").code()).isEqualTo(ExitCode.USAGE);
    cli.ok("organizations", "suspend", "acme", "--force");
    assertThat(tenant.run("whoami").code()).isEqualTo(ExitCode.REFUSED);
    cli.ok("organizations", "resume", "acme");
    assertThat(tenant.run("whoami").out()).contains("organization acme");
    assertThat(cli.run("organizations", "suspend", "operator", "--force").code())
        .isEqualTo(ExitCode.CONFLICT);
    assertThat(tenant.run("organizations", "edit").code()).isEqualTo(ExitCode.USAGE);
    assertThat(cli.run("organizations", "create", "acme").code()).isEqualTo(ExitCode.CONFLICT);
  }

  @Test
  void lists_longerThanAPage_areReadToTheirEnd() {
    BittingClient client = BittingClient.builder(server.uri("")).token(server::ownerToken).build();
    for (int i = 0; i < 55; i++) {
      client
          .createKey(
              "operator", new NewKey("appsec", "many " + i, null, List.of("bot"), null, null, null))
          .orThrow();
    }

    assertThat(json(cli.ok("keys", "list", "--text", "many ", "--json"))).hasSize(55);
    Cli.Result some = cli.ok("keys", "list", "--text", "many ", "--limit", "7");
    assertThat(some.lines()).hasSize(8);
    assertThat(some.err()).contains("There are more");
    assertThat(json(cli.ok("audit", "list", "--limit", "52", "--json"))).hasSize(52);
  }

  @Test
  void apis_areListedAndPut() {
    assertThat(cli.ok("apis", "list").out()).contains("appsec", "nex", "version 1", "built in");
    assertThat(cli.ok("apis", "put", "bare", "--name", "Bare", "--prefix", "bare").err())
        .contains("tokens start with bare_", "bitting catalog apply");
    assertThat(cli.ok("apis", "show", "bare").err()).contains("Give it a catalog");
  }

  @Test
  void page_isPrinted_orWrittenToANewFile() throws IOException {
    Files.writeString(
        folder.resolve("library.json"),
        """
        {"openapi":"3.1.0","info":{"title":"Library","version":"1"},
         "components":{"securitySchemes":{"key":{"type":"http","scheme":"bearer"}}},
         "paths":{"/scans":{"get":{"security":[{"key":["scans:read"]}]}}}}
        """);
    assertThat(cli.run("apis", "page", "appsec").code()).isEqualTo(ExitCode.NOT_FOUND);
    cli.ok("apis", "import", "appsec", "library.json", "--yes");

    String page = cli.ok("apis", "page", "appsec").out();
    assertThat(page)
        .startsWith("<!doctype html>\n")
        .endsWith("</html>\n")
        .contains("<code>/scans</code>");

    assertThat(cli.ok("apis", "page", "appsec", "--output", "page.html").err())
        .isEqualTo("The page of appsec is in page.html.\n");
    assertThat(folder.resolve("page.html")).content().isEqualTo(page);
    Files.writeString(folder.resolve("page.html"), page + "longer");
    Cli.Result refused = cli.run("apis", "page", "appsec", "--output", "page.html");
    assertThat(refused.code()).isEqualTo(ExitCode.CONFLICT);
    assertThat(refused.err()).contains("page.html exists", "--force");
    assertThat(folder.resolve("page.html")).content().isEqualTo(page + "longer");
    cli.ok("apis", "page", "appsec", "--output", "page.html", "--force");
    assertThat(folder.resolve("page.html")).content().isEqualTo(page);
    assertThat(cli.run("apis", "page", "appsec", "--output", "none/page.html").err())
        .contains("none/page.html cannot be written");
  }

  @Test
  void list_ofKeys_hasTheColumnsAndOrder() {
    created("columns", "bot");

    assertThat(cli.ok("keys", "list", "--text", "columns").lines().getFirst())
        .matches("NAME +KEY +API +SCOPES +EXPIRES +LAST USED +STATUS");
    assertThat(cli.ok("keys", "list", "--text", "there is none such").err())
        .contains("No key of operator is like that");
    assertThat(cli.ok("audit", "list", "--action", "no.such").both())
        .isEqualTo("No event is like that. See them all: bitting audit list\n");
    assertThat(cli.ok("audit", "list", "--installation").out()).contains("organization.created");
  }

  /** A key that was used shows by what and when; one that was not is found. */
  @Test
  void usage_isShown_andUnusedKeysAreFound() {
    String used = created("used", "scans:read");
    created("idle", "scans:read");
    cli.file("token", used);
    for (int i = 0; i < 3; i++) {
      cli.ok(
          "verify",
          "--key-file",
          "token",
          "--api",
          "appsec",
          "--scope",
          "scans:read",
          "--source",
          "203.0.113.7");
    }
    assertThat(
            cli.run("verify", "--key-file", "token", "--api", "appsec", "--scope", "scans:delete")
                .code())
        .isEqualTo(ExitCode.REFUSED);
    server.server().flushUsage();

    Cli.Result shown = cli.ok("keys", "usage", "used");
    assertThat(shown.out())
        .contains("OPERATION", "scans:read", "SCOPE", "scans:delete", "DAY", "Last used");
    // The key is younger than the record.
    assertThat(shown.err()).doesNotContain("Not everything");
    JsonNode usage = json(cli.ok("keys", "usage", "used", "--by", "hour", "-o", "json"));
    assertThat(usage.at("/uses/0/allowed").asInt()).isEqualTo(3);
    assertThat(usage.at("/scopes/0/denied").asInt()).isEqualTo(1);
    assertThat(cli.ok("keys", "usage", "idle").err()).contains("No use within the last 30 days.");
    assertThat(cli.run("keys", "usage", "used", "--last", "x").code()).isEqualTo(ExitCode.USAGE);
    assertThat(cli.ok("keys", "show", "idle").out()).containsPattern("Last used +never");

    Cli.Result unused = cli.ok("keys", "list", "--unused-for", "0s", "--text", "idle");
    assertThat(unused.out()).contains("LAST USED", "idle");
    assertThat(cli.ok("keys", "list", "--unused-for", "1d", "--text", "idle").err())
        .contains("No key of");

    // A requirement too large to be recorded.
    List<String> large =
        new ArrayList<>(List.of("verify", "--key-file", "token", "--api", "appsec"));
    for (int i = 0; i < 90; i++) {
      large.addAll(List.of("--scope", "made:up" + i));
    }
    cli.file("token", used);
    assertThat(cli.run(large.toArray(String[]::new)).code()).isEqualTo(ExitCode.REFUSED);
    server.server().flushUsage();
    assertThat(cli.ok("keys", "usage", "used").err())
        .contains("Not everything of these 30 days is known");
  }

  @Test
  void checks_lastOnes_areShownEachByItself() {
    String token = created("checked", "scans:read");
    cli.file("token", token);
    cli.run("verify", "--key-file", "token", "--api", "appsec", "--scope", "scans:delete");

    Cli.Result tail = cli.ok("checks", "tail", "-n", "50");
    assertThat(tail.out())
        .contains("denied   checked", "  appsec  insufficient_scope: lacks scans:delete")
        .doesNotContain("/checks");
    assertThat(json(cli.ok("checks", "tail", "-o", "json")).path("items").size()).isPositive();
    assertThat(cli.run("checks", "tail", "-n", "0").code()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void checks_ofTheKeyThatAsks_areShownIfAskedFor() {
    cli.file("token", cli.key("bitting", "asking", "audit:read"));
    // A refused check: of many that are allowed, some are left out.
    assertThat(cli.run("organizations", "list", "--token-file", "token").code())
        .isEqualTo(ExitCode.REFUSED);

    assertThat(cli.ok("checks", "tail", "-n", "50", "--own", "--token-file", "token").out())
        .containsPattern("denied +asking +bitting GET /v1/organizations +insufficient_scope");
    assertThat(cli.ok("checks", "tail", "-n", "50", "--token-file", "token").out())
        .doesNotContain("asking");
  }
}
