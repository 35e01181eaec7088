package io.bitting.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Rows under headings, in columns as wide as their widest cell. Plain text, one row a line, whether
 * on a terminal or in a pipe. Not thread-safe.
 */
final class Table {
  private static final String GAP = "  ";

  private final List<String> headings;
  private final List<List<String>> rows = new ArrayList<>();

  Table(String... headings) {
    this.headings =
        Arrays.stream(headings).map(heading -> heading.toUpperCase(Locale.ROOT)).toList();
  }

  Table row(String... cells) {
    rows.add(Arrays.stream(cells).map(Plain::text).toList());
    return this;
  }

  void print(Surroundings to) {
    int[] widths = new int[headings.size()];
    widen(widths, headings);
    rows.forEach(row -> widen(widths, row));
    String heading = line(headings, widths);
    to.print(to.colours() ? "\u001b[1m" + heading + "\u001b[0m" : heading);
    rows.forEach(row -> to.print(line(row, widths)));
  }

  /** Prints names and values, one a line. */
  static void printPairs(Surroundings to, List<Pair> pairs) {
    int width = pairs.stream().mapToInt(pair -> pair.name().length()).max().orElse(0);
    for (Pair pair : pairs) {
      to.print(
          pair.name() + " ".repeat(width - pair.name().length()) + GAP + Plain.text(pair.value()));
    }
  }

  /** A name and its value. */
  record Pair(String name, String value) {}

  private static void widen(int[] widths, List<String> cells) {
    for (int i = 0; i < widths.length; i++) {
      widths[i] = Math.max(widths[i], width(cells.get(i)));
    }
  }

  private static String line(List<String> cells, int[] widths) {
    List<String> padded = new ArrayList<>();
    for (int i = 0; i < widths.length; i++) {
      padded.add(cells.get(i) + " ".repeat(widths[i] - width(cells.get(i))));
    }
    return padded.stream().collect(Collectors.joining(GAP)).stripTrailing();
  }

  private static int width(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
