package io.bitting.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * An organization on a test's server.
 *
 * @param server the server
 * @param id its id
 * @param slug its slug
 * @param owner the token of its owner
 */
public record Tenant(TestServer server, String id, String slug, String owner) {

  /**
   * A key that was made.
   *
   * @param id its id
   * @param token its token
   * @param shown the answer that created it
   */
  public record Made(String id, String token, JsonNode shown) {
    @Override
    public String toString() {
      return id;
    }
  }

  /** Returns the path of something of this organization. */
  public String path(String rest) {
    return "/v1/organizations/" + slug + rest;
  }

  /** Returns the path of a key. */
  public String path(Made key, String rest) {
    return path("/api-keys/" + key.id() + rest);
  }

  /** Returns it with another owner's key, one that never expires. */
  public Tenant endless() {
    Made key =
        issue(
            owner,
            TestServer.json(
                "api",
                "bitting",
                "name",
                server.unique("endless"),
                "all_scopes",
                true,
                "reach",
                "everything",
                "expires_at",
                null));
    return new Tenant(server, id, slug, key.token());
  }

  /** Makes a key with some scopes, by the owner. */
  public Made key(String api, String... scopes) {
    return issue(
        owner,
        TestServer.json("api", api, "name", server.unique("key"), "scopes", List.of(scopes)));
  }

  /** Makes a key with all scopes, by the owner. */
  public Made keyOfAll(String api) {
    return issue(
        owner, TestServer.json("api", api, "name", server.unique("key"), "all_scopes", true));
  }

  /** Makes a key. */
  public Made issue(String maker, String json) {
    JsonNode shown = server.post(maker, path("/api-keys"), json).ok().json();
    return new Made(shown.path("id").asText(), shown.path("token").asText(), shown);
  }

  /** Disables, enables or revokes a key, by the owner. */
  public TestServer.Reply change(Made key, String verb) {
    return server.post(owner, path(key, "/" + verb), "");
  }

  /** Returns every audit event of the organization, the newest first. */
  public List<JsonNode> events() {
    return server.items(owner, path("/audit-events"), 200);
  }

  /** Returns every key of the organization as the list shows it. */
  public List<JsonNode> keys() {
    return server.items(owner, path("/api-keys"), 200);
  }

  /**
   * Returns everything that a request could have changed, so that two times can be compared. When
   * keys were last used is not of that kind: asking changes it.
   */
  public String everything() {
    List<JsonNode> keys = keys();
    for (JsonNode key : keys) {
      ((ObjectNode) key).remove("last_used_at");
      key.path("secrets").forEach(secret -> ((ObjectNode) secret).remove("last_used_at"));
      key.path("secrets").forEach(secret -> ((ObjectNode) secret).remove("last_used_from"));
    }
    return server.position() + "\n" + keys + "\n" + events();
  }
}
