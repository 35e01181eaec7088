package io.bitting.cli;

import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whatever lies outside of a command.
 *
 * @param in standard input
 * @param out for data
 * @param err for talk
 * @param environment the environment's variables
 * @param folder the working folder
 * @param home the folder of the user
 * @param person answers questions; empty where nobody sits at a terminal
 * @param colours whether the output may have colours
 * @param clock tells the time
 * @param random gives secrets their bits
 * @param launch starts servers
 */
record Surroundings(
    InputStream in,
    PrintWriter out,
    PrintWriter err,
    Map<String, String> environment,
    Path folder,
    Path home,
    Optional<Person> person,
    boolean colours,
    Clock clock,
    SecureRandom random,
    Launch launch) {

  /** The variable that says how this command was started. */
  static final String COMMAND = "BITTING_COMMAND";

  private static final Pattern HINT =
      Pattern.compile(
          "(?<![\\w/.-])bitting (?=(?:apis|audit|catalog|checks|completion|config|demo|doctor|keys|login|logout|members|organizations|pepper|review|serve|setup|verify|whoami)\\b)");

  /** Somebody at a terminal. */
  interface Person {
    /** Asks; empty when they end the input. */
    Optional<String> ask(String question);

    /** Asks for a secret, which does not show. */
    Optional<String> askHidden(String question);
  }

  /**
   * Takes those of this process.
   *
   * @param launch starts servers
   */
  static Surroundings ofProcess(Launch launch) {
    Optional<Person> person =
        Optional.ofNullable(System.console()).filter(Console::isTerminal).map(AtConsole::new);
    Map<String, String> environment = System.getenv();
    return new Surroundings(
        System.in,
        writer(System.out),
        writer(System.err),
        environment,
        Path.of("").toAbsolutePath(),
        Path.of(System.getProperty("user.home", ".")),
        person,
        person.isPresent()
            && environment.getOrDefault("NO_COLOR", "").isEmpty()
            && !"dumb".equals(environment.get("TERM")),
        Clock.systemUTC(),
        new SecureRandom(),
        launch);
  }

  /* Directly on the stream of the process, which hides its failures from any writer between. */
  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, false, StandardCharsets.UTF_8);
  }

  /** Says something to whoever runs the command, after the data that was printed before. */
  void say(String line) {
    out.flush();
    err.println(asStarted(line));
    err.flush();
  }

  /**
   * Does something that may take long; if it does, says what is going on.
   *
   * @param what what is going on
   * @param after after what time it is said
   * @param work what is done
   * @param <T> what comes of it
   */
  <T> T saying(String what, Duration after, Supplier<T> work) {
    CompletableFuture<Void> word =
        CompletableFuture.runAsync(
            () -> say(what),
            CompletableFuture.delayedExecutor(after.toMillis(), TimeUnit.MILLISECONDS));
    try {
      return work.get();
    } finally {
      word.cancel(false);
    }
  }

  /** Names this command in the way it was started, in a sentence that names commands to run. */
  String asStarted(String line) {
    String started = variable(COMMAND).orElse("bitting");
    return HINT.matcher(line).replaceAll(Matcher.quoteReplacement(started + " "));
  }

  /**
   * Returns how wide the terminal is that shows the output; empty where it goes elsewhere. 80 where
   * it is not known.
   */
  OptionalInt columns() {
    if (person.isEmpty()) {
      return OptionalInt.empty();
    }
    String columns =
        variable("COLUMNS").filter(text -> text.matches("[1-9][0-9]{0,3}")).orElse("80");
    return OptionalInt.of(Integer.parseInt(columns));
  }

  /** Tells whether everything that was printed until now could be written. */
  boolean isWritten() {
    return !out.checkError();
  }

  /** Prints a line of data. */
  void print(String line) {
    out.println(line);
  }

  void flush() {
    out.flush();
    err.flush();
  }

  Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
  }

  /** Resolves what somebody typed as a path. */
  Path path(String text) {
    return folder.resolve(text).normalize();
  }

  /** Reads all of standard input, as far as a secret or a small file may go. */
  String readIn(int bytesMax) {
    try {
      byte[] bytes = in.readNBytes(bytesMax + 1);
      if (bytes.length > bytesMax) {
        throw new StopException(
            ExitCode.FAILURE, "standard input has more than " + bytesMax + " bytes", "");
      }
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("standard input cannot be read", e);
    }
  }

  @Override
  public String toString() {
    return "Surroundings";
  }

  private record AtConsole(Console console) implements Person {
    @Override
    public Optional<String> ask(String question) {
      return Optional.ofNullable(console.readLine("%s", question));
    }

    @Override
    public Optional<String> askHidden(String question) {
      char[] answer = console.readPassword("%s", question);
      return answer == null ? Optional.empty() : Optional.of(new String(answer));
    }
  }
}
