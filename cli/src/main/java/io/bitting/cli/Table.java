package io.bitting.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * Rows under headings, in columns as wide as their widest cell. Plain text, one row a line; only on
 * a terminal that is too narrow do the last columns go below the others. Not thread-safe.
 */
final class Table {
  private static final String GAP = "  ";
  private static final int INDENT = 4;
  private static final int BESIDE_MIN = 24;

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
    int room = to.columns().orElse(Integer.MAX_VALUE);
    if (total(widths, widths.length) <= room) {
      printHeading(to, line(headings, widths));
      rows.forEach(row -> to.print(line(row, widths)));
    } else {
      printNarrow(to, widths, room);
    }
  }

  private static void printHeading(Surroundings to, String heading) {
    to.print(to.colours() ? "\u001b[1m" + heading + "\u001b[0m" : heading);
  }

  /** The columns that fit, and the rest of each row below them, or a long last cell beside them. */
  private void printNarrow(Surroundings to, int[] widths, int room) {
    int fitting = 1;
    while (total(widths, fitting + 1) <= room) {
      fitting++;
    }
    int leading = fitting;
    int beside = total(widths, leading) + GAP.length();
    boolean wraps = leading == widths.length - 1 && room - beside >= BESIDE_MIN;
    int indent = wraps ? beside : INDENT;
    printHeading(to, line(wraps ? headings : headings.subList(0, leading), widths));
    for (List<String> row : rows) {
      String first = line(row.subList(0, leading), widths);
      List<String> lines =
          wrapped(wraps ? row.getLast() : rest(row, leading), Math.max(1, room - indent));
      if (wraps) {
        to.print((first + " ".repeat(beside - width(first)) + lines.getFirst()).stripTrailing());
        lines = lines.subList(1, lines.size());
      } else {
        to.print(first);
      }
      lines.stream()
          .filter(line -> !line.isEmpty())
          .forEach(line -> to.print(" ".repeat(indent) + line));
    }
  }

  private String rest(List<String> row, int from) {
    List<String> rest = new ArrayList<>();
    for (int i = from; i < row.size(); i++) {
      if (!row.get(i).isEmpty() && !row.get(i).equals("-")) {
        rest.add(headings.get(i).toLowerCase(Locale.ROOT) + " " + row.get(i));
      }
    }
    return String.join(" · ", rest);
  }

  /** Breaks a text at blanks; a word that is longer than a line stays whole. */
  private static List<String> wrapped(String text, int columns) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      if (!line.isEmpty() && width(line.toString()) + 1 + width(word) > columns) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }

  private static int total(int[] widths, int columns) {
    return Arrays.stream(widths, 0, columns).sum() + GAP.length() * (columns - 1);
  }

  /** Prints names and values, one a line. */
  static void printPairs(Surroundings to, List<Pair> pairs) {
    int width = pairs.stream().mapToInt(pair -> pair.name().length()).max().orElse(0);
    int indent = width + GAP.length();
    for (Pair pair : pairs) {
      String value = Plain.text(pair.value());
      OptionalInt room = to.columns();
      List<String> lines =
          room.isEmpty()
              ? List.of(value)
              : wrapped(value, Math.max(BESIDE_MIN, room.getAsInt() - indent));
      String name = pair.name() + " ".repeat(indent - pair.name().length());
      to.print(name + lines.getFirst());
      lines.stream().skip(1).forEach(line -> to.print(" ".repeat(indent) + line));
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
    for (int i = 0; i < cells.size(); i++) {
      padded.add(cells.get(i) + " ".repeat(widths[i] - width(cells.get(i))));
    }
    return padded.stream().collect(Collectors.joining(GAP)).stripTrailing();
  }

  private static int width(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
