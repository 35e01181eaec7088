package io.bitting.crash;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** A server in a process of its own, as {@link ServerUnderTest} runs it. */
final class ChildServer implements AutoCloseable {
  private static final long READY_SECONDS_MAX = 60;

  private final Process process;
  private final URI base;
  private final Optional<String> setupCode;
  private final Duration readyAfter;

  private ChildServer(Process process, Announced announced, Duration readyAfter) {
    this.process = process;
    this.base = URI.create("http://127.0.0.1:" + announced.port);
    this.setupCode = announced.code;
    this.readyAfter = readyAfter;
  }

  /** What the process says of itself. */
  private record Announced(Optional<String> code, int port) {}

  /**
   * Starts one and waits until it is ready.
   *
   * @param jvm the command that starts it, but for its arguments
   * @param arguments those of {@link ServerUnderTest}
   * @param folder where its log and temporary files go
   */
  static ChildServer start(List<String> jvm, List<String> arguments, Path folder) {
    List<String> command = new ArrayList<>(jvm);
    command.add(1, "-Djava.io.tmpdir=" + folder.toAbsolutePath());
    command.addAll(arguments);
    Path log = folder.resolve("server.log");
    long began = System.nanoTime();
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
      try {
        Announced announced =
            CompletableFuture.supplyAsync(() -> announced(process))
                .orTimeout(READY_SECONDS_MAX, TimeUnit.SECONDS)
                .join();
        return new ChildServer(process, announced, Duration.ofNanos(System.nanoTime() - began));
      } catch (CompletionException e) {
        process.destroyForcibly();
        throw new IllegalStateException(
            "the server did not become ready:\n" + Files.readString(log), e);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Announced announced(Process process) {
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    Optional<String> code = Optional.empty();
    try {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        String[] words = line.split(" ", -1);
        if (words[0].equals("code")) {
          code = Optional.of(words[1]);
        } else if (words[0].equals("ready")) {
          return new Announced(code, Integer.parseInt(words[1]));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new IllegalStateException("it ended");
  }

  URI base() {
    return base;
  }

  /** Returns the code by which the first owner comes into being, if there is none yet. */
  Optional<String> setupCode() {
    return setupCode;
  }

  /** Returns how long it took from the start of the process until it answered, its data read. */
  Duration readyAfter() {
    return readyAfter;
  }

  /** Kills it with SIGKILL and waits until it is gone. */
  void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  /** Tells it to end in peace, by the end of its input, and waits until it has. */
  void end() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    process.onExit().orTimeout(READY_SECONDS_MAX, TimeUnit.SECONDS).join();
  }

  @Override
  public void close() {
    kill();
  }
}
