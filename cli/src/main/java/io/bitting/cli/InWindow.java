package io.bitting.cli;

import io.bitting.client.Window;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Of which time the recorded use counts. */
final class InWindow {
  private final Times times;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description = "Use since then: 30d ago, 2026-08-01 or a time. 90 days unless given.")
  private @Nullable String from;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      description = "Use before then. Until now unless given.")
  private @Nullable String until;

  InWindow(Surroundings surroundings) {
    this.times = new Times(surroundings.clock());
  }

  Window window() {
    return new Window(read("--from", from), read("--until", until));
  }

  private Optional<Instant> read(String option, @Nullable String text) {
    if (text == null) {
      return Optional.empty();
    }
    Optional<Instant> time = times.readPast(text);
    if (time.isEmpty()) {
      throw StopException.usage(
          option + " is \"" + text + "\", which is no time",
          "Say how long ago, as 30d, or give a date, as 2026-08-01.");
    }
    return time;
  }
}
