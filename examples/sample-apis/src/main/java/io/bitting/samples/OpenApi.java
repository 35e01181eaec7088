package io.bitting.samples;

import io.bitting.scope.Requirement;
import io.bitting.scope.Scope;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Writes the OpenAPI document of an API whose operations are declared in code, so that whoever
 * makes keys sees what each scope opens. Stateless.
 */
public final class OpenApi {
  private static final Pattern PARAMETER = Pattern.compile("\\{([^}]*)}");
  private static final String SCHEME = "key";

  private OpenApi() {}

  /**
   * Writes the document.
   *
   * @param title the name of the API
   * @param operations its operations
   * @return JSON, OpenAPI 3.1
   */
  public static String of(String title, List<Operation> operations) {
    Map<String, Map<String, Object>> paths = new TreeMap<>();
    for (Operation operation : operations) {
      paths
          .computeIfAbsent(operation.template(), template -> new LinkedHashMap<>())
          .put(operation.method().name().toLowerCase(Locale.ROOT), of(operation));
    }
    return Json.write(
            Map.of(
                "openapi",
                "3.1.0",
                "info",
                Map.of("title", title, "version", "1"),
                "paths",
                paths,
                "components",
                Map.of(
                    "securitySchemes", Map.of(SCHEME, Map.of("type", "http", "scheme", "bearer")))))
        .toString();
  }

  private static Map<String, Object> of(Operation operation) {
    Map<String, Object> described = new LinkedHashMap<>();
    described.put("summary", operation.name());
    described.put("security", security(operation.requirement()));
    described.put(
        "parameters",
        Stream.concat(
                PARAMETER
                    .matcher(operation.template())
                    .results()
                    .map(found -> parameter(found.group(1), "path", true)),
                operation.query().stream().map(name -> parameter(name, "query", false)))
            .toList());
    described.put("responses", Map.of("default", Map.of("description", "What it answers.")));
    return described;
  }

  private static Map<String, Object> parameter(String name, String in, boolean required) {
    return Map.of("name", name, "in", in, "required", required, "schema", Map.of("type", "string"));
  }

  /** A list of alternatives, of which each asks for all of its scopes. */
  private static List<Map<String, List<String>>> security(Requirement requirement) {
    return switch (requirement) {
      case Requirement.Anonymous anonymous -> List.of();
      case Requirement.AnyValidKey any -> List.of(Map.of(SCHEME, List.of()));
      case Requirement.Scopes scopes ->
          scopes.alternatives().stream()
              .map(all -> Map.of(SCHEME, all.stream().map(Scope::text).toList()))
              .toList();
      case Requirement.Undeclared undeclared ->
          throw new IllegalArgumentException("an operation of a table declares what it requires");
    };
  }
}
