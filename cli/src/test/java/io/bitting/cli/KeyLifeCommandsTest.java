package io.bitting.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.bitting.server.TestServer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands about the life of keys against a real server. */
final class KeyLifeCommandsTest {
  @SuppressWarnings("NullAway.Init")
  private static TestServer server;

  private static String api = "";

  @TempDir private Path folder;
  private Cli cli;

  @BeforeAll
  static void startServer() {
    server = TestServer.start();
    api = server.api();
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @BeforeEach
  void signIn() {
    cli = Cli.of(folder, server, server.ownerToken());
  }

  private String created(String name, String scopes) {
    return cli.key(api, name, scopes);
  }

  private String check(String token) {
    return server.verify(token, api, "bot");
  }

  @Test
  void rotate_printsTheNewTokenAlone_andBothAreAccepted() {
    String old = created("rotated", "bot");
    Cli.Result rotated = cli.ok("keys", "rotate", "rotated", "--retire-when-quiet", "24");
    String token = rotated.out().strip();
    assertThat(rotated.err()).contains("is accepted until", "in 24 h", "shown once");
    assertThat(rotated.err()).doesNotContain(token.substring(20));
    assertThat(check(old)).isEqualTo("allowed");
    assertThat(check(token)).isEqualTo("allowed");
    assertThat(cli.ok("keys", "show", "rotated").out())
        .contains("Old token", "accepted until", "once quiet for 24 h");
    assertThat(cli.ended(ExitCode.CONFLICT, "keys", "rotate", "rotated").err())
        .contains("two secrets");

    assertThat(cli.ok("keys", "end-overlap", "rotated").err()).contains("Ended the overlap");
    assertThat(check(old)).isEqualTo("denied key_expired");
    assertThat(cli.ok("keys", "end-overlap", "rotated").err()).contains("nothing was changed");
    String third = cli.ok("keys", "rotate", "rotated", "--overlap", "now", "-q").out();
    assertThat(check(token)).isEqualTo("denied key_expired");
    assertThat(check(third)).isEqualTo("allowed");
  }

  @Test
  void rotate_withWrongValues_saysWhichFlags() {
    created("wrong", "bot");
    assertThat(
            cli.ended(
                    ExitCode.FAILURE,
                    "keys",
                    "rotate",
                    "wrong",
                    "--overlap",
                    "2d",
                    "--retire-when-quiet",
                    "0")
                .err())
        .contains("--overlap", "--retire-when-quiet", "is none of now, 1h, 24h, 7d");
    assertThat(cli.ended(ExitCode.USAGE, "keys", "rotate", "wrong", "--expires", "soon").err())
        .contains("\"soon\" is no expiry");
  }

  /** What a template proposes is named to the server; the key knows nothing of it. */
  @Test
  void create_fromATemplate_hasItsScopes() {
    cli.ok("keys", "create", "--api", api, "--name", "till", "--template", "Till", "-q");
    assertThat(cli.ok("keys", "show", "till", "-o", "json").out())
        .contains("\"orders:write\"", "\"orders:refund\"")
        .doesNotContain("Till");
    assertThat(
            cli.ended(
                    ExitCode.NOT_FOUND,
                    "keys",
                    "create",
                    "--api",
                    api,
                    "--name",
                    "x",
                    "--template",
                    "Tall")
                .err())
        .contains("no template \"Tall\"", "Shop window, Till");
  }

  @Test
  void replace_showsTheDifference_asks_andPrintsTheToken() {
    String old = created("replaced", "orders:write bot");
    Cli.Result plan =
        cli.ended(ExitCode.DIFFERENCES, "keys", "replace", "replaced", "--scope", "bot", "--plan");
    assertThat(plan.out()).contains("loses    orders:read", "loses    orders:write", "ends");
    assertThat(cli.answering("n").run("keys", "replace", "replaced", "--scope", "bot").err())
        .contains("nothing was changed");
    Cli.Result made = cli.ok("keys", "replace", "replaced", "--scope", "bot", "--yes");
    assertThat(made.err()).contains("in the place of", "loses    orders:read");
    assertThat(check(old)).isEqualTo("allowed");
    assertThat(check(made.out().strip())).isEqualTo("allowed");
    assertThat(cli.ok("keys", "list", "--text", "replaced").lines()).hasSize(3);
    assertThat(cli.ok("keys", "show", "replaced").out()).doesNotContain("Replaced");
    cli.ended(
        ExitCode.CONFLICT,
        "keys",
        "replace",
        server
            .get(server.ownerToken(), "/v1/organizations/operator/api-keys?q=replaced")
            .ok()
            .json()
            .at("/items/1/id")
            .asText(),
        "--yes");
  }

  @Test
  void revoke_withReason_isShown() {
    created("leaky", "bot");
    cli.ok(
        "keys", "revoke", "leaky", "--confirm=leaky", "--reason", "leaked", "--note", "in a log");
    assertThat(cli.ok("keys", "show", "leaky").out()).contains("leaked, \"in a log\"");
  }

  @Test
  void revokeMatching_plans_asks_andRevokesAsMany() {
    created("bulk one", "bot");
    String two = created("bulk two", "bot");
    assertThat(cli.ended(ExitCode.USAGE, "keys", "revoke-matching").err()).contains("--created-by");
    assertThat(cli.ended(ExitCode.USAGE, "keys", "revoke-matching", "--unused-for", "soon").err())
        .contains("--unused-for is \"soon\", which is no length of time\n");
    assertThat(cli.ended(ExitCode.USAGE, "keys", "list", "--expires-within", "soon").err())
        .contains("--expires-within is \"soon\"");
    assertThat(
            cli.ended(ExitCode.USAGE, "keys", "rotate", "x", "--retire-when-quiet", "soon").err())
        .contains("\"soon\" is no value of --retire-when-quiet; it is a whole number");
    assertThat(
            cli.ended(ExitCode.DIFFERENCES, "keys", "revoke-matching", "--text", "bulk", "--plan")
                .err())
        .contains("2 keys of operator would be revoked");
    assertThat(
            cli.ended(
                    ExitCode.CONFLICT,
                    "keys",
                    "revoke-matching",
                    "--text",
                    "bulk",
                    "--confirm-count",
                    "3")
                .err())
        .contains("leaves 2 keys now");
    assertThat(check(two)).isEqualTo("allowed");
    assertThat(
            cli.answering("y")
                .run("keys", "revoke-matching", "--text", "bulk", "--reason", "unused")
                .err())
        .contains("Revoked 2 keys");
    assertThat(check(two)).isEqualTo("denied key_revoked");
    assertThat(cli.ok("keys", "revoke-matching", "--text", "bulk").err()).contains("No key of");
  }

  @Test
  void whoami_revoke_endsTheTokensOwnKey() {
    String token = created("found", "bot");
    Cli finder = Cli.of(folder, server, token);
    assertThat(finder.run("whoami", "--revoke").code()).isEqualTo(ExitCode.USAGE);
    assertThat(finder.run("whoami", "--revoke", "--confirm=found", "--reason", "leaked").err())
        .contains("Revoked key \"found\"");
    assertThat(check(token)).isEqualTo("denied key_revoked");
  }

  @Test
  void organizationsEdit_changesThePolicy() {
    Tenants tenants = new Tenants();
    Cli.Result edited =
        tenants.cli.run(
            "organizations",
            "edit",
            "--key-lifetime-max",
            "30d",
            "--never",
            "forbid",
            "--revoke-unused-after",
            "90",
            "--keep-usage",
            "100d",
            "--keep-audit",
            "730d",
            "--keep-dead-keys",
            "none");
    assertThat(edited.code()).as(edited.err()).isZero();
    assertThat(edited.out()).contains("at most 30 days", "forbidden", "730 days");
    assertThat(tenants.cli.run("organizations", "edit", "--key-lifetime-max", "soon").err())
        .contains("--key-lifetime-max says \"soon\"");
    assertThat(tenants.cli.run("organizations", "edit", "--key-lifetime-max", "0").err())
        .contains("--key-lifetime-max", "from 1 to 36500");
    assertThat(
            tenants
                .cli
                .run(
                    "keys",
                    "create",
                    "--api",
                    api,
                    "--name",
                    "x",
                    "--scope",
                    "bot",
                    "--expires",
                    "never")
                .err())
        .contains("--expires", "does not let keys live for ever");
  }

  /** An organization of its own, so that no other test meets its policy. */
  private final class Tenants {
    private final Cli cli = Cli.of(folder, server, server.tenant().owner());
  }
}
