package io.bitting.server.upkeep;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has chores done, one after the other on one thread of its own.
 *
 * <p>Thread-safe.
 */
public final class Upkeep implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
  private static final int CLOSE_SECONDS = 10;

  private final List<Chore> chores;
  private final Clock clock;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("upkeep").daemon().factory());

  /**
   * Makes it; nothing runs yet.
   *
   * @param chores what is to be done
   * @param clock tells chores the time
   */
  public Upkeep(List<? extends Chore> chores, Clock clock) {
    this.chores = List.copyOf(chores);
    this.clock = clock;
  }

  /** Begins: each chore waits once for as long as between its runs. */
  public void start() {
    for (Chore chore : chores) {
      long millis = chore.every().toMillis();
      // What a chore throws is caught in run.
      var _ =
          thread.scheduleWithFixedDelay(() -> run(chore), millis, millis, TimeUnit.MILLISECONDS);
    }
  }

  /** Does every chore once, in the calling thread: for tests that have moved the clock. */
  public void runAll() {
    chores.forEach(this::run);
  }

  private void run(Chore chore) {
    try {
      chore.run(clock.instant().truncatedTo(ChronoUnit.MILLIS));
    } catch (RuntimeException e) {
      LOG.warn("chore {} failed and is tried again: {}", chore.name(), e.toString());
    }
  }

  /** Stops, after the chore under way is done. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        thread.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
