package io.bitting.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.bitting.server.TestServer;
import java.io.BufferedWriter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs commands in this process, with folders, environment and a person of its own. */
final class Cli {
  private final Path folder;
  private final Map<String, String> environment = new HashMap<>();
  private final List<String> asked = new ArrayList<>();
  private final Deque<String> answers = new ArrayDeque<>();
  private String in = "";
  private boolean person;
  private boolean full;
  private Clock clock = Clock.systemUTC();
  private Launch launch = new ServerLaunch();

  /**
   * What came of a command.
   *
   * @param both what a terminal shows: output and talk in the order in which they arrive
   */
  record Result(int code, String out, String err, String both) {
    List<String> lines() {
      return out.lines().toList();
    }
  }

  Cli(Path folder) {
    this.folder = folder;
    environment.put("XDG_CONFIG_HOME", folder.resolve("config").toString());
  }

  /** Returns one that asks a server with a token. */
  static Cli of(Path folder, TestServer server, String token) {
    return new Cli(folder)
        .env("BITTING_URL", server.uri("").toString())
        .env("BITTING_TOKEN", token);
  }

  Path folder() {
    return folder;
  }

  Path credentials() {
    return folder.resolve("config").resolve("bitting").resolve("credentials");
  }

  Cli env(String name, String value) {
    environment.put(name, value);
    return this;
  }

  Cli in(String text) {
    in = text;
    return this;
  }

  Cli at(Clock time) {
    clock = time;
    return this;
  }

  Cli launching(Launch other) {
    launch = other;
    return this;
  }

  /** Seats a person at a terminal, who gives these answers. */
  Cli answering(String... given) {
    person = true;
    answers.clear();
    answers.addAll(List.of(given));
    return this;
  }

  Cli unattended() {
    person = false;
    return this;
  }

  /** Returns what the person was asked. */
  List<String> asked() {
    return asked;
  }

  /** Writes a file of mode 0600. */
  Path file(String name, String text) {
    try {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.deleteIfExists(file);
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Leaves no room for what commands print. */
  Cli withoutRoom() {
    full = true;
    return this;
  }

  Surroundings surroundings(Writer out, Writer err) {
    return new Surroundings(
        new ByteArrayInputStream(in.getBytes(UTF_8)),
        new PrintWriter(new BufferedWriter(out)),
        new PrintWriter(err),
        Map.copyOf(environment),
        folder,
        folder.resolve("home"),
        person ? Optional.of(new Answering()) : Optional.empty(),
        false,
        clock,
        new SecureRandom(),
        launch);
  }

  /** Runs a command that is to go well. */
  Result ok(String... args) {
    return ended(ExitCode.OK, args);
  }

  /** Makes a key, and returns its token. */
  String key(String api, String name, String scopes) {
    return ok("keys", "create", "--api", api, "--name", name, "--scope", scopes, "-q").out();
  }

  /** Runs a command that is to end with an exit code. */
  Result ended(int code, String... args) {
    Result result = run(args);
    assertThat(result.code()).as(result.both()).isEqualTo(code);
    return result;
  }

  Result run(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    StringWriter both = new StringWriter();
    Surroundings surroundings =
        surroundings(full ? new Full() : new Tee(out, both), new Tee(err, both));
    int code = CommandTree.run(surroundings, args);
    surroundings.flush();
    return new Result(code, out.toString(), err.toString(), both.toString());
  }

  private static final class Tee extends Writer {
    private final Writer one;
    private final Writer other;

    Tee(Writer one, Writer other) {
      this.one = one;
      this.other = other;
    }

    @Override
    public void write(char[] text, int from, int length) throws IOException {
      one.write(text, from, length);
      other.write(text, from, length);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  private static final class Full extends Writer {
    @Override
    public void write(char[] text, int from, int length) throws IOException {
      throw new IOException("no space left on device");
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  private final class Answering implements Surroundings.Person {
    @Override
    public Optional<String> ask(String question) {
      asked.add(question);
      return Optional.ofNullable(answers.poll());
    }

    @Override
    public Optional<String> askHidden(String question) {
      return ask(question);
    }
  }
}
