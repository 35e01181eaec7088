package io.bitting.server.usage;

import io.bitting.store.StoreException;
import io.bitting.usage.Counted;
import io.bitting.usage.Harvest;
import io.bitting.usage.UsageCounter;
import io.bitting.usage.UsageLedger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries what was counted into the ledger, from time to time and when the server stops, on a
 * thread of its own. A process that is killed loses what was counted since the last time, and
 * nothing else.
 *
 * <p>While the ledger does not answer, what was carried already waits, and the counter goes on
 * within its bound; what does not fit is lost and marked as such.
 *
 * <p>Thread-safe.
 */
public final class LedgerFlush implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LedgerFlush.class);

  /** How often a node says that it is there although nothing was counted. */
  private static final Duration WORD_EVERY = Duration.ofMinutes(1);

  private static final int CLOSE_SECONDS = 10;

  /** So many bits number the counts of a harvest. */
  private static final int NUMBER_BITS = 20;

  private final UsageCounter counter;
  private final UsageLedger ledger;
  private final Clock clock;
  private final LongConsumer losses;
  private final Deque<UsageLedger.Batch> waiting = new ArrayDeque<>();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("usage").daemon().factory());
  private long batches;
  private Instant told = Instant.MIN;
  private boolean failing;

  /**
   * Makes it; nothing runs yet.
   *
   * @param counter what was counted
   * @param ledger where it goes
   * @param clock tells the time
   * @param losses told how many checks did not fit into memory
   */
  public LedgerFlush(UsageCounter counter, UsageLedger ledger, Clock clock, LongConsumer losses) {
    this.counter = counter;
    this.ledger = ledger;
    this.clock = clock;
    this.losses = losses;
  }

  /**
   * Begins.
   *
   * @param every how often
   * @throws StoreException if the ledger does not answer; nothing has begun then
   */
  public void start(Duration every) {
    told = clock.instant();
    ledger.begin(told);
    // What this throws is caught in run.
    var _ =
        thread.scheduleWithFixedDelay(
            this::run, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void run() {
    try {
      flush();
      if (failing) {
        failing = false;
        LOG.info("the usage ledger takes counts again");
      }
    } catch (RuntimeException e) {
      if (!failing) {
        failing = true;
        LOG.warn("the usage ledger does not take counts, which wait: {}", e.getMessage());
      }
    }
  }

  /**
   * Carries what was counted into the ledger, in the calling thread.
   *
   * @throws StoreException if the ledger does not answer; what was counted waits
   */
  public synchronized void flush() {
    writeWaiting();
    Instant now = clock.instant();
    Harvest harvest = counter.harvest();
    List<Counted> counted = byKey(harvest.counted());
    Optional<Harvest.Lost> lost = harvest.lost();
    lost.ifPresent(some -> {
      losses.accept(some.count());
      LOG.warn("{} checks did not fit into memory and are not counted", some.count());
    });
    if (counted.isEmpty()
        && lost.isEmpty()
        && Duration.between(told, now).abs().compareTo(WORD_EVERY) < 0) {
      return;
    }
    int at = 0;
    do {
      int end = Math.min(counted.size(), at + UsageLedger.BATCH_MAX);
      boolean isLast = end == counted.size();
      batches++;
      waiting.add(
          new UsageLedger.Batch(
              batches,
              new Harvest(counted.subList(at, end), isLast ? lost : Optional.empty()),
              // Only the last of them tells all.
              isLast ? now : told));
      at = end;
    } while (at < counted.size());
    told = now;
    writeWaiting();
  }

  /**
   * Sorts counts, all but in the order in which the ledger keeps them: what is written together
   * then lies together. Of a key, whose digits are random, the first forty bits do.
   */
  private static List<Counted> byKey(List<Counted> counted) {
    long[] order = new long[counted.size()];
    for (int i = 0; i < order.length; i++) {
      order[i] = counted.get(i).key().high() >>> NUMBER_BITS << NUMBER_BITS | i;
    }
    Arrays.sort(order);
    Counted[] sorted = new Counted[order.length];
    for (int i = 0; i < order.length; i++) {
      sorted[i] = counted.get((int) order[i] & ((1 << NUMBER_BITS) - 1));
    }
    return List.of(sorted);
  }

  private void writeWaiting() {
    for (UsageLedger.Batch next = waiting.peek(); next != null; next = waiting.peek()) {
      ledger.write(next);
      waiting.remove();
    }
  }

  /** Carries the rest into the ledger and says that there is no more. Nobody may count any more. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        thread.shutdownNow();
      }
      // Twice: the first time a check that was late may have been counted for the second.
      flush();
      flush();
      ledger.end(clock.instant());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (StoreException e) {
      LOG.warn("the last counts did not get into the usage ledger: {}", e.getMessage());
    }
  }
}
