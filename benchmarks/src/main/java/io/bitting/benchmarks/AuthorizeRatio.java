package io.bitting.benchmarks;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Holds the check against its two parts that cannot be spared: at most five times as long as both
 * together, and at most 64 bytes of garbage. Repeats in rounds, each of which measures everything
 * within a minute, and takes the median.
 */
public final class AuthorizeRatio {
  private static final int ROUNDS = 3;
  private static final double TIMES_MAX = 5;
  private static final double BYTES_MAX = 64;
  private static final String ALLOCATED = "gc.alloc.rate.norm";

  private AuthorizeRatio() {}

  /** What a round measured. */
  private record Round(Map<String, Double> nanos, Map<String, Double> bytes) {
    double ratio() {
      return nanos("authorize") / (nanos("sha256") + nanos("lookUp"));
    }

    double nanos(String what) {
      return Objects.requireNonNull(nanos.get(what), what);
    }

    double bytes(String what) {
      return Objects.requireNonNull(bytes.get(what), what);
    }
  }

  /**
   * Runs, prints and ends with 1 if a limit is not held.
   *
   * @param args none
   */
  public static void main(String[] args) throws RunnerException {
    List<Double> ratios = new ArrayList<>();
    double bytes = 0;
    for (int i = 1; i <= ROUNDS; i++) {
      Round round = run();
      ratios.add(round.ratio());
      bytes = Math.max(bytes, round.bytes("authorize"));
      System.out.printf(
          Locale.ROOT,
          "round %d: sha256 %.1f ns, lookUp %.1f ns, authorize %.1f ns: ratio %.2f; %.1f B with its request, %.1f B without%n",
          i,
          round.nanos("sha256"),
          round.nanos("lookUp"),
          round.nanos("authorize"),
          round.ratio(),
          round.bytes("authorize"),
          round.bytes("authorizeMade"));
    }
    boolean quick =
        Verdict.atMost("authorize : (sha256 + lookUp)", Verdict.median(ratios), TIMES_MAX, "");
    boolean lean = Verdict.atMost("allocated by authorize", bytes, BYTES_MAX, " B");
    System.exit(quick && lean ? 0 : 1);
  }

  private static Round run() throws RunnerException {
    Map<String, Double> nanos = new HashMap<>();
    Map<String, Double> bytes = new HashMap<>();
    for (RunResult result :
        new Runner(
                new OptionsBuilder()
                    .include("\\b" + AuthorizeBenchmark.class.getSimpleName() + "\\b")
                    .addProfiler(GCProfiler.class)
                    .verbosity(VerboseMode.SILENT)
                    .shouldFailOnError(true)
                    .build())
            .run()) {
      String name = result.getPrimaryResult().getLabel();
      nanos.put(name, result.getPrimaryResult().getScore());
      result
          .getSecondaryResults()
          .forEach((label, secondary) -> {
            if (label.endsWith(ALLOCATED)) {
              bytes.put(name, secondary.getScore());
            }
          });
    }
    return new Round(nanos, bytes);
  }
}
