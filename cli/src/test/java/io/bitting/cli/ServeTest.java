package io.bitting.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a server begins and ends, and what it says where it cannot. */
final class ServeTest {
  @TempDir private Path folder;

  private Cli.Result serve(String... more) {
    List<String> args =
        new ArrayList<>(
            List.of("serve", "--listen", "127.0.0.1:0", "--admin-listen", "127.0.0.1:0"));
    args.addAll(List.of(more));
    Cli.Result result = new Cli(folder).run(args.toArray(String[]::new));
    assertThat(result.code()).isEqualTo(ExitCode.FAILURE);
    return result;
  }

  @Test
  void serve_keyInThePlaceOfTheCertificate_namesTheFile() {
    Cli cli = new Cli(folder);
    cli.file("key", "-----BEGIN PRIVATE KEY-----\n");

    assertThat(serve("--tls-cert", "key", "--tls-key", "key").err())
        .contains("--tls-cert names " + folder.resolve("key") + ", which has no PEM block CERT");
    assertThat(serve("--tls-cert", "none", "--tls-key", "key").err())
        .contains("--tls-cert names", "it does not exist");
  }

  @Test
  void serve_portThatIsTaken_isRefusedWithARemedy() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Cli.Result result =
          new Cli(folder)
              .run(
                  "serve",
                  "--listen",
                  "127.0.0.1:" + taken.getLocalPort(),
                  "--admin-listen",
                  "127.0.0.1:0");
      assertThat(result.code()).isEqualTo(ExitCode.FAILURE);
      assertThat(result.err())
          .contains("cannot listen on 127.0.0.1:" + taken.getLocalPort(), "name another address");
    }
  }

  @Test
  void serve_fileThatIsNoDatabase_isRefusedInASentence() throws IOException {
    Files.createDirectories(folder.resolve("bitting-data"));
    Files.writeString(folder.resolve("bitting-data/bitting.db"), "this is no database at all");

    assertThat(serve().err())
        .isEqualTo(
            "bitting: "
                + folder.resolve("bitting-data/bitting.db")
                + " is no SQLite database; put the one that belongs there back, from a backup\n");
  }

  @Test
  void serve_databaseThatDoesNotAnswer_namesItsHost() {
    assertThat(new Cli(folder).run("pepper", "create", "pepper").code()).isZero();

    assertThat(
            serve("--database", "jdbc:postgresql://127.0.0.1:9/keys", "--pepper-file", "pepper")
                .err())
        .startsWith("bitting: PostgreSQL cannot be reached at jdbc:postgresql://127.0.0.1:9/keys: ")
        .hasLineCount(1);
  }

  @Test
  void pepper_folderThatIsMissing_isNotMade() {
    Cli.Result result = new Cli(folder).run("pepper", "create", "nope/pepper");

    assertThat(result.code()).isEqualTo(ExitCode.FAILURE);
    assertThat(result.err()).contains("folder " + folder.resolve("nope") + " does not exist");
    assertThat(folder.resolve("nope")).doesNotExist();
  }

  /** Guarantee: a code that was used lies about no longer. */
  @Test
  void serve_untilItIsTold_leavesNeitherCodeNorAddress() throws Exception {
    Process server =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                "io.bitting.cli.Main",
                "serve",
                "--listen",
                "127.0.0.1:0",
                "--admin-listen",
                "127.0.0.1:0")
            .directory(folder.toFile())
            .start();
    Path data = folder.resolve("bitting-data");
    List<String> said = new ArrayList<>();
    try (BufferedReader err = server.errorReader(StandardCharsets.UTF_8)) {
      for (String line = err.readLine(); line != null; line = err.readLine()) {
        said.add(line);
        if (line.startsWith("  bitting setup")) {
          break;
        }
      }
      Cli cli = new Cli(folder);
      String url = cli.read(data.resolve("server.url")).strip();
      Path code = data.resolve("setup.code");
      assertThat(code).as(String.join("\n", said)).exists();

      assertThat(cli.run("setup", "--url", url, "--code-file", code.toString()).code()).isZero();
      assertThat(code).doesNotExist();
      assertThat(cli.run("setup", "--recover", "--profile", "second").err())
          .contains("profile \"second\" for " + url + " in");
      server.toHandle().destroy();
      err.lines().forEach(said::add);
    } finally {
      server.toHandle().destroy();
    }

    assertThat(server.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(said).last().asString().startsWith("Stopped. The data is in ");
    assertThat(data.resolve("server.url")).doesNotExist();
  }
}
