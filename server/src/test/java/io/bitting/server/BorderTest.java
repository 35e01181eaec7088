package io.bitting.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bitting.organization.Role;
import io.bitting.scope.BuiltInScope;
import io.bitting.scope.Requirement;
import io.bitting.server.http.Route;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** A key reaches its own organization, and Bitting only by what its catalog includes. */
final class BorderTest {
  private static final TestServer SERVER = TestServer.shared();
  private static final String NEVER = "0123456789AB";

  /** Bodies with which an operation would go well; {@code {key}} is the key's id. */
  static final Map<String, String> BODIES =
      Map.ofEntries(
          Map.entry(
              "createKey", "{\"api\":\"bitting\",\"name\":\"intruder\",\"scopes\":[\"org:read\"]}"),
          Map.entry("editKey", "{\"name\":\"taken over\"}"),
          Map.entry("editOrganization", "{\"name\":\"Taken over\",\"all_scopes_allowed\":false}"),
          Map.entry("eraseAuditSources", "{\"source\":\"127.0.0.1\"}"),
          Map.entry("revokeMatchingKeys", "{\"filter\":{\"api\":\"bitting\"},\"plan\":true}"),
          Map.entry("showWhatIf", "{\"scopes\":[\"org:read\"]}"),
          Map.entry("editMember", "{\"role\":\"auditor\"}"),
          Map.entry("createInvitation", "{\"mail\":\"eve@example.com\",\"role\":\"auditor\"}"),
          Map.entry(
              "decideReview",
              "{\"key\":\"{key}\",\"verdict\":\"keep\",\"reason\":\"It is needed.\"}"));

  private static String shop;
  private static Tenant own;
  private static Tenant other;
  private static Tenant.Made foreign;
  private static String foreignMember;
  private static String foreignInvitation;

  @BeforeAll
  static void start() {
    shop = SERVER.api();
    own = SERVER.tenant();
    other = SERVER.tenant();
    foreign = other.key(shop, "bot");
    foreignMember = other.member(Role.MEMBER);
    foreignInvitation = other.invite(Role.MEMBER).at("/invitation/id").asText();
  }

  /** A1: every operation with an organization in its path × every way to name a foreign thing. */
  @Test
  void foreignIds_areAsIdsOfNothing_andNothingIsChanged() {
    Tenant.Made product = own.keyOfAll(shop);
    Tenant.Made reader = SERVER.operator().key("bitting", "keys:read", "keys:manage", "audit:read");
    String before = other.everything().split("\n", 2)[1];
    List<String> faults = new ArrayList<>();
    int count = 0;
    for (Route route : SERVER.server().routes()) {
      if (!route.template().contains("{org}")) {
        continue;
      }
      for (String token : List.of(own.owner(), product.token(), reader.token())) {
        String never = comparable(route, token, "never", NEVER);
        if (!never.startsWith("404") && !never.startsWith("403") && !never.startsWith("401")) {
          faults.add(route.operationId() + " of nothing answers " + never);
        }
        List<String> foreigners =
            new ArrayList<>(
                List.of(
                    comparable(route, token, other.slug(), NEVER),
                    comparable(route, token, other.id(), NEVER)));
        Optional<String> id =
            thing(route, () -> foreign.id(), () -> foreignMember, () -> foreignInvitation);
        if (id.isPresent()) {
          foreigners.add(comparable(route, token, other.slug(), id.get()));
          foreigners.add(comparable(route, token, other.id(), id.get()));
          foreigners.add(
              comparable(
                  route, token, token.equals(reader.token()) ? "operator" : own.slug(), id.get()));
        }
        for (String answer : foreigners) {
          count++;
          if (!answer.equals(never)) {
            faults.add(route.operationId() + " tells\n" + answer + "\nfrom\n" + never);
          }
        }
      }
    }
    assertThat(faults).isEmpty();
    assertThat(other.everything().split("\n", 2)[1]).isEqualTo(before);
    System.out.println("operations with foreign ids: " + count + " requests as of nothing");
  }

  /** Returns the id of what a path names besides an organization, if it names anything. */
  private static Optional<String> thing(
      Route route, Supplier<String> key, Supplier<String> member, Supplier<String> invitation) {
    return Map.of("{key}", key, "{member}", member, "{invitation}", invitation).entrySet().stream()
        .filter(each -> route.template().contains(each.getKey()))
        .map(each -> each.getValue().get())
        .findFirst();
  }

  private static String comparable(Route route, String token, String org, String id) {
    String path =
        route
            .template()
            .replace("{org}", org)
            .replaceAll("\\{(key|member|invitation)}", id)
            .replace("{api}", shop);
    HttpRequest.Builder request = SERVER.request(token, path);
    if (route.mediaTypes().isEmpty()) {
      return Problems.comparable(SERVER.send(request.GET().build()));
    }
    return Problems.comparable(
        SERVER.send(
            request
                .header("Content-Type", "application/json")
                .method(
                    route.method(),
                    HttpRequest.BodyPublishers.ofString(
                        BODIES.getOrDefault(route.operationId(), "").replace("{key}", id)))
                .build()));
  }

  /** The control of the above: with one's own ids the same requests go well. */
  @Test
  void ownIds_areFound() {
    Tenant mine = SERVER.tenant();
    Tenant.Made key = mine.key("bitting", "org:read");
    for (Route route : SERVER.server().routes()) {
      boolean ofInstallation =
          route.requirement() instanceof Requirement.Scopes scopes
              && scopes.alternatives().stream()
                  .flatMap(java.util.Collection::stream)
                  .allMatch(scope -> scope.text().startsWith("organizations:"));
      if (route.template().contains("{org}") && !ofInstallation) {
        String keyId = key.id();
        String id =
            thing(
                    route,
                    () -> keyId,
                    () -> mine.member(Role.MEMBER),
                    () -> mine.invite(Role.MEMBER).at("/invitation/id").asText())
                .orElse(keyId);
        String answer = comparable(route, mine.owner(), mine.slug(), id);
        assertThat(answer).as(route.operationId()).startsWith("20");
        // What was revoked in the meantime is replaced.
        if (route.operationId().equals("revokeKey")) {
          key = mine.key("bitting", "org:read");
        }
      }
    }
  }

  @Test
  void auditFilters_forForeignIds_findNothing() {
    for (String query : List.of("?target=" + foreign.id(), "?actor=" + other.id())) {
      assertThat(
              SERVER.get(own.owner(), own.path("/audit-events" + query)).ok().json().path("items"))
          .isEmpty();
    }
    assertThat(
            SERVER
                .get(own.owner(), own.path("/api-keys?q=" + foreign.id()))
                .ok()
                .json()
                .path("items"))
        .isEmpty();
  }

  /** Rule 2: the power comes from the inclusion, never from the spelling. */
  @Nested
  final class Inclusion {
    private static String catalog(String api, String entries) {
      String id = SERVER.unique(api);
      String prefix = TestServer.prefix(id);
      SERVER
          .put(
              SERVER.ownerToken(), "/v1/apis/" + id, TestServer.json("name", "x", "prefix", prefix))
          .ok();
      SERVER
          .send(
              "PUT",
              SERVER.ownerToken(),
              "/v1/apis/" + id + "/catalog",
              "application/yaml",
              "catalog: 1\napi: %s\nname: x\nprefix: %s\nscopes:\n%s"
                  .formatted(id, prefix, entries))
          .ok();
      return id;
    }

    private static String own(BuiltInScope scope) {
      return "  - {scope: \"%s\", category: x, access: danger, description: Our own thing.}\n"
          .formatted(scope.scope());
    }

    @Test
    void keyOfProduct_withIncludedScopes_worksOnItsOwnOrganization() {
      Tenant tenant = SERVER.tenant();
      Tenant.Made key = tenant.key(shop, "org:read", "org:write", "keys:read", "bot");
      assertThat(SERVER.get(key.token(), tenant.path("")).status()).isEqualTo(200);
      assertThat(
              SERVER.patch(key.token(), tenant.path(""), "{\"name\":\"By the product\"}").status())
          .isEqualTo(200);
      assertThat(SERVER.get(key.token(), tenant.path("/api-keys")).status()).isEqualTo(200);
      Problems.expect(
          SERVER.get(key.token(), tenant.path("/audit-events")), 403, "insufficient_scope");
      Problems.expect(
          SERVER.post(key.token(), tenant.path(key, "/revoke"), ""), 403, "insufficient_scope");
      Problems.expect(SERVER.get(key.token(), other.path("")), 404, "not_found");
    }

    @Test
    void keyOfProduct_withAll_issuesWithinItsOwnGrantOnly() {
      Tenant tenant = SERVER.tenant();
      Tenant.Made key = tenant.keyOfAll(shop);
      tenant.issue(
          key.token(),
          TestServer.json("api", shop, "name", "made by all", "scopes", List.of("orders:refund")));
      Problems.expect(
          SERVER.post(
              key.token(),
              tenant.path("/api-keys"),
              TestServer.json("api", "bitting", "name", "more", "scopes", List.of("org:read"))),
          403,
          "beyond_ceiling");
    }

    @Test
    void catalogWithScopesOfTheSameNames_opensNothing() {
      StringBuilder entries = new StringBuilder();
      for (BuiltInScope scope : BuiltInScope.values()) {
        entries.append(own(scope));
      }
      String api = catalog("impostor", entries.toString());
      for (Tenant tenant : List.of(SERVER.tenant(), SERVER.operator())) {
        Tenant.Made key = tenant.keyOfAll(api);
        String before = SERVER.position();
        for (Route route : SERVER.server().routes()) {
          if (route.requirement() instanceof Requirement.Scopes
              && route.proof() == Route.Proof.KEY) {
            String answer = comparable(route, key.token(), tenant.slug(), foreign.id());
            assertThat(answer).as(route.operationId()).startsWith("401");
          }
        }
        assertThat(SERVER.position()).isEqualTo(before);
        assertThat(SERVER.verify(key.token(), api, "keys:issue")).isEqualTo("allowed");
        assertThat(SERVER.verify(key.token(), "bitting", "keys:issue"))
            .isEqualTo("denied credential_invalid");
      }
    }

    @Test
    void catalogThatIncludesOneAndNamesAnother_opensThatOne() {
      String api =
          catalog(
              "half",
              "  - {include: org:read, category: x}\n"
                  + own(BuiltInScope.ORG_WRITE)
                  + own(BuiltInScope.KEYS_ISSUE));
      Tenant tenant = SERVER.tenant();
      Tenant.Made key = tenant.keyOfAll(api);
      assertThat(SERVER.get(key.token(), tenant.path("")).status()).isEqualTo(200);
      JsonNode problem =
          Problems.expect(
              SERVER.patch(key.token(), tenant.path(""), "{\"name\":\"x\"}"),
              403,
              "insufficient_scope");
      assertThat(problem.path("missing_scopes").toString()).isEqualTo("[\"org:write\"]");
      Problems.expect(
          SERVER.post(
              key.token(),
              tenant.path("/api-keys"),
              TestServer.json("api", api, "name", "more", "scopes", List.of("org:write"))),
          403,
          "insufficient_scope");
    }

    @Test
    void catalogThatIncludesOfTheInstallation_isRefused() {
      String id = SERVER.unique("greedy");
      String prefix = TestServer.prefix(id);
      SERVER
          .put(
              SERVER.ownerToken(), "/v1/apis/" + id, TestServer.json("name", "x", "prefix", prefix))
          .ok();
      Problems.expectFaults(
          SERVER.send(
              "PUT",
              SERVER.ownerToken(),
              "/v1/apis/" + id + "/catalog",
              "application/yaml",
              "catalog: 1\napi: %s\nname: x\nprefix: %s\nscopes:\n  - {include: keys:verify}\n"
                  .formatted(id, prefix)),
          "/scopes/0/include catalog_include_of_installation");
    }
  }
}
