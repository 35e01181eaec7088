package io.bitting.client;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The description of an API, as somebody wrote it, and what it does not say about itself.
 *
 * @param json whether it is JSON; else YAML
 * @param text an OpenAPI 3.0 or 3.1, or Swagger 2.0, document
 * @param schemes the security schemes that a Bitting key stands for; empty if the document has one
 * @param anyOf operations whose list of scopes means any one of them, by {@code operationId} or as
 *     {@code GET /books}; {@code *} for all
 * @param basePath the base path of all operations, in place of those of the servers
 * @param published whether everybody may read the page that lists the operations
 */
public record OperationsUpload(
    boolean json,
    String text,
    List<String> schemes,
    List<String> anyOf,
    Optional<String> basePath,
    Optional<Boolean> published) {
  /** Copies the lists. */
  public OperationsUpload {
    schemes = List.copyOf(schemes);
    anyOf = List.copyOf(anyOf);
  }

  String mediaType() {
    return json ? "application/json" : "application/yaml";
  }

  Map<String, String> query() {
    Map<String, String> query = new LinkedHashMap<>();
    if (!schemes.isEmpty()) {
      query.put("schemes", String.join(",", schemes));
    }
    if (!anyOf.isEmpty()) {
      query.put("any_of", String.join(",", anyOf));
    }
    basePath.ifPresent(path -> query.put("base_path", path));
    published.ifPresent(flag -> query.put("published", flag.toString()));
    return query;
  }
}
