package io.bitting.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Replays the first sixty seconds of the README against the built command line: every command that
 * it shows, every line that it prints. What stands as … in the README may be anything; times,
 * tokens, versions and ports are placeholders.
 */
final class ReadmeTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Duration FIRST_MINUTE = Duration.ofSeconds(60);

  @TempDir private Path folder;

  /** A command of the README and the lines below it. */
  private record Shown(String command, List<String> lines) {}

  @Test
  void firstMinute_asTheReadmeShowsIt_happens() throws Exception {
    List<Shown> shown = shown(Files.readString(ROOT.resolve("README.md")));
    assertThat(shown).hasSizeBetween(4, 6);
    assertThat(shown.get(0).command()).isEqualTo("./bitting demo");
    long began = System.nanoTime();
    Process demo =
        process(
                "'"
                    + ROOT.resolve("bitting")
                    + "' demo --listen 127.0.0.1:0 --admin-listen 127.0.0.1:0")
            .start();
    try {
      List<String> banner = new ArrayList<>();
      BufferedReader out = demo.inputReader(StandardCharsets.UTF_8);
      int last = shown.get(0).lines().size();
      for (String line = out.readLine();
          line != null && banner.size() < last;
          line = out.readLine()) {
        banner.add(line);
        if (banner.size() == last) {
          break;
        }
      }
      String port = port(banner);
      assertPrinted(shown.get(0), banner, port);
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(folder.resolve("demo.header"))))
          .isEqualTo("rw-------");
      for (Shown next : shown.subList(1, shown.size())) {
        assertPrinted(next, run(next.command(), port), port);
      }
    } finally {
      demo.toHandle().destroy();
      assertThat(demo.waitFor(30, TimeUnit.SECONDS))
          .as("the demo ends when it is told to")
          .isTrue();
      assertThat(folder.resolve("demo.header")).doesNotExist();
    }
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    System.err.println("README: " + shown.size() + " commands in " + took.toMillis() + " ms");
    assertThat(took).isLessThan(FIRST_MINUTE);
  }

  @Test
  void matching_ofAnotherLine_fails() {
    assertThat(matches("HTTP/1.1 403 Forbidden", "HTTP/1.1 200 OK", "8080")).isFalse();
    assertThat(matches("{\"scans\":[{\"id\":\"1\", …", "{\"scans\":[]}", "8080")).isFalse();
    assertThat(matches("{\"scans\":[…", "{\"scans\":[{}]}", "8080")).isTrue();
  }

  private static List<Shown> shown(String readme) {
    List<Shown> shown = new ArrayList<>();
    Matcher blocks = Pattern.compile("```console\n(.*?)```", Pattern.DOTALL).matcher(readme);
    while (blocks.find()) {
      List<String> lines = new ArrayList<>();
      String command = "";
      for (String line : blocks.group(1).lines().toList()) {
        if (line.startsWith("$ ")) {
          command = line.substring(2);
        } else if (line.startsWith(" ")
            && !lines.isEmpty()
            && lines.get(lines.size() - 1).startsWith("{")) {
          lines.set(lines.size() - 1, lines.get(lines.size() - 1) + line.strip());
        } else {
          lines.add(line);
        }
      }
      shown.add(new Shown(command, lines));
    }
    return shown;
  }

  private List<String> run(String command, String port) throws IOException, InterruptedException {
    String local =
        command
            .replace("localhost:8080", "localhost:" + port)
            .replace("./bitting", "'" + ROOT.resolve("bitting") + "'");
    Process process = process(local.replace("curl ", "curl -s ")).redirectErrorStream(true).start();
    process.getOutputStream().close();
    List<String> lines;
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      lines = out.lines().toList();
    }
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).as(command).isTrue();
    return lines;
  }

  private ProcessBuilder process(String command) {
    ProcessBuilder builder =
        new ProcessBuilder("bash", "-c", command.startsWith("'") ? "exec " + command : command);
    builder.directory(folder.toFile());
    builder.environment().put("XDG_CONFIG_HOME", folder.resolve("config").toString());
    builder.environment().put("HOME", folder.toString());
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    return builder;
  }

  private static String port(List<String> banner) {
    Matcher port =
        Pattern.compile("http://(?:localhost|127\\.0\\.0\\.1):(\\d+)/openapi")
            .matcher(String.join("\n", banner));
    assertThat(port.find()).as(String.join("\n", banner)).isTrue();
    return port.group(1);
  }

  /** Each line of the README is printed, in its order; others may stand between them. */
  private static void assertPrinted(Shown shown, List<String> printed, String port) {
    int from = 0;
    for (String text : shown.lines()) {
      // Printed as it was started.
      String line = text.replace("./bitting ", ROOT.resolve("bitting") + " ");
      int at = from;
      while (at < printed.size() && !matches(line, printed.get(at), port)) {
        at++;
      }
      assertThat(at)
          .as(
              "%s: the line «%s» is printed, after line %s of:%n%s",
              shown.command(), line, from, String.join("\n", printed))
          .isLessThan(printed.size());
      from = at + 1;
    }
  }

  private static boolean matches(String shown, String printed, String port) {
    String expected = shown.strip().replaceAll("\\s+", " ");
    StringBuilder pattern = new StringBuilder();
    Matcher part =
        Pattern.compile(
                "…|\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z|\\b(?:nex|prs|bit)_[0-9A-Za-z]+…[0-9A-Za-z]*|\\d+(?:\\.\\d+)? s\\b|\\d+\\.\\d+\\.\\d+(?=[ ·])|(?:localhost|127\\.0\\.0\\.1):8080")
            .matcher(expected);
    int end = 0;
    while (part.find()) {
      pattern.append(Pattern.quote(expected.substring(end, part.start())));
      String found = part.group();
      if (found.endsWith(":8080")) {
        pattern.append("(?:localhost|127\\.0\\.0\\.1):").append(port);
      } else {
        pattern.append(
            found.endsWith(" s")
                ? "[\\d.]+ m?s"
                : found.startsWith("…") ? ".*" : found.contains("_") ? "\\w+…?" : "\\S+");
      }
      end = part.end();
    }
    pattern.append(Pattern.quote(expected.substring(end)));
    return printed.strip().replaceAll("\\s+", " ").matches(pattern.toString());
  }
}
