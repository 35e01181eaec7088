package io.bitting.server.apis;

import io.bitting.operation.Operation;
import java.util.Arrays;
import java.util.List;

/** What operations stand under: their tag, or where they have none, a part of their path. */
final class Headings {
  private Headings() {}

  /** Counts the segments with which every path begins, as {@code /api/v3}. */
  static int shared(List<ApiPage.Row> rows) {
    List<List<String>> paths = rows.stream().map(row -> segments(row.operation())).toList();
    if (paths.isEmpty()) {
      return 0;
    }
    List<String> first = paths.get(0);
    int shared = 0;
    while (shared < first.size() - 1 && allHave(paths, shared, first.get(shared))) {
      shared++;
    }
    return shared;
  }

  private static boolean allHave(List<List<String>> paths, int at, String segment) {
    return paths.stream().allMatch(path -> path.size() > at + 1 && path.get(at).equals(segment));
  }

  static String of(Operation operation, int shared) {
    if (!operation.tag().isBlank()) {
      return operation.tag();
    }
    List<String> path = segments(operation);
    return "/" + (path.size() > shared ? path.get(shared) : "");
  }

  private static List<String> segments(Operation operation) {
    return Arrays.asList(operation.path().text().substring(1).split("/", -1));
  }
}
