package io.bitting.samples;

import io.bitting.scope.Requirement;
import io.bitting.scope.Scope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What an API says of itself: its operations and what each requires. */
final class Description {
  private Description() {}

  static Answer of(String name, List<Operation> operations) {
    List<Object> described = new ArrayList<>();
    for (Operation operation : operations) {
      Map<String, Object> shown = new LinkedHashMap<>();
      shown.put("method", operation.method().name());
      shown.put("path", operation.template());
      shown.put("name", operation.name());
      shown.putAll(of(operation.requirement()));
      described.add(shown);
    }
    Map<String, Object> description = new LinkedHashMap<>();
    description.put("name", name);
    description.put("operations", described);
    return Answer.found(description);
  }

  /** Says what is required in the words that a request to verify a token takes. */
  private static Map<String, Object> of(Requirement requirement) {
    return switch (requirement) {
      case Requirement.Anonymous anonymous -> Map.of("anonymous", true);
      case Requirement.AnyValidKey any -> Map.of("any_valid_key", true);
      case Requirement.Undeclared undeclared -> Map.of("undeclared", true);
      case Requirement.Scopes scopes ->
          Map.of(
              "any_of",
              scopes.alternatives().stream()
                  .map(all -> all.stream().map(Scope::text).toList())
                  .toList());
    };
  }
}
