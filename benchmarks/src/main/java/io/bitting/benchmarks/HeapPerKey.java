package io.bitting.benchmarks;

import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * Measures the heap that a loaded index holds, organizations, grants and catalog included: what is
 * in use after a collection, before loading and afterwards. At most 200 bytes a key.
 */
public final class HeapPerKey {
  private static final int KEYS = 1_000_000;
  private static final int RUNS = 2;
  private static final double BYTES_MAX = 200;
  private static final int COLLECTIONS = 4;

  private HeapPerKey() {}

  /**
   * Runs, prints and ends with 1 if the limit is not held.
   *
   * @param args none
   */
  public static void main(String[] args) {
    // Loads classes, so that they do not count.
    measure(1_000);
    double most = 0;
    for (int i = 1; i <= RUNS; i++) {
      most = Math.max(most, measure(KEYS));
    }
    System.exit(Verdict.atMost("heap a key", most, BYTES_MAX, " B") ? 0 : 1);
  }

  private static double measure(int keys) {
    long before = used();
    try (LoadedIndex loaded =
        new LoadedIndex(
            new Population(Instant.now().truncatedTo(ChronoUnit.MILLIS)), keys, made -> {})) {
      // The source stays in memory with the follower: its grants and organizations are counted
      // twice at most, against us.
      long after = used();
      double each = (double) (after - before) / loaded.index().size();
      System.out.printf(
          Locale.ROOT,
          "%,d keys: %,d bytes in use before, %,d after: %.1f bytes a key%n",
          loaded.index().size(),
          before,
          after,
          each);
      return each;
    }
  }

  private static long used() {
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
