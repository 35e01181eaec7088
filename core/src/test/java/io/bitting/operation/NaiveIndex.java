package io.bitting.operation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What the index should find, by trying every operation with regular expressions. Knows ASCII only,
 * and of escapes only the colon's; expects a target that is clear.
 */
final class NaiveIndex {
  private static final Pattern PARAMETER = Pattern.compile("\\{[^}]*}");

  private final List<Operation> operations;

  NaiveIndex(List<Operation> operations) {
    this.operations = operations;
  }

  Match find(String method, String target) {
    List<Operation> exact =
        operations.stream()
            .filter(operation -> operation.method().equals(method))
            .filter(operation -> matches(operation, target, false))
            .toList();
    if (exact.isEmpty()) {
      return new Match.Unknown();
    }
    List<Operation> all =
        operations.stream()
            .filter(operation ->
                operation.method().equals(method)
                    || (method.equals("HEAD") && operation.method().equals("GET")))
            .filter(operation -> exact.contains(operation) || matches(operation, target, true))
            .toList();
    return exact.stream()
        .filter(candidate ->
            all.stream()
                .allMatch(other ->
                    other.requirement().equals(candidate.requirement())
                        || prevails(candidate, other, exact.contains(other))))
        .map(candidate -> (Match) new Match.Found(candidate))
        .findFirst()
        .orElse(new Match.Ambiguous(Ambiguity.RIVAL));
  }

  private static boolean matches(Operation operation, String target, boolean loosely) {
    String path = operation.path().text();
    if (!loosely && path.endsWith("/") != target.endsWith("/")) {
      return false;
    }
    String[] written = segments(path);
    String[] asked = segments(target);
    return written.length == asked.length
        && IntStream.range(0, asked.length)
            .allMatch(i ->
                readings(asked[i], loosely, i == asked.length - 1).stream()
                    .anyMatch(reading -> matches(written[i], reading, loosely)));
  }

  private static List<String> readings(String segment, boolean loosely, boolean last) {
    if (!loosely) {
      return List.of(segment.replace("%3A", "\u0001"));
    }
    List<String> readings = new ArrayList<>();
    for (String whole : List.of(segment.replace("%3A", ":"), segment)) {
      readings.add(whole);
      for (int dot = 1; last && dot < whole.length(); dot++) {
        if (whole.charAt(dot) == '.') {
          readings.add(whole.substring(0, dot));
        }
      }
    }
    return readings;
  }

  private static boolean matches(String written, String reading, boolean loosely) {
    String whatever = loosely && !isParameter(written) ? "(.*)" : "(.+)";
    String pattern =
        Stream.of(PARAMETER.split(written, -1))
            .map(Pattern::quote)
            .collect(Collectors.joining(whatever));
    return Pattern.compile(pattern, loosely ? Pattern.CASE_INSENSITIVE : 0)
        .matcher(reading)
        .matches();
  }

  private static boolean prevails(Operation candidate, Operation other, boolean exact) {
    String[] ours = segments(shape(candidate));
    String[] theirs = segments(shape(other));
    boolean better = false;
    for (int i = 0; i < ours.length; i++) {
      if (ours[i].equals(theirs[i])) {
        continue;
      }
      boolean alike = ours[i].toLowerCase(Locale.ROOT).equals(theirs[i].toLowerCase(Locale.ROOT));
      boolean nameWithoutFormat = rank(ours[i]) == 3 && rank(theirs[i]) == 3 && !exact && !alike;
      if (rank(ours[i]) <= rank(theirs[i]) && !nameWithoutFormat) {
        return false;
      }
      better = true;
    }
    return better
        || (!candidate.method().equals(other.method()) && shape(candidate).equals(shape(other)));
  }

  private static String shape(Operation operation) {
    return PARAMETER.matcher(operation.path().text()).replaceAll("{}");
  }

  private static int rank(String segment) {
    return !segment.contains("{") ? 3 : isParameter(segment) ? 1 : 2;
  }

  private static boolean isParameter(String segment) {
    return PARAMETER.matcher(segment).matches();
  }

  private static String[] segments(String path) {
    return Stream.of(path.split("/", -1))
        .filter(segment -> !segment.isEmpty())
        .toArray(String[]::new);
  }
}
