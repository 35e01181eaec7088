package io.bitting.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bitting.fixtures.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What keys are used for, from the check to what is shown of it. */
final class UsageTest {
  private static final String DOCUMENT =
      """
      openapi: 3.1.0
      info: {title: Shop, version: "1"}
      components: {securitySchemes: {key: {type: http, scheme: bearer}}}
      paths:
        /orders:
          get: {security: [{key: [orders:read]}]}
        /orders/{id}:
          delete: {security: [{key: [orders:write, orders:refund]}]}
      """;

  private static final MutableClock CLOCK = new MutableClock();
  private static TestServer server;
  private static Tenant tenant;
  private static String shop;
  private static String gateway;

  @BeforeAll
  static void start() {
    server = TestServer.start(CLOCK, List.of());
    // Not at the full hour, at which a window that ends now ends before it.
    CLOCK.advance(Duration.ofMinutes(10));
    tenant = server.tenant();
    shop = server.api();
    server
        .send(
            "PUT",
            server.ownerToken(),
            "/v1/apis/" + shop + "/operations",
            "application/yaml",
            DOCUMENT)
        .ok();
    gateway =
        server
            .operator()
            .issue(
                server.ownerToken(),
                TestServer.json(
                    "api",
                    "bitting",
                    "name",
                    "gateway",
                    "scopes",
                    List.of("keys:verify"),
                    "reach",
                    TestServer.parse("{\"verify\":[\"" + shop + "\"]}")))
            .token();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static JsonNode usage(Tenant.Made key, String query) {
    server.server().flushUsage();
    return server.get(tenant.owner(), tenant.path(key, "/usage" + query)).ok().json();
  }

  private static void verify(Tenant.Made key, String requirement, String source) {
    server
        .post(
            server.ownerToken(),
            "/v1/verify",
            "{\"token\":\""
                + key.token()
                + "\",\"api\":\""
                + shop
                + "\","
                + requirement
                + (source.isEmpty() ? "" : ",\"source\":" + source)
                + "}")
        .ok();
  }

  private static List<String> uses(JsonNode usage) {
    List<String> uses = new ArrayList<>();
    usage
        .path("uses")
        .forEach(use ->
            uses.add(
                use.path("operation").asText()
                    + " "
                    + use.path("requirement")
                    + " "
                    + use.path("allowed")
                    + "+"
                    + use.path("denied")));
    return uses;
  }

  @Test
  void verify_isCounted_byRequirementAndByOperation() {
    Tenant.Made key = tenant.key(shop, "orders:write");
    verify(key, "\"required_scopes\":[\"orders:read\"]", "{\"ip\":\"203.0.113.7\"}");
    verify(key, "\"required_scopes\":[\"orders:read\"]", "");
    verify(key, "\"any_of\":[[\"bot\"],[\"orders:write\",\"orders:read\"]]", "");
    verify(key, "\"operation\":{\"method\":\"DELETE\",\"path\":\"/orders/7\"}", "");
    verify(
        key, "\"any_valid_key\":true", "{\"ip\":\"2001:db8::7\",\"user_agent\":\"warehouse/2.1\"}");

    JsonNode usage = usage(key, "");
    assertThat(uses(usage))
        .containsExactlyInAnyOrder(
            "null {\"any_of\":[[\"orders:read\"]]} 2+0",
            "null {\"any_of\":[[\"bot\"],[\"orders:read\",\"orders:write\"]]} 1+0",
            "DELETE /orders/{id} {\"any_of\":[[\"orders:refund\",\"orders:write\"]]} 0+1",
            "null {\"any_valid_key\":true} 1+0");
    assertThat(usage.path("complete").asBoolean())
        .as("the key is younger than the ledger")
        .isTrue();
    assertThat(usage.at("/last_use/source").asText()).isEqualTo("2001:db8::7");
    assertThat(usage.at("/last_use/user_agent").asText()).isEqualTo("warehouse/2.1");
    assertThat(usage.path("scopes").findValuesAsText("scope"))
        .containsExactly("bot", "orders:read", "orders:refund", "orders:write");
    assertThat(usage.at("/periods/0/allowed").asInt()).isEqualTo(4);
    assertThat(usage.at("/periods/0/denied").asInt()).isEqualTo(1);
  }

  @Test
  void batch_isCounted() {
    Tenant.Made key = tenant.key(shop, "orders:read");
    String check =
        TestServer.json(
            "token", key.token(), "api", shop, "required_scopes", List.of("orders:read"));
    server
        .post(
            server.ownerToken(),
            "/v1/verify/batch",
            "{\"checks\":[" + String.join(",", List.of(check, check, check)) + "]}")
        .ok();

    assertThat(uses(usage(key, ""))).containsExactly("null {\"any_of\":[[\"orders:read\"]]} 3+0");
  }

  @Test
  void gateway_isCounted_withTheClientsAddressAndUserAgent() {
    Tenant.Made key = tenant.key(shop, "orders:read");
    server.send(
        server
            .request(key.token(), "/v1/authorize/" + shop)
            .header("X-Bitting-Gateway", gateway)
            .header("X-Forwarded-Method", "GET")
            .header("X-Forwarded-Uri", "/orders")
            .header("X-Forwarded-For", "10.0.0.1, 203.0.113.9")
            .setHeader("User-Agent", "robot/1.0 " + key.token())
            .build());

    JsonNode usage = usage(key, "");
    assertThat(uses(usage)).containsExactly("GET /orders {\"any_of\":[[\"orders:read\"]]} 1+0");
    assertThat(usage.at("/last_use/source").asText()).isEqualTo("203.0.113.9");
    assertThat(usage.at("/last_use/user_agent").asText()).isEqualTo("robot/1.0 ...");
  }

  @Test
  void ownOperations_areCounted() {
    Tenant.Made key = tenant.key("bitting", "org:read");
    server.get(key.token(), "/v1/whoami").ok();
    server.get(key.token(), tenant.path("")).ok();
    assertThat(server.get(key.token(), tenant.path("/api-keys")).status()).isEqualTo(403);

    JsonNode usage = usage(key, "");
    assertThat(uses(usage))
        .containsExactlyInAnyOrder(
            "GET /v1/whoami {\"any_valid_key\":true} 1+0",
            "GET /v1/organizations/{org} {\"any_of\":[[\"org:read\"],[\"organizations:read\"]]} 1+0",
            "GET /v1/organizations/{org}/api-keys {\"any_of\":[[\"keys:read\"]]} 0+1");
    assertThat(usage.at("/last_use/source").asText()).isEqualTo("127.0.0.1");
    assertThat(usage.at("/last_use/user_agent").asText()).startsWith("Java-http-client/");
  }

  @Test
  void lastUsedAt_isToTheMinute_andNotMovedByARevokedKey() {
    Tenant.Made key = tenant.key(shop, "orders:read");
    assertThat(key.shown().path("last_used_at").isNull()).isTrue();
    CLOCK.advance(Duration.ofSeconds(90));
    Instant used = CLOCK.instant();
    verify(key, "\"required_scopes\":[\"bot\"]", "");
    server.server().flushUsage();
    CLOCK.advance(Duration.ofMinutes(5));
    tenant.change(key, "revoke").ok();
    verify(key, "\"required_scopes\":[\"orders:read\"]", "");
    server.server().flushUsage();

    JsonNode shown = server.get(tenant.owner(), tenant.path(key, "")).ok().json();
    assertThat(Instant.parse(shown.path("last_used_at").asText()))
        .isEqualTo(used.truncatedTo(java.time.temporal.ChronoUnit.MINUTES));
    assertThat(uses(usage(key, ""))).contains("null {\"any_of\":[[\"orders:read\"]]} 0+1");
  }

  @Test
  void unusedFor_listsKeysThatNobodyUsed_pageByPage() {
    Tenant own = server.tenant();
    Tenant.Made used = own.key(shop, "orders:read");
    List<String> unused = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      unused.add(own.key(shop, "orders:read").id());
    }
    CLOCK.advance(Duration.ofDays(10));
    server
        .post(
            server.ownerToken(),
            "/v1/verify",
            TestServer.json(
                "token", used.token(), "api", shop, "required_scopes", List.of("orders:read")))
        .ok();
    own.key(shop, "orders:read");
    server.server().flushUsage();

    List<String> found = new ArrayList<>();
    server
        .items(own.owner(), own.path("/api-keys?unused_for=9d&api=" + shop), 3)
        .forEach(key -> found.add(key.path("id").asText()));
    assertThat(found).containsExactlyInAnyOrderElementsOf(unused);
    assertThat(server.items(own.owner(), own.path("/api-keys?unused_for=11d&api=" + shop), 3))
        .isEmpty();
  }

  @Test
  void window_thatIsWrong_isRefusedWithEveryFault() {
    Tenant.Made key = tenant.key(shop, "orders:read");
    String future = CLOCK.instant().plus(Duration.ofDays(1)).toString();
    TestServer.Reply reply =
        server.get(
            tenant.owner(),
            tenant.path(key, "/usage?from=yesterday&until=" + future + "&by=week&of=all"));

    Problems.expect(reply, 400, "query_invalid");
    assertThat(reply.json().path("detail").asText())
        .contains("\"from\" is \"yesterday\"", "\"until\" is", "\"by\" is \"week\"", "\"of\"");
    Problems.expect(
        server.get(
            tenant.owner(),
            tenant.path(key, "/usage?from=2026-02-01T00:00:00Z&until=2026-01-01T00:00:00Z")),
        400,
        "query_invalid");
  }

  @Test
  void usage_ofAnotherOrganizationsKey_isAsOfNone() {
    Tenant.Made key = server.tenant().key(shop, "orders:read");

    TestServer.Reply never =
        server.get(tenant.owner(), tenant.path("/api-keys/0123456789AB/usage"));
    Problems.expect(never, 404, "not_found");
    assertThat(Problems.comparable(server.get(tenant.owner(), tenant.path(key, "/usage"))))
        .isEqualTo(Problems.comparable(never));
  }

  @Test
  void checks_areListedOldestFirst_andFollowedByCursor() {
    Tenant own = server.tenant();
    Tenant.Made key = own.key(shop, "orders:read");
    String path = own.path("/checks");
    String before = server.get(own.owner(), path).ok().json().path("cursor").asText();
    verify(key, "\"required_scopes\":[\"orders:read\"]", "{\"ip\":\"203.0.113.7\"}");
    verify(key, "\"operation\":{\"method\":\"DELETE\",\"path\":\"/orders/7\"}", "");

    JsonNode checks = server.get(own.owner(), path + "?cursor=" + before).ok().json();
    List<JsonNode> items = new ArrayList<>();
    checks
        .path("items")
        .forEach(item -> {
          if (item.path("key").asText().equals(key.id())) {
            items.add(item);
          }
        });
    assertThat(items).hasSize(2);
    assertThat(items.get(0).path("decision").asText()).isEqualTo("allowed");
    assertThat(items.get(0).path("source").asText()).isEqualTo("203.0.113.7");
    assertThat(items.get(1).path("reason").asText()).isEqualTo("insufficient_scope");
    assertThat(items.get(1).path("operation").asText()).isEqualTo("DELETE /orders/{id}");
    assertThat(items.get(1).path("missing_scopes").toString())
        .isEqualTo("[\"orders:refund\",\"orders:write\"]");
    // What follows is the request that asked.
    assertThat(
            server
                .get(own.owner(), path + "?cursor=" + checks.path("cursor").asText())
                .ok()
                .json()
                .path("items")
                .findValuesAsText("operation"))
        .containsExactly("GET /v1/organizations/{org}/checks");
    assertThat(server.get(server.tenant().owner(), path).status()).isEqualTo(404);
  }

  @Test
  void checks_areBounded() {
    Tenant own = server.tenant();
    Tenant.Made key = own.key(shop, "orders:read");
    for (int i = 0; i < 150; i++) {
      verify(key, "\"required_scopes\":[\"orders:read\"]", "");
    }

    assertThat(
            server.get(own.owner(), own.path("/checks?limit=200")).ok().json().path("items").size())
        .isLessThanOrEqualTo(128)
        .isGreaterThan(100);
  }

  /**
   * In sums, once a day; what the policy no longer keeps is forgotten, and that is written down.
   */
  @Test
  void upkeep_auditsDenials_andForgetsByPolicy() {
    Tenant own = server.tenant();
    Tenant.Made key = own.key(shop, "orders:read");
    for (int i = 0; i < 3; i++) {
      verify(key, "\"required_scopes\":[\"bot\"]", "");
    }
    server.server().flushUsage();
    CLOCK.advance(Duration.ofDays(1));
    server.server().upkeep().runAll();
    server.server().upkeep().runAll();

    List<JsonNode> denied = events(own, "checks.denied");
    assertThat(denied).hasSize(1);
    assertThat(denied.get(0).path("changes").toString())
        .contains("\"insufficient_scope\"", "\"3\"");

    // And back, since the owner's key expires meanwhile.
    Instant now = CLOCK.instant();
    CLOCK.advance(Duration.ofDays(402));
    server.server().upkeep().runAll();
    server.server().upkeep().runAll();
    CLOCK.set(now);
    assertThat(events(own, "usage.forgotten")).hasSize(1);
    server.server().flushUsage();
    JsonNode usage =
        server.get(own.owner(), own.path(key, "/usage?from=2026-01-01T00:00:00Z")).ok().json();
    assertThat(usage.path("uses")).isEmpty();
    assertThat(usage.path("complete").asBoolean()).isFalse();
    assertThat(usage.at("/last_use/at").isTextual()).isTrue();
    assertThat(usage.at("/last_use/source").isNull()).isTrue();
  }

  private static List<JsonNode> events(Tenant own, String action) {
    return server.items(own.owner(), own.path("/audit-events?action=" + action), 50);
  }

  /** A server that ends in peace leaves nothing uncounted. */
  @Test
  void close_writesTheRest() {
    var folder = TestServer.newFolder();
    ServerSettings settings = TestServer.settings(new ServerSettings.Sqlite(folder));
    TestServer first = TestServer.start(folder, settings);
    String owner = first.ownerToken();
    Tenant operator = first.operator();
    Tenant.Made key = operator.key("bitting", "org:read");
    for (int i = 0; i < 5; i++) {
      first.get(key.token(), "/v1/whoami").ok();
    }
    first.stop();

    try (TestServer second = TestServer.restart(folder, settings, owner)) {
      JsonNode usage = second.get(owner, operator.path(key, "/usage")).ok().json();
      assertThat(uses(usage)).containsExactly("GET /v1/whoami {\"any_valid_key\":true} 5+0");
    }
  }
}
