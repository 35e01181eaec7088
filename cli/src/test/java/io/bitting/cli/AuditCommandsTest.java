package io.bitting.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bitting.server.Tenant;
import io.bitting.server.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands about the audit against a real server, and {@code audit verify} without one. */
final class AuditCommandsTest {
  @SuppressWarnings("NullAway.Init")
  private static TestServer server;

  @SuppressWarnings("NullAway.Init")
  private static Tenant tenant;

  @TempDir private Path folder;
  private Cli cli;

  @BeforeAll
  static void startServer() {
    server = TestServer.start();
    tenant = server.tenant();
    for (int i = 0; i < 6; i++) {
      tenant.change(tenant.key("bitting", "org:read"), "disable").ok();
    }
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @BeforeEach
  void signIn() throws IOException {
    cli = Cli.of(folder, server, tenant.owner());
    Files.writeString(folder.resolve("keys.pem"), cli.ok("audit", "signing-keys").out());
  }

  /** Runs it with no server to ask. */
  private Cli.Result verify(String... more) {
    List<String> args =
        new ArrayList<>(List.of("audit", "verify", "audit.ndjson", "--key-file", "keys.pem"));
    args.addAll(List.of(more));
    return new Cli(folder)
        .env("BITTING_URL", "http://127.0.0.1:1")
        .run(args.toArray(new String[0]));
  }

  private List<String> exported() throws IOException {
    cli.ok("audit", "export", "--output", "audit.ndjson", "--force");
    return new ArrayList<>(Files.readAllLines(folder.resolve("audit.ndjson")));
  }

  private void write(List<String> lines) throws IOException {
    Files.write(folder.resolve("audit.ndjson"), lines);
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (IOException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Test
  void export_thenVerify_isWhole() throws IOException {
    List<String> lines = exported();
    Cli.Result result = verify();
    assertThat(result.code()).as(result.both()).isEqualTo(ExitCode.OK);
    assertThat(result.out())
        .startsWith("audit.ndjson: whole: ")
        .contains(" events of chain " + tenant.id() + ", number 1 to ");
    assertThat(result.err()).contains("--against");
    Files.writeString(folder.resolve("checkpoint.json"), lines.get(lines.size() - 1));
    Cli.Result against = verify("--against", "checkpoint.json", "-o", "json");
    assertThat(against.code()).isEqualTo(ExitCode.OK);
    assertThat(json(against.out()).path("whole").asBoolean()).isTrue();
    assertThat(json(against.out()).path("findings")).isEmpty();
    assertThat(cli.run("audit", "export", "--output", "audit.ndjson").code())
        .isEqualTo(ExitCode.CONFLICT);
    assertThat(cli.ok("audit", "export").out().lines()).isEqualTo(lines);
  }

  @Test
  void verify_alteredEvent_isNamedWithItsLine() throws IOException {
    List<String> lines = exported();
    lines.set(3, lines.get(3).replace("key.", "kei."));
    write(lines);
    Cli.Result result = verify();
    String id = json(lines.get(3)).path("id").asText();
    assertThat(result.code()).isEqualTo(ExitCode.FAILURE);
    assertThat(result.out())
        .isEqualTo(
            "audit.ndjson:4: altered: event 4 ("
                + id
                + ") was altered: it is not what its hash says\n");
    assertThat(result.err()).contains("1 found in ");
    JsonNode finding = json(verify("--json").out()).at("/findings/0");
    assertThat(finding.path("kind").asText()).isEqualTo("altered");
    assertThat(finding.path("first").asLong()).isEqualTo(4);
    assertThat(finding.path("id").asText()).isEqualTo(id);
  }

  @Test
  void verify_removedMovedAndCutOff_areSaid() throws IOException {
    List<String> lines = exported();
    List<String> changed = new ArrayList<>(lines);
    changed.remove(4);
    write(changed);
    assertThat(verify().out()).contains("removed: event 5 is missing");
    changed = new ArrayList<>(lines);
    Collections.swap(changed, 2, 6);
    write(changed);
    assertThat(verify().out()).contains("reordered: event 3", "reordered: event 7");
  }

  /** An end that is cut off with its checkpoints shows against one that was kept, and only so. */
  @Test
  void verify_endCutOff_isFoundAgainstACheckpoint() throws IOException {
    exported();
    tenant.key("bitting", "org:read");
    Files.writeString(folder.resolve("checkpoint.json"), cli.ok("audit", "checkpoint").out());
    assertThat(verify().code()).isEqualTo(ExitCode.OK);
    Cli.Result against = verify("--against", "checkpoint.json");
    assertThat(against.code()).isEqualTo(ExitCode.FAILURE);
    assertThat(against.out()).contains("truncated: event ", " missing at the end");
  }

  @Test
  void verify_byAKeyInTheCommand_works_andByAnother_doesNot() throws IOException {
    exported();
    String pem = Files.readString(folder.resolve("keys.pem"));
    String line = pem.lines().filter(each -> each.startsWith("MCow")).findFirst().orElseThrow();
    Cli bare = new Cli(folder);
    assertThat(bare.run("audit", "verify", "audit.ndjson", "--public-key", line).code()).isZero();
    assertThat(bare.run("audit", "verify", "audit.ndjson", "--public-key", pem).code()).isZero();
    String other = "MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=";
    Cli.Result result = bare.run("audit", "verify", "audit.ndjson", "--public-key", other);
    assertThat(result.code()).isEqualTo(ExitCode.FAILURE);
    assertThat(result.out()).contains("checkpoint: ", "not the one that was given", "unsigned: ");
  }

  static Stream<List<String>> wrong() {
    return Stream.of(
        List.of("audit", "verify", "audit.ndjson"),
        List.of("audit", "verify", "audit.ndjson", "--public-key", "x", "--key-file", "keys.pem"),
        List.of("audit", "verify", "audit.ndjson", "--public-key", "x"),
        List.of("audit", "verify", "audit.ndjson", "--key-file", "audit.ndjson"),
        List.of("audit", "verify", "--key-file", "keys.pem"),
        List.of(
            "audit", "verify", "audit.ndjson", "--key-file", "keys.pem", "--against", "keys.pem"),
        List.of("audit", "export", "--format", "xml"),
        List.of("audit", "export", "--from", "yesterday"),
        List.of("audit", "list", "--until", "2026-02-30"),
        List.of("audit", "erase"),
        List.of("audit", "erase", "--source", "x", "--actor", "y"));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void wrongCommand_saysSo(List<String> args) throws IOException {
    exported();
    Cli.Result result = cli.run(args.toArray(new String[0]));
    assertThat(result.code()).as(result.both()).isEqualTo(ExitCode.USAGE);
    assertThat(result.err()).startsWith("bitting: ");
    assertThat(result.out()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "nonsense\n", "[]\n", "{\"type\":\"event\"}\n"})
  void verify_whatIsNoExport_isNotWhole(String text) throws IOException {
    Files.writeString(folder.resolve("audit.ndjson"), text);
    assertThat(verify().code()).isEqualTo(ExitCode.FAILURE);
    assertThat(json(verify("--json").out()).path("whole").asBoolean()).isFalse();
  }

  @Test
  void verify_missingFile_isSaid() {
    Cli.Result result = verify();
    assertThat(result.code()).isEqualTo(ExitCode.FAILURE);
    assertThat(result.err()).contains("audit.ndjson cannot be read");
  }

  @Test
  void export_csvAndFiltered_saysThatItCannotBeVerified() throws IOException {
    Cli.Result result =
        cli.ok(
            "audit", "export", "--format", "csv", "--action", "key.disabled", "--output", "a.csv");
    assertThat(result.err()).contains("can be verified");
    assertThat(Files.readAllLines(folder.resolve("a.csv"))).hasSize(7);
  }

  @Test
  void list_byTime_hasThose() {
    assertThat(json(cli.ok("audit", "list", "--until", "2001-01-01", "--json").out())).isEmpty();
    assertThat(json(cli.ok("audit", "list", "--from", "2001-01-01", "--json").out())).isNotEmpty();
    Cli.Result future = cli.run("audit", "list", "--from", "2999-01-01");
    assertThat(future.code()).isEqualTo(ExitCode.FAILURE);
    assertThat(future.err()).contains("not in the future");
  }

  @Test
  void signingKeys_andCheckpoints_ofTheInstallation() {
    assertThat(
            json(cli.ok("audit", "signing-keys", "-o", "json").out()).at("/0/algorithm").asText())
        .isEqualTo("Ed25519");
    cli.env("BITTING_TOKEN", server.ownerToken());
    assertThat(json(cli.ok("audit", "checkpoint", "--installation").out()).path("chain").asText())
        .isEqualTo("installation");
    assertThat(cli.ok("audit", "export", "--installation").out()).contains("signing_key.created");
  }

  @Test
  void erase_asksUnlessForced_andSaysWhatIsGone() {
    Tenant other = server.tenant();
    other.key("bitting", "org:read");
    cli.env("BITTING_TOKEN", other.owner());
    String[] erase = {"audit", "erase", "--source", "127.0.0.1"};
    assertThat(cli.answering("no").run(erase).code()).isNotZero();
    assertThat(other.events().get(0).path("source").isNull()).isFalse();
    assertThat(cli.unattended().run(erase).err()).contains("--force");
    assertThat(cli.ok("audit", "erase", "--source", "127.0.0.1", "--force").err())
        .contains("Erased the address of ");
    assertThat(other.events().get(0).path("action").asText()).isEqualTo("audit.erased");
    assertThat(cli.ok("audit", "erase", "--actor", "nobody", "--force").err())
        .contains("nothing was changed");
  }
}
