package io.bitting.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Holds the search for a request's operation among 10,000 to at most a microsecond. Prints beside
 * it what the same costs among 100. Repeats in rounds and takes the median.
 */
public final class MatchLimit {
  private static final int ROUNDS = 3;
  private static final double NANOS_MAX = 1_000;
  private static final String FEW = "100";
  private static final String MANY = "10000";

  private MatchLimit() {}

  /** What a search costs. */
  private record Cost(double nanos, double bytes) {
    static Cost of(RunResult result) {
      List<Double> bytes = new ArrayList<>();
      result
          .getSecondaryResults()
          .forEach((label, secondary) -> {
            if (label.endsWith("gc.alloc.rate.norm")) {
              bytes.add(secondary.getScore());
            }
          });
      return new Cost(result.getPrimaryResult().getScore(), bytes.getFirst());
    }
  }

  /**
   * Runs, prints and ends with 1 if the limit is not held.
   *
   * @param args none
   */
  public static void main(String[] args) throws RunnerException {
    List<Double> nanos = new ArrayList<>();
    for (int i = 1; i <= ROUNDS; i++) {
      Cost few = run(FEW);
      Cost many = run(MANY);
      nanos.add(many.nanos());
      System.out.printf(
          Locale.ROOT,
          "round %d: one of 100 operations %.0f ns, %.0f B; one of 10,000 %.0f ns, %.0f B%n",
          i,
          few.nanos(),
          few.bytes(),
          many.nanos(),
          many.bytes());
    }
    boolean held =
        Verdict.atMost("finding one of 10,000 operations", Verdict.median(nanos), NANOS_MAX, " ns");
    System.exit(held ? 0 : 1);
  }

  private static Cost run(String operations) throws RunnerException {
    return Cost.of(
        new Runner(
                new OptionsBuilder()
                    .include("\\b" + MatchBenchmark.class.getSimpleName() + "\\b")
                    .param("operations", operations)
                    .addProfiler(GCProfiler.class)
                    .verbosity(VerboseMode.SILENT)
                    .shouldFailOnError(true)
                    .build())
            .runSingle());
  }
}
