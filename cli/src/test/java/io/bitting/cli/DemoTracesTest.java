package io.bitting.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bitting.cli.demo.Demo;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a demo may replace and remove: what a demo made, and nothing else. */
final class DemoTracesTest {
  private static final String OTHER =
      "[demo]\nurl = https://keys.example.com\ntoken = hunter2\n[work]\nurl = http://127.0.0.1:9\ntoken = x\n";

  @TempDir private Path folder;
  private Cli cli;

  @BeforeEach
  void start() {
    cli = new Cli(folder);
  }

  private DemoTraces traces() {
    return new DemoTraces(
        cli.surroundings(new StringWriter(), new StringWriter()), folder.resolve("bitting-demo"));
  }

  private Demo demo() {
    return Demo.start(folder.resolve("bitting-demo"), 0, 0, Clock.systemUTC());
  }

  @Test
  @Timeout(60) // A demo that starts nevertheless would run for ever.
  void demo_profileOfAnotherServer_isRefusedBeforeTheStart() {
    cli.file("config/bitting/credentials", OTHER);
    Cli.Result result = cli.run("demo", "--listen", "127.0.0.1:0", "--admin-listen", "127.0.0.1:0");

    assertThat(result.code()).isEqualTo(ExitCode.CONFLICT);
    assertThat(result.err())
        .contains("profile \"demo\"", "https://keys.example.com", "bitting login --profile NAME");
    assertThat(cli.read(cli.credentials())).isEqualTo(OTHER);
    assertThat(folder.resolve("bitting-demo")).doesNotExist();
  }

  @Test
  @Timeout(60) // A demo that starts nevertheless would run for ever.
  void demo_headerThatIsNotADemos_isRefusedBeforeTheStart() {
    Path header = cli.file("demo.header", "Authorization: Bearer hunter2\n");
    Cli.Result result = cli.run("demo", "--listen", "127.0.0.1:0", "--admin-listen", "127.0.0.1:0");

    assertThat(result.code()).isEqualTo(ExitCode.CONFLICT);
    assertThat(result.err()).contains("demo.header was not made by a demo");
    assertThat(cli.read(header)).contains("hunter2");
    assertThat(folder.resolve("bitting-demo")).doesNotExist();
  }

  @Test
  void traces_ofADemo_areReplacedByTheNextAndRemovedWithIt() throws IOException {
    Path header = folder.resolve("demo.header");
    try (Demo first = demo()) {
      traces().check();
      traces().make(first);
      assertThat(cli.run("whoami", "--profile", "demo").out()).contains("organization demo");
    }
    // A demo that was killed leaves them.
    assertThat(header).exists();
    try (Demo second = demo()) {
      traces().check();
      traces().make(second);
      assertThat(cli.run("whoami", "--profile", "demo").out()).contains("organization demo");
      traces().remove(second);
    }
    assertThat(header).doesNotExist();
    assertThat(cli.run("whoami", "--profile", "demo").err()).contains("bitting demo");
  }

  @Test
  void remove_whatIsNoLongerTheDemos_stays() throws IOException {
    try (Demo demo = demo()) {
      traces().make(demo);
      cli.file("config/bitting/credentials", OTHER);
      Files.writeString(folder.resolve("demo.header"), "X: mine\n");
      traces().remove(demo);
    }

    assertThat(cli.read(cli.credentials())).isEqualTo(OTHER);
    assertThat(folder.resolve("demo.header")).exists();
    assertThatThrownBy(() -> traces().check()).isInstanceOf(StopException.class);
  }
}
