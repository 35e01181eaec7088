package io.bitting.cli;

import java.util.Collection;
import java.util.Optional;

/** Finds what a mistyped word may have meant. Stateless. */
final class Nearest {
  private Nearest() {}

  /** Returns the known word with the fewest differences, if these are few. */
  static Optional<String> of(String wrong, Collection<String> known) {
    String best = "";
    int fewest = Integer.MAX_VALUE;
    for (String word : known) {
      int differences = differences(wrong, word);
      if (differences < fewest) {
        fewest = differences;
        best = word;
      }
    }
    return fewest <= Math.max(2, best.length() / 4) ? Optional.of(best) : Optional.empty();
  }

  /** Levenshtein's distance. */
  private static int differences(String from, String to) {
    int[][] table = new int[from.length() + 1][to.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      for (int j = 0; j <= to.length(); j++) {
        if (i == 0 || j == 0) {
          table[i][j] = i + j;
        } else {
          int replaced = table[i - 1][j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
          table[i][j] = Math.min(replaced, 1 + Math.min(table[i - 1][j], table[i][j - 1]));
        }
      }
    }
    return table[from.length()][to.length()];
  }
}
