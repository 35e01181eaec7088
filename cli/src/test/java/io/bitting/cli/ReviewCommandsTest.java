package io.bitting.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.bitting.id.ApiId;
import io.bitting.id.KeyId;
import io.bitting.scope.Requirement;
import io.bitting.server.TestServer;
import io.bitting.usage.KeyUse;
import io.bitting.usage.LastUse;
import io.bitting.usage.UsageReader;
import io.bitting.usage.Use;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of a review against a real server whose keys all ran a scan. */
final class ReviewCommandsTest {
  private static final String APPSEC =
      Path.of("..", "catalogs", "appsec.yaml").toAbsolutePath().toString();

  @SuppressWarnings("NullAway.Init")
  private static TestServer server;

  @TempDir private Path folder;
  private Cli cli;

  /** Every key was used for a scan, a minute ago. */
  private static final class Scanned implements UsageReader {
    @Override
    public KeyUse use(KeyId key, Instant from, Instant until) {
      Instant at = until.minusSeconds(60);
      Use use =
          new Use(
              new ApiId("appsec"),
              Requirement.allOf("scans:run"),
              Optional.of("POST /scans"),
              at,
              at,
              12,
              0);
      return new KeyUse(
          key,
          List.of(use),
          Optional.of(new LastUse(at, Optional.empty(), Optional.empty())),
          true);
    }

    @Override
    public Map<KeyId, LastUse> lastUses(Collection<KeyId> keys) {
      return Map.of();
    }

    @Override
    public Map<Integer, LastUse> lastUsesBySecret(KeyId key) {
      return Map.of();
    }
  }

  @BeforeAll
  static void startServer() throws IOException {
    server = TestServer.startReviewing(Clock.systemUTC(), new Scanned());
    Path folder = server.folder().resolve("cli");
    Files.createDirectories(folder);
    assertThat(at(folder).run("catalog", "apply", APPSEC, "--yes").code()).isZero();
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  private static Cli at(Path folder) {
    return Cli.of(folder, server, server.ownerToken());
  }

  @BeforeEach
  void signIn() {
    cli = at(folder);
  }

  private Cli.Result ok(String... args) {
    return cli.ok(args);
  }

  private void create(String name) {
    ok(
        "keys",
        "create",
        "--api",
        "appsec",
        "--name",
        name,
        "--quiet",
        "--scope",
        "scans:run issues:read");
  }

  @Test
  void rightSize_saysWhatWasNeededAndHowToReplaceIt() {
    create("wide");
    Cli.Result size = ok("keys", "right-size", "wide");
    assertThat(size.out())
        .contains("needed no more than scans:run.", "12 recorded calls", "lose: issues:read");
    assertThat(size.err()).contains("bitting keys replace ", " --scope scans:run");
    assertThat(ok("keys", "right-size", "wide", "--from", "7d", "-o", "json").out())
        .contains("\"outcome\" : \"narrower\"");
  }

  @Test
  void whatIf_saysWhatWouldBeDenied_andExitsSo() {
    create("tried");
    Cli.Result denied = cli.run("keys", "what-if", "tried", "--scope", "issues:read");
    assertThat(denied.code()).isEqualTo(ExitCode.DIFFERENCES);
    assertThat(denied.out()).contains("POST /scans", "scans:run");
    assertThat(denied.err()).contains("12 of 12 recorded calls", "would have been denied");
    assertThat(ok("keys", "what-if", "tried", "--all-scopes").err()).contains("None of 12");
    assertThat(cli.run("keys", "what-if", "tried").code()).isEqualTo(ExitCode.USAGE);
    assertThat(cli.run("keys", "what-if", "tried", "--scope", "x", "--all-scopes").code())
        .isEqualTo(ExitCode.USAGE);
    assertThat(cli.run("keys", "what-if", "tried", "--scope", "scan:run").err())
        .contains("did you mean \"scans:run\"?");
  }

  @Test
  void review_showDecideReport_goTogether() {
    create("kept");
    create("gone");
    create("sized");
    assertThat(ok("review", "show").out())
        .contains("kept", "gone", "issues:read")
        .doesNotContain("scans:run");
    assertThat(ok("review", "show", "--limit", "50", "--right-size").out())
        .contains("; needed no more than scans:run");
    assertThat(cli.run("review", "show", "--right-size").err()).contains("\"limit\" beside it");

    assertThat(ok("review", "decide", "kept", "keep", "--reason", "It is needed.").err())
        .contains("stays", "asks again in 90 d");
    assertThat(ok("review", "decide", "sized", "right-size").both())
        .contains("needed no more than scans:run", "is as before until it is replaced");
    assertThat(ok("review", "decide", "gone", "revoke", "--confirm=gone").err())
        .contains("Revoked key");

    assertThat(ok("review", "show").out()).doesNotContain("kept", "gone", "sized");
    assertThat(ok("review", "show", "--show", "decided").out())
        .contains("kept", "keep", "right_size");
    assertThat(ok("review", "report").out()).contains("\"kept\"", "\"It is needed.\"");
    assertThat(ok("review", "report", "--json").out()).contains("\"verdict\" : \"keep\"");
  }

  @Test
  void decide_wrongWords_saysWhatIsWrongAndDecidesNothing() {
    create("careful");
    assertThat(cli.run("review", "decide", "careful", "burn").err()).contains("is no verdict");
    assertThat(cli.run("review", "decide", "careful", "keep").err())
        .contains("a key is kept for a reason");
    assertThat(cli.run("review", "decide", "careful", "keep", "--ask-again", "never").code())
        .isEqualTo(ExitCode.USAGE);
    assertThat(
            cli.run(
                "review",
                "decide",
                "careful",
                "keep",
                "--reason",
                "It is needed.",
                "--responsible",
                "nobody@example.com"))
        .extracting(Cli.Result::code)
        .isEqualTo(ExitCode.NOT_FOUND);
    assertThat(cli.run("review", "decide", "careful", "revoke").code()).isEqualTo(ExitCode.USAGE);
    assertThat(cli.run("review", "decide", "careful", "revoke", "--confirm=other").code())
        .isEqualTo(ExitCode.USAGE);
    assertThat(cli.run("review", "show", "--from", "yesterday").code()).isEqualTo(ExitCode.USAGE);
    assertThat(ok("keys", "show", "careful").out()).contains("active");
  }
}
