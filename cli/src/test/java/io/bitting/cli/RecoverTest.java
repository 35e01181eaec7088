package io.bitting.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.bitting.client.protocol.SecretText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** For which address the key of {@code setup --recover} is kept. */
final class RecoverTest {
  @TempDir private Path folder;
  private Cli cli;
  private int made;

  @BeforeEach
  void start() {
    cli = new Cli(folder).launching(new Recovering());
  }

  private final class Recovering implements Launch {
    @Override
    public int serve(Configuration configuration, Surroundings surroundings) {
      return ExitCode.FAILURE;
    }

    @Override
    public int demo(Configuration configuration, Surroundings surroundings) {
      return ExitCode.FAILURE;
    }

    @Override
    public Recovered recover(Configuration configuration) {
      made++;
      return new Recovered(
          "bit_1", "operator", Instant.EPOCH, SecretText.of("hunter2"), SecretText.of("setup1"));
    }
  }

  @Test
  void recover_addressUnknown_makesNoKey() {
    Cli.Result result = cli.run("setup", "--recover");

    assertThat(result.code()).isEqualTo(ExitCode.USAGE);
    assertThat(result.err()).contains("the address of the server is missing", "--url");
    assertThat(made).isZero();
    assertThat(cli.run("setup", "--recover", "--url", "http://keys.example.com").err())
        .contains("use https");
    assertThat(made).isZero();
  }

  @Test
  void recover_addressGiven_isTheProfiles() {
    Cli.Result result = cli.run("setup", "--recover", "--url", "https://keys.example.com/");

    assertThat(result.code()).as(result.err()).isZero();
    assertThat(result.err()).contains("for https://keys.example.com in");
    assertThat(cli.read(cli.credentials())).contains("url = https://keys.example.com\n");
  }

  @Test
  void recover_serverThatHasTheFolderOpen_isTheProfiles() throws Exception {
    Files.createDirectories(folder.resolve("data"));
    Files.writeString(folder.resolve("data/server.url"), "http://127.0.0.1:9090\n");

    assertThat(cli.run("setup", "--recover", "--data", "data").code()).isZero();
    assertThat(cli.read(cli.credentials())).contains("url = http://127.0.0.1:9090\n");
  }

  @Test
  void recover_person_isAskedForTheAddress() {
    Cli.Result result = cli.answering("https://keys.example.com").run("setup", "--recover");

    assertThat(result.code()).as(result.err()).isZero();
    assertThat(cli.asked()).containsExactly("Address of the server: ");
    assertThat(cli.read(cli.credentials())).contains("url = https://keys.example.com\n");
  }

  @Test
  void recover_quiet_printsTheTokenAndNeedsNoAddress() {
    Cli.Result result = cli.run("setup", "--recover", "-q");

    assertThat(result.code()).isZero();
    assertThat(result.out()).isEqualTo("hunter2");
    assertThat(cli.credentials()).doesNotExist();
    assertThat(cli.withoutRoom().run("setup", "--recover", "-q").code())
        .isEqualTo(ExitCode.FAILURE);
  }
}
