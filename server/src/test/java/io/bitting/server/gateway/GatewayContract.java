package io.bitting.server.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bitting.server.Tenant;
import io.bitting.server.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every dialect has to say, whichever way it says it. */
abstract class GatewayContract {
  static final TestServer SERVER = TestServer.shared();

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
        /limits:
          get: {security: [{key: []}]}
        /health:
          get: {security: []}
        /debug:
          post: {}
      """;

  /** Made once for all dialects. */
  private static final class World {
    static final Tenant TENANT = SERVER.tenant();
    static final String API = SERVER.api();
    static final Tenant.Made READER = TENANT.key(API, "orders:read");
    static final Tenant.Made EVERYTHING = TENANT.keyOfAll(API);
    static final String GATEWAY = gateway(API);

    static {
      SERVER
          .put(
              SERVER.ownerToken(),
              "/v1/apis/" + API,
              TestServer.json(
                  "name", "Shop", "prefix", TestServer.prefix(API), "key_header", "X-Shop-Key"))
          .ok();
      operations(API, DOCUMENT);
    }
  }

  static void operations(String api, String document) {
    TestServer.Reply reply = putOperations(api, "", document);
    if (reply.status() == 409) {
      reply =
          putOperations(api, "?confirm=" + reply.json().path("confirmation").asText(), document);
    }
    reply.ok();
  }

  private static TestServer.Reply putOperations(String api, String query, String document) {
    return SERVER.send(
        "PUT",
        SERVER.ownerToken(),
        "/v1/apis/" + api + "/operations" + query,
        "application/yaml",
        document);
  }

  private static String gateway(String api) {
    return SERVER
        .operator()
        .issue(
            SERVER.ownerToken(),
            TestServer.json(
                "api",
                "bitting",
                "name",
                SERVER.unique("gateway"),
                "scopes",
                List.of("keys:verify"),
                "reach",
                TestServer.parse("{\"verify\":[\"" + api + "\"]}")))
        .token();
  }

  /** Asks in the dialect. */
  abstract Told ask(Asked asked);

  static Asked asked(String method, String target) {
    return new Asked(World.GATEWAY, World.API, method, target, List.of());
  }

  private void expect(Asked asked, int status, String code) {
    Told told = ask(asked);
    assertThat(told.status() + " " + told.code()).as("%s", asked).isEqualTo(status + " " + code);
  }

  @Test
  void keyWithTheScope_mayGoOn_withItsIdentity() {
    assertThat(ask(asked("GET", "/orders?page=2").bearer(World.READER.token())))
        .isEqualTo(
            new Told(
                200,
                "",
                "",
                TestServer.parse("{}"),
                Map.of(
                    "X-Bitting-Key",
                    World.READER.id(),
                    "X-Bitting-Organization",
                    World.TENANT.id(),
                    "X-Bitting-Scopes",
                    "orders:read",
                    "X-Bitting-Scopes-Omitted",
                    "false")));
    assertThat(
            ask(asked("DELETE", "/orders/7").bearer(World.EVERYTHING.token()))
                .identity()
                .get("X-Bitting-Scopes"))
        .contains("orders:read", "orders:refund", "orders:write");
  }

  /** A gateway that nobody could see using its key might lose it as unused. */
  @Test
  void clientsKeyAndTheGatewaysOwn_areCountedAsUsed() {
    Tenant.Made client = World.TENANT.key(World.API, "orders:read");
    String gateway = gateway(World.API);
    expect(asked("GET", "/orders").by(gateway).bearer(client.token()), 200, "");
    SERVER.server().flushUsage();

    assertThat(
            SERVER
                .get(World.TENANT.owner(), World.TENANT.path(client, "/usage"))
                .ok()
                .json()
                .at("/uses/0/operation")
                .asText())
        .isEqualTo("GET /orders");
    String gatewayId = gateway.substring("bit_".length(), "bit_".length() + 12);
    assertThat(
            SERVER
                .get(SERVER.ownerToken(), SERVER.operator().path("/api-keys/" + gatewayId))
                .ok()
                .json()
                .path("last_used_at")
                .isTextual())
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "Authorization, 'Bearer '",
    "Authorization, 'bearer '",
    "Authorization, 'Api-Key '",
    "X-API-Key, ''",
    "X-Shop-Key, ''",
    "x-shop-key, ''"
  })
  void credential_inEachPlace_isTaken(String header, String before) {
    expect(asked("GET", "/orders").with(header, before + World.READER.token()), 200, "");
  }

  /** R3 to R6: the headers are byte for byte what RFC 6750 has. */
  @Test
  void refusals_haveStatusChallengeAndProblem() {
    Told missing = ask(asked("GET", "/orders"));
    assertThat(missing.status()).isEqualTo(401);
    assertThat(missing.challenge()).isEqualTo("Bearer realm=\"" + World.API + "\"");
    assertThat(missing.code()).isEqualTo("credential_missing");
    assertThat(missing.identity()).isEmpty();

    Told refused = ask(asked("DELETE", "/orders/7").bearer(World.READER.token()));
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.challenge())
        .isEqualTo(
            "Bearer realm=\""
                + World.API
                + "\", error=\"insufficient_scope\", scope=\"orders:refund orders:write\"");
    assertThat(refused.problem().path("required_scopes").toString())
        .isEqualTo("[\"orders:refund\",\"orders:write\"]");
    assertThat(refused.problem().path("missing_scopes").toString())
        .isEqualTo("[\"orders:refund\",\"orders:write\"]");
    assertThat(refused.problem().toString()).doesNotContain("orders:read");
    assertThat(refused.problem().path("detail").asText()).startsWith("DELETE /orders/{id} needs ");
  }

  @Test
  void wrongCredentials_areToldApartForNobody() {
    String token = World.READER.token();
    String otherSecret =
        TestServer.withChecksum(token.substring(0, token.length() - 38) + "0".repeat(32));
    List<JsonNode> problems = new ArrayList<>();
    for (String wrong :
        List.of(
            "x",
            TestServer.unknownToken(TestServer.prefix(World.API)),
            otherSecret,
            SERVER.ownerToken())) {
      Told told = ask(asked("GET", "/orders").bearer(wrong));
      assertThat(told.status()).isEqualTo(401);
      assertThat(told.challenge())
          .isEqualTo("Bearer realm=\"" + World.API + "\", error=\"invalid_token\"");
      problems.add(((ObjectNode) told.problem()).without(List.of("request_id")));
    }
    assertThat(problems).containsOnly(problems.get(0));
  }

  @Test
  void revokedKey_isRefused() {
    Tenant.Made key = World.TENANT.key(World.API, "orders:read");
    expect(asked("GET", "/orders").bearer(key.token()), 200, "");
    World.TENANT.change(key, "revoke").ok();
    expect(asked("GET", "/orders").bearer(key.token()), 401, "key_revoked");
  }

  @Test
  void operations_ofOtherRequirements_areDecidedByThem() {
    expect(asked("GET", "/limits"), 401, "credential_missing");
    expect(asked("GET", "/limits").bearer(World.READER.token()), 200, "");
    expect(asked("POST", "/debug").bearer(World.EVERYTHING.token()), 403, "requirement_unknown");
    assertThat(ask(asked("GET", "/health")).identity().values())
        .containsExactlyInAnyOrder("-", "-", "-", "false");
  }

  /** What can be read in two ways is nobody's, whatever the key has. */
  @ParameterizedTest
  @CsvSource({
    "GET, /nothing",
    "GET, /orders%2f..%2fhealth",
    "GET, /health/../orders",
    "GET, //orders",
    "GET, /Orders",
    "GET, /orders;x=y",
    "GET, /orders%00",
    "HEAD, /orders",
    "OPTIONS, /orders",
    "get, /orders",
    "GET, /orders?_method=DELETE",
    "GET, /orders?a=b&_METHOD=DELETE",
    "GET, /orders?%5fmethod=DELETE"
  })
  void ambiguousRequest_isRefusedToEveryKey(String method, String target) {
    expect(asked(method, target).bearer(World.EVERYTHING.token()), 403, "requirement_unknown");
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-HTTP-Method-Override", "X-HTTP-Method", "x-method-override"})
  void headerForAnotherMethod_isRefusedToEveryKey(String header) {
    Asked asked = asked("GET", "/orders").bearer(World.EVERYTHING.token());
    expect(asked.with(header, "DELETE"), 403, "requirement_unknown");
    expect(asked.with(header, "get"), 200, "");
  }

  @Test
  void twoCredentials_areRefused() {
    String token = World.EVERYTHING.token();
    Asked one = asked("GET", "/orders").bearer(token);
    expect(one.with("X-API-Key", token), 400, "credential_ambiguous");
    expect(one.with("X-Shop-Key", token), 400, "credential_ambiguous");
    expect(
        asked("GET", "/orders").with("X-API-Key", token).with("X-Shop-Key", token),
        400,
        "credential_ambiguous");
    Told told = ask(one.with("X-API-Key", token));
    assertThat(told.challenge())
        .isEqualTo("Bearer realm=\"" + World.API + "\", error=\"invalid_request\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/orders?access_token=%s",
        "/orders?page=2&ACCESS_TOKEN=%s",
        "/orders?q=%s",
        "/health?q=%s",
        "/orders?api_key=",
        "/orders?a;apikey=%s",
        "/nothing?%s"
      })
  void keyInTheQuery_isRefused_whateverTheParameterIsCalled(String target) {
    String token = World.EVERYTHING.token();
    Asked asked = asked("GET", target.replace("%s", token));
    expect(asked, 400, "credential_ambiguous");
    expect(asked.bearer(token), 400, "credential_ambiguous");
    expect(
        asked("GET", target.replace("%s", token.replace("_", "%5F"))), 400, "credential_ambiguous");
  }

  @Test
  void keyInTheQuery_isRecordedAsExposed_once() {
    Tenant.Made key = World.TENANT.key(World.API, "orders:read");
    Asked asked = asked("GET", "/orders?q=" + key.token()).with("X-Forwarded-For", "192.0.2.7");
    expect(asked, 400, "credential_ambiguous");
    expect(asked, 400, "credential_ambiguous");
    List<JsonNode> events = awaitExposure(key);
    assertThat(events).hasSize(1);
    assertThat(events.get(0).path("source").asText()).isEqualTo("192.0.2.7");
    assertThat(events.toString()).doesNotContain(key.token());
  }

  private static List<JsonNode> awaitExposure(Tenant.Made key) {
    for (int i = 0; i < 10_000; i++) {
      List<JsonNode> events =
          World.TENANT.events().stream()
              .filter(e -> e.path("action").asText().equals("key.exposed"))
              .filter(e -> e.at("/target/id").asText().equals(key.id()))
              .toList();
      if (!events.isEmpty()) {
        return events;
      }
    }
    throw new AssertionError("the exposure of " + key + " was not recorded");
  }

  @Test
  void gatewayThatDoesNotProveItself_isNotBelieved() {
    Asked asked = asked("GET", "/orders").bearer(World.EVERYTHING.token());
    String elsewhere = SERVER.api();
    for (String wrong :
        List.of(
            "",
            "x",
            TestServer.unknownToken("bit"),
            World.EVERYTHING.token(),
            SERVER.operator().key("bitting", "keys:read").token(),
            gateway(elsewhere))) {
      Told told = ask(asked.by(wrong));
      assertThat(told.status() + " " + told.code())
          .as(wrong)
          .isEqualTo("503 gateway_misconfigured");
      assertThat(told.retryAfter()).isEqualTo("1");
      assertThat(told.identity()).isEmpty();
    }
    expect(asked.about(elsewhere), 503, "gateway_misconfigured");
    expect(asked.about("nothing-there"), 503, "gateway_misconfigured");
    expect(asked.about("bitting"), 503, "gateway_misconfigured");
  }

  @Test
  void clientsOwnIdentity_isNotBelieved() {
    Asked asked =
        asked("GET", "/orders")
            .with("X-Bitting-Key", World.EVERYTHING.id())
            .with("X-Bitting-Scopes", "orders:read");
    expect(asked, 401, "credential_missing");
    assertThat(ask(asked.bearer(World.READER.token())).identity())
        .containsEntry("X-Bitting-Key", World.READER.id());
  }

  @Test
  void scopesThatAreTooLong_areLeftOut_andThatIsSaid() {
    String api = SERVER.unique("wide");
    String prefix = TestServer.prefix(api);
    String scopes =
        IntStream.range(0, 90)
            .mapToObj(i ->
                "  - {scope: \"%s:n%02d\", category: C, access: read, description: D.}"
                    .formatted("s".repeat(40), i))
            .collect(Collectors.joining("\n"));
    SERVER
        .put(
            SERVER.ownerToken(),
            "/v1/apis/" + api,
            TestServer.json("name", "Wide", "prefix", prefix))
        .ok();
    SERVER
        .send(
            "PUT",
            SERVER.ownerToken(),
            "/v1/apis/" + api + "/catalog",
            "application/yaml",
            "catalog: 1\napi: %s\nname: Wide\nprefix: %s\nscopes:\n%s\n"
                .formatted(api, prefix, scopes))
        .ok();
    operations(
        api,
        """
        openapi: 3.1.0
        info: {title: Wide, version: "1"}
        components: {securitySchemes: {key: {type: http, scheme: bearer}}}
        paths: {/x: {get: {security: [{key: []}]}}}
        """);
    Tenant.Made key = World.TENANT.keyOfAll(api);
    Asked asked = new Asked(gateway(api), api, "GET", "/x", List.of());
    Told told = ask(asked.bearer(key.token()));
    assertThat(told.identity())
        .containsEntry("X-Bitting-Scopes", "-")
        .containsEntry("X-Bitting-Scopes-Omitted", "true")
        .containsEntry("X-Bitting-Key", key.id());
  }

  /** B1: a flood of wrong keys costs its sender the answer, and nobody a key. */
  @Test
  void wrongKeysWithoutEnd_areToldToWait_andAValidOneStillWorks() {
    Asked flooding =
        asked("GET", "/orders").with("X-Forwarded-For", "203.0.113." + (1 + ordinal()));
    int refused = 0;
    Told last;
    do {
      last = ask(flooding.bearer("x" + refused));
      refused++;
    } while (last.status() == 401 && refused < 2000);
    assertThat(last.code()).isEqualTo("rate_limited");
    assertThat(refused).isBetween(600, 1999);
    assertThat(Integer.parseInt(last.retryAfter())).isPositive();
    assertThat(last.challenge()).isEmpty();
    expect(flooding.bearer(World.READER.token()), 200, "");
    expect(
        asked("GET", "/orders").with("X-Forwarded-For", "203.0.113.200").bearer("x"),
        401,
        "credential_invalid");
  }

  /** Returns a number that no other dialect has. */
  abstract int ordinal();
}
