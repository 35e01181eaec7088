package io.bitting.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bitting.fixtures.MemberMother;
import io.bitting.fixtures.PersonMother;
import io.bitting.id.OrganizationId;
import io.bitting.member.Member;
import io.bitting.member.Person;
import io.bitting.organization.Role;
import java.time.Instant;
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
    return new Tenant(server, id, slug, endless(server.unique("endless")).token());
  }

  /** Makes an owner's key, one that never expires. */
  public Made endless(String name) {
    return issue(
        owner,
        TestServer.json(
            "api",
            "bitting",
            "name",
            name,
            "all_scopes",
            true,
            "reach",
            "everything",
            "expires_at",
            null));
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

  /**
   * Adds a member without a second factor, behind the back of who may.
   *
   * @return its id
   */
  public String member(Role role) {
    return member(role, PersonMother.person().build());
  }

  /**
   * Adds a member, behind the back of who may.
   *
   * @return its id
   */
  public String member(Role role, Person person) {
    Member member =
        MemberMother.member(new OrganizationId(id), person.id())
            .joinedAt(Instant.parse("2026-11-20T09:12:41.318Z"))
            .role(role)
            .build();
    server
        .store()
        .write(writer -> {
          writer.people().insertPerson(person);
          writer.people().insertMember(member);
          return member;
        });
    return member.id().text();
  }

  /**
   * Invites somebody.
   *
   * @return the answer
   */
  public JsonNode invite(Role role) {
    return invite(server.unique("somebody") + "@example.com", role).ok().json();
  }

  /** Invites whoever has an address. */
  public TestServer.Reply invite(String mail, Role role) {
    return server.post(owner, path("/invitations"), invitation(mail, role));
  }

  /** Writes what somebody is invited by. */
  public static String invitation(String mail, Role role) {
    return TestServer.json("mail", mail, "role", role.code());
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
    return server.position()
        + "\n"
        + keys
        + "\n"
        + events()
        + "\n"
        + server.items(owner, path("/members"), 200)
        + "\n"
        + server.items(owner, path("/invitations"), 200);
  }
}
