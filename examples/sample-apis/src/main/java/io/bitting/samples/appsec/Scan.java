package io.bitting.samples.appsec;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A scan. It takes a fixed time; how far it is follows from the clock. */
record Scan(
    String id,
    String target,
    Settings settings,
    @Nullable String retestOf,
    Instant startedAt,
    @Nullable Instant stoppedAt) {
  private static final Duration LENGTH = Duration.ofMinutes(30);

  enum Status {
    RUNNING,
    STOPPED,
    DONE
  }

  /** A scan as it is shown. */
  record Shown(
      String id,
      String name,
      String target,
      Status status,
      int percent,
      List<String> tests,
      int requestsPerSecond,
      @Nullable String retestOf,
      Instant startedAt,
      @Nullable Instant endedAt) {}

  static Scan started(
      String id, String target, Settings settings, @Nullable String retestOf, Instant now) {
    return new Scan(id, target, settings, retestOf, now, null);
  }

  Scan stopped(Instant now) {
    return new Scan(id, target, settings, retestOf, startedAt, now);
  }

  Scan set(Settings newSettings) {
    return new Scan(id, target, newSettings, retestOf, startedAt, stoppedAt);
  }

  boolean isRunning(Instant now) {
    return status(now) == Status.RUNNING;
  }

  Status status(Instant now) {
    if (stoppedAt != null) {
      return Status.STOPPED;
    }
    return now.isBefore(startedAt.plus(LENGTH)) ? Status.RUNNING : Status.DONE;
  }

  int percent(Instant now) {
    Instant until = stoppedAt == null ? now : stoppedAt;
    long passed = Duration.between(startedAt, until).toMillis();
    return Math.clamp(passed * 100 / LENGTH.toMillis(), 0, 100);
  }

  Shown shown(Instant now) {
    Status status = status(now);
    Instant endedAt = status == Status.DONE ? startedAt.plus(LENGTH) : stoppedAt;
    return new Shown(
        id,
        settings.name(),
        target,
        status,
        percent(now),
        settings.tests(),
        settings.requestsPerSecond(),
        retestOf,
        startedAt,
        endedAt);
  }
}
