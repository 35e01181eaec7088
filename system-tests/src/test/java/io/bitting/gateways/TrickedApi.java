package io.bitting.gateways;

import io.bitting.fixtures.Attack;
import io.bitting.server.TestServer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The API that {@code attacks/paths.json} is about: each operation requires a scope of its own, and
 * some have a parameter where another has a word. A key that may call one of these, and nothing
 * else, tries to reach its neighbours.
 */
final class TrickedApi {
  static final List<String> OPERATIONS =
      List.of(
          "GET /",
          "GET /users",
          "POST /users",
          "GET /users/{id}",
          "DELETE /users/{id}",
          "GET /users/me",
          "GET /users/me/keys",
          "GET /users/{id}/keys",
          "GET /admin",
          "GET /{tenant}",
          "GET /files/{name}",
          "GET /files/{name}.json",
          "GET /files/search",
          "POST /files/{name}",
          "POST /files/{name}:publish",
          "GET /langs/c++",
          "GET /langs/{lang}",
          "GET /groups/",
          "GET /groups/{id}",
          "GET /rooms/{id}/",
          "GET /rooms/lobby",
          "GET /menu/straße",
          "GET /menu/kelvin",
          "GET /menu/import",
          "GET /menu/ffish",
          "GET /menu/σος",
          "GET /menu/{dish}",
          "HEAD /reports/{id}",
          "GET /reports/all",
          "GET /a/{x}/c",
          "GET /a/b/d",
          "GET /p/a/{y}",
          "GET /p/{x}/b");

  /** The operation that a key may call, by what the target begins with. */
  private static final Map<String, String> HARMLESS = new LinkedHashMap<>();

  static {
    HARMLESS.put("/files", "GET /files/{name}");
    HARMLESS.put("/langs", "GET /langs/{lang}");
    HARMLESS.put("/groups", "GET /groups/{id}");
    HARMLESS.put("/rooms", "GET /rooms/{id}/");
    HARMLESS.put("/menu", "GET /menu/{dish}");
    HARMLESS.put("/reports", "HEAD /reports/{id}");
    HARMLESS.put("/a/", "GET /a/{x}/c");
    HARMLESS.put("/p/", "GET /p/{x}/b");
    HARMLESS.put("/acme", "GET /{tenant}");
    HARMLESS.put("/%61dmin", "GET /{tenant}");
    HARMLESS.put("/Admin", "GET /{tenant}");
  }

  private TrickedApi() {}

  /** Returns all that is tried: disguised paths, and other lies about path and method. */
  static List<Attack> tricks() {
    return Stream.of("paths.json", "gateway-tricks.json")
        .flatMap(file -> Attack.in(file).stream())
        .toList();
  }

  /** Returns the operations that a key may call in turn. */
  static List<String> harmless() {
    return Stream.concat(
            Stream.of("GET /users/{id}", "POST /files/{name}"), HARMLESS.values().stream())
        .distinct()
        .toList();
  }

  /** Returns the one operation that the key may call with which a trick is tried. */
  static String harmless(Attack trick) {
    if (trick.text("method").orElse("GET").equals("POST")) {
      return "POST /files/{name}";
    }
    return HARMLESS.entrySet().stream()
        .filter(entry -> trick.input().startsWith(entry.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("GET /users/{id}");
  }

  /** Returns the scope that an operation requires, and no other one. */
  static String scope(String operation) {
    return "op:n" + OPERATIONS.indexOf(operation);
  }

  /** Returns its catalog, as YAML. */
  static String catalog() {
    StringBuilder catalog =
        new StringBuilder("catalog: 1\napi: tricked\nname: Tricked\nprefix: trk\nscopes:\n");
    for (String operation : OPERATIONS) {
      catalog
          .append("  - {scope: ")
          .append(scope(operation))
          .append(", category: Operations, access: write, description: Runs one operation.}\n");
    }
    return catalog.toString();
  }

  /** Returns its description, as JSON. */
  static String document() {
    Map<String, Map<String, Object>> paths = new LinkedHashMap<>();
    for (String operation : OPERATIONS) {
      String[] words = operation.split(" ", 2);
      paths
          .computeIfAbsent(words[1], path -> new LinkedHashMap<>())
          .put(
              words[0].toLowerCase(Locale.ROOT),
              Map.of("security", List.of(Map.of("key", List.of(scope(operation))))));
    }
    return TestServer.json(
        "openapi",
        "3.1.0",
        "info",
        Map.of("title", "Tricked", "version", "1"),
        "components",
        Map.of("securitySchemes", Map.of("key", Map.of("type", "http", "scheme", "bearer"))),
        "paths",
        paths);
  }
}
