package io.bitting.operation;

import io.bitting.scope.Requirement;
import java.util.List;
import java.util.stream.Stream;

/** Operations for tests. */
final class OperationSamples {
  private OperationSamples() {}

  /** Makes an operation from its name, {@code GET /users/{id}}, and a scope that it requires. */
  static Operation of(String name, String scope) {
    int blank = name.indexOf(' ');
    return new Operation(
        name.substring(0, blank),
        PathTemplate.of(name.substring(blank + 1)),
        Requirement.allOf(scope),
        "",
        "",
        "");
  }

  /** Makes an index of operations, each of which requires a scope that no other one does. */
  static OperationIndex index(String... names) {
    return OperationIndex.of(apart(names));
  }

  /** Makes operations, each of which requires a scope that no other one does. */
  static List<Operation> apart(String... names) {
    return Stream.of(names)
        .map(name -> of(name, "s" + Integer.toHexString(name.hashCode())))
        .toList();
  }

  /** Says what a match is, as the files of attacks do. */
  static String words(Match match) {
    if (match instanceof Match.Found found) {
      return "found " + found.operation().name();
    }
    return match instanceof Match.Ambiguous ambiguous
        ? "ambiguous " + ambiguous.reason()
        : "unknown";
  }
}
