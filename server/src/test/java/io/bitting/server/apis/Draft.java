package io.bitting.server.apis;

import com.fasterxml.jackson.databind.JsonNode;
import io.bitting.server.TestServer;
import java.util.Map;
import java.util.TreeMap;

/** A catalog as it is written, changed entry by entry. */
final class Draft {
  final TestServer server;
  final String api;
  final Map<String, String> entries = new TreeMap<>();

  Draft(TestServer server) {
    this.server = server;
    this.api = server.unique("library");
    server
        .put(
            server.ownerToken(),
            "/v1/apis/" + api,
            TestServer.json("name", "Library", "prefix", TestServer.prefix(api)))
        .ok();
  }

  Draft(Draft other) {
    this.server = other.server;
    this.api = other.api;
    this.entries.putAll(other.entries);
  }

  Draft scope(String name, String more) {
    entries.put(
        name,
        "{scope: %s, category: Books, access: read, description: About %s.%s}"
            .formatted(name, name, more.isEmpty() ? "" : ", " + more));
    return this;
  }

  Draft include(String name) {
    entries.put(name, "{include: %s, category: Organization}".formatted(name));
    return this;
  }

  Draft without(String name) {
    entries.remove(name);
    return this;
  }

  String yaml(String prefix) {
    return "catalog: 1\napi: %s\nname: Library\nprefix: %s\nscopes:\n  - %s\n"
        .formatted(api, prefix, String.join("\n  - ", entries.values()));
  }

  TestServer.Reply put(String query) {
    return put(query, yaml(TestServer.prefix(api)));
  }

  TestServer.Reply put(String query, String yaml) {
    return server.send(
        "PUT",
        server.ownerToken(),
        "/v1/apis/" + api + "/catalog" + query,
        "application/yaml",
        yaml);
  }

  JsonNode shown() {
    return server.get(server.ownerToken(), "/v1/apis/" + api + "/catalog").ok().json();
  }
}
