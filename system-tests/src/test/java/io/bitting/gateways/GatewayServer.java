package io.bitting.gateways;

import com.fasterxml.jackson.databind.JsonNode;
import io.bitting.server.Tenant;
import io.bitting.server.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A real server with an API whose operations came out of a document, and a gateway's key. */
final class GatewayServer {
  private final TestServer server = TestServer.shared();
  private final Tenant operator = server.operator();
  private final String api;
  private final String gatewayKey;

  /** The one with the API of the tricks, which two tests share. */
  private static final class Tricked {
    static final GatewayServer SERVER =
        new GatewayServer("tricked", TrickedApi.catalog(), TrickedApi.document());
  }

  /**
   * Makes the API.
   *
   * @param api the API's name
   * @param catalog its catalog, as YAML
   * @param document its description, as JSON
   */
  GatewayServer(String api, String catalog, String document) {
    this.api = api;
    String owner = server.ownerToken();
    String prefix = catalog.replaceAll("(?s).*\nprefix: ([a-z0-9_]+)\n.*", "$1");
    server.put(owner, "/v1/apis/" + api, TestServer.json("name", api, "prefix", prefix)).ok();
    server.send("PUT", owner, path("/catalog"), "application/yaml", catalog).ok();
    confirmed("/operations", document);
    gatewayKey =
        operator
            .issue(
                owner,
                TestServer.json(
                    "api",
                    "bitting",
                    "name",
                    "gateway of " + api,
                    "scopes",
                    List.of("keys:verify"),
                    "reach",
                    Map.of("verify", List.of(api))))
            .token();
  }

  /** Puts what opens something to everybody, which has to be said twice. */
  private void confirmed(String what, String document) {
    String owner = server.ownerToken();
    JsonNode change =
        server
            .send("PUT", owner, path(what) + "?dry_run=true", "application/json", document)
            .ok()
            .json();
    String confirm = change.path("confirmation").asText("");
    String query = confirm.isEmpty() ? "" : "?confirm=" + confirm;
    server.send("PUT", owner, path(what) + query, "application/json", document).ok();
  }

  private String path(String what) {
    return "/v1/apis/" + api + what;
  }

  /** Returns the one with the API of the tricks. */
  static GatewayServer tricked() {
    return Tricked.SERVER;
  }

  String api() {
    return api;
  }

  Gateway.Surroundings around(int upstreamPort) {
    return new Gateway.Surroundings(server.server().port(), upstreamPort, api, gatewayKey);
  }

  /** Returns the id of the organization whose keys these are. */
  String organization() {
    return operator.id();
  }

  /** Returns a token of the right form whose key does not exist. */
  String unknownToken() {
    return TestServer.unknownToken("trk");
  }

  /** Makes a key of the API with some scopes. */
  Tenant.Made key(List<String> scopes) {
    return operator.key(api, scopes.toArray(String[]::new));
  }

  Tenant.Made keyOfAll() {
    return operator.keyOfAll(api);
  }

  void revoke(Tenant.Made key) {
    operator.change(key, "revoke").ok();
  }

  /** Makes checks by operation, and returns what was decided about each. */
  List<JsonNode> verify(List<JsonNode> checks) {
    List<JsonNode> results = new ArrayList<>();
    JsonNode answer =
        server
            .post(server.ownerToken(), "/v1/verify/batch", TestServer.json("checks", checks))
            .ok()
            .json();
    answer.path("results").forEach(results::add);
    return results;
  }
}
