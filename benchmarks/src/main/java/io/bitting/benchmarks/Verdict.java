package io.bitting.benchmarks;

import java.util.List;
import java.util.Locale;

/** Says whether a figure keeps within its limit. */
final class Verdict {
  private Verdict() {}

  /** Prints the line, and tells whether the limit is held. */
  static boolean atMost(String what, double figure, double limit, String unit) {
    return say(what, figure, "at most", limit, unit, figure <= limit);
  }

  /** Prints the line, and tells whether the limit is held. */
  static boolean atLeast(String what, double figure, double limit, String unit) {
    return say(what, figure, "at least", limit, unit, figure >= limit);
  }

  private static boolean say(
      String what, double figure, String bound, double limit, String unit, boolean held) {
    System.out.printf(
        Locale.ROOT,
        "%s: %s = %.2f%s, %s %s%s%n",
        held ? "HELD" : "MISSED",
        what,
        figure,
        unit,
        bound,
        limit,
        unit);
    return held;
  }

  /** Returns the median. */
  static double median(List<Double> figures) {
    List<Double> sorted = figures.stream().sorted().toList();
    int half = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }
}
