package io.bitting.server.apis;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bitting.server.Problems;
import io.bitting.server.Tenant;
import io.bitting.server.TestServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * {@code PUT /v1/apis/{api}/operations}, what is shown of them, and checks that are made by
 * operation.
 */
final class PutOperationsTest {
  private static final TestServer SERVER = TestServer.shared();

  private static final String DOCUMENT =
      """
      openapi: 3.1.0
      info: {title: Shop, version: "1"}
      components:
        securitySchemes:
          key: {type: http, scheme: bearer}
      paths:
        /orders:
          get: {operationId: listOrders, summary: List orders, tags: [Orders], security: [{key: [orders:read]}]}
          post: {operationId: placeOrder, security: [{key: [orders:write]}]}
        /orders/{id}:
          get: {operationId: showOrder, security: [{key: [orders:read]}]}
          delete: {operationId: refundOrder, security: [{key: [orders:write, orders:refund]}]}
        /orders/mine:
          get: {operationId: myOrders, security: [{key: [bot]}, {key: [orders:refund]}]}
        /limits:
          get: {operationId: limits, security: [{key: []}]}
        /debug:
          post: {operationId: debug}
      """;

  private static final String OPEN =
      """
        /health:
          get: {operationId: health, security: []}
      """;

  private static TestServer.Reply put(String api, String query, String document) {
    return SERVER.send(
        "PUT",
        SERVER.ownerToken(),
        "/v1/apis/" + api + "/operations" + query,
        "application/yaml",
        document);
  }

  private static JsonNode verify(String api, String token, String method, String path) {
    return SERVER
        .post(
            SERVER.ownerToken(),
            "/v1/verify",
            TestServer.json(
                "token",
                token,
                "api",
                api,
                "operation",
                TestServer.parse(TestServer.json("method", method, "path", path))))
        .ok()
        .json();
  }

  private static String decided(JsonNode answer) {
    return answer.path("decision").asText()
        + (answer.path("reason").isNull() ? "" : " " + answer.path("reason").asText())
        + (answer.has("operation") ? " " + answer.at("/operation/path").asText() : "");
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  @Nested
  final class Status200 {
    @Test
    void put_firstDocument_isVersionOne_andIsListed() {
      String api = SERVER.api();
      JsonNode change = put(api, "", DOCUMENT).ok().json();
      assertThat(change.path("applied").asBoolean()).isTrue();
      assertThat(change.path("version").asInt()).isEqualTo(1);
      assertThat(change.path("total").asInt()).isEqualTo(7);
      assertThat(change.at("/difference/added")).hasSize(7);
      assertThat(texts(change.path("undeclared"))).containsExactly("POST /debug");
      assertThat(change.path("new_scopes")).isEmpty();
      JsonNode listed =
          SERVER.get(SERVER.ownerToken(), "/v1/apis/" + api + "/operations").ok().json();
      assertThat(listed.path("operations")).hasSize(7);
      assertThat(listed.at("/operations/0").toString())
          .isEqualTo(
              "{\"method\":\"GET\",\"path\":\"/orders\",\"id\":\"listOrders\",\"summary\":\"List orders\",\"tag\":\"Orders\",\"requirement\":{\"any_of\":[[\"orders:read\"]]}}");
      JsonNode event =
          SERVER
              .get(SERVER.ownerToken(), "/v1/audit-events?action=operations.changed&limit=1")
              .ok()
              .json()
              .at("/items/0");
      assertThat(event.at("/target/id").asText()).isEqualTo(api);
    }

    @Test
    void put_dryRunAndTheSameAgain_changeNothing() {
      String api = SERVER.api();
      String before = SERVER.position();
      JsonNode proposed = put(api, "?dry_run=true", DOCUMENT).ok().json();
      assertThat(proposed.path("applied").asBoolean()).isFalse();
      assertThat(SERVER.position()).isEqualTo(before);
      put(api, "", DOCUMENT).ok();
      String after = SERVER.position();
      assertThat(put(api, "", DOCUMENT).ok().json().path("version").asInt()).isEqualTo(1);
      assertThat(SERVER.position()).isEqualTo(after);
    }

    @Test
    void put_narrowerDocument_namesWhoLoses() {
      String api = SERVER.api();
      put(api, "", DOCUMENT).ok();
      Tenant.Made reader = SERVER.tenant().key(api, "orders:read");
      JsonNode change =
          put(
                  api,
                  "",
                  DOCUMENT.replace(
                      "showOrder, security: [{key: [orders:read]}]",
                      "showOrder, security: [{key: [orders:refund]}]"))
              .ok()
              .json();
      assertThat(change.path("gaining_total").asInt()).isZero();
      assertThat(change.at("/losing/0/id").asText()).isEqualTo(reader.id());
      assertThat(texts(change.at("/losing/0/operations"))).containsExactly("GET /orders/{id}");
      assertThat(change.at("/difference/changed/0/before/any_of/0/0").asText())
          .isEqualTo("orders:read");
      assertThat(decided(verify(api, reader.token(), "GET", "/orders/7")))
          .isEqualTo("denied insufficient_scope /orders/{id}");
    }

    @Test
    void coverage_saysWhatIsAmiss() {
      String api = SERVER.api();
      put(api, "", DOCUMENT.replace("[orders:write, orders:refund]", "[orders:write, orders:burn]"))
          .ok();
      JsonNode coverage =
          SERVER.get(SERVER.ownerToken(), "/v1/apis/" + api + "/coverage").ok().json();
      assertThat(coverage.path("complete").asBoolean()).isFalse();
      assertThat(texts(coverage.path("undeclared"))).containsExactly("POST /debug");
      assertThat(texts(coverage.path("unknown_scopes"))).containsExactly("orders:burn");
      assertThat(coverage.path("unused_scopes")).isEmpty();
      assertThat(coverage.path("operations")).hasSize(7);
    }
  }

  @Nested
  final class ByOperation {
    private static final String API = SERVER.api();
    private static final Tenant TENANT = SERVER.tenant();

    static {
      JsonNode problem = put(API, "", DOCUMENT + OPEN).json();
      put(API, "?confirm=" + problem.path("confirmation").asText(), DOCUMENT + OPEN).ok();
    }

    @ParameterizedTest
    @CsvSource({
      "GET, /orders, allowed /orders",
      "GET, /orders?state=open&x=%2F, allowed /orders",
      "GET, /orders/7, allowed /orders/{id}",
      "POST, /orders, denied insufficient_scope /orders",
      "DELETE, /orders/7, denied insufficient_scope /orders/{id}",
      "GET, /orders/mine, denied insufficient_scope /orders/mine",
      "GET, /limits, allowed /limits",
      "GET, /health, allowed /health",
      "POST, /debug, denied operation_undeclared /debug",
      "GET, /nothing, denied operation_unknown",
      "PATCH, /orders, denied operation_unknown",
      "get, /orders, denied operation_unknown",
      "GET, //orders, denied operation_ambiguous",
      "GET, /orders/../limits, denied operation_ambiguous",
      "GET, /orders/MINE, denied operation_ambiguous",
      "GET, /orders/m%69ne, denied operation_ambiguous",
      "GET, /orders/7;x=y, denied operation_ambiguous",
      "GET, http://x/orders, denied operation_ambiguous",
      "'', '', denied operation_unknown"
    })
    void verify_reader_isDecidedByWhatTheDocumentSays(String method, String path, String expected) {
      Tenant.Made reader = TENANT.key(API, "orders:read");
      String decided = decided(verify(API, reader.token(), method, path));
      if (path.isEmpty()) {
        assertThat(decided).startsWith("denied operation_");
      } else {
        assertThat(decided).isEqualTo(expected);
      }
    }

    @Test
    void verify_withoutAKey_isAllowedWhereNoneIsNeeded_andNowhereElse() {
      assertThat(decided(verify(API, "", "GET", "/health"))).isEqualTo("allowed /health");
      assertThat(decided(verify(API, "garbage", "GET", "/health"))).isEqualTo("allowed /health");
      assertThat(decided(verify(API, "", "GET", "/orders")))
          .isEqualTo("denied credential_missing /orders");
    }

    @Test
    void verify_undeclared_isDeniedToAKeyOfAllScopes() {
      assertThat(decided(verify(API, TENANT.keyOfAll(API).token(), "POST", "/debug")))
          .isEqualTo("denied operation_undeclared /debug");
    }

    @Test
    void verify_apiWithoutOperations_knowsNone() {
      String bare = SERVER.api();
      assertThat(decided(verify(bare, TENANT.keyOfAll(bare).token(), "GET", "/orders")))
          .isEqualTo("denied operation_unknown");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "{}|/operation/method member_missing, /operation/path member_missing",
          "{'method':1,'path':[]}|/operation/method type_wrong, /operation/path type_wrong",
          "{'method':'GET','path':'/','id':'x'}|/operation/id member_unknown",
          "7|/operation type_wrong"
        })
    void verify_faults_areAllNamed(String operation, String faults) {
      Problems.expectFaults(
          SERVER.post(
              SERVER.ownerToken(),
              "/v1/verify",
              "{\"token\":\"x\",\"api\":\""
                  + API
                  + "\",\"operation\":"
                  + operation.replace('\'', '"')
                  + "}"),
          faults.split(", ", -1));
    }
  }

  @Nested
  final class Status409 {
    @Test
    void put_whatNeedsNoKeyFromNowOn_isConfirmedFirst() {
      String api = SERVER.api();
      put(api, "", DOCUMENT).ok();
      String before = SERVER.position();
      JsonNode problem =
          Problems.expect(put(api, "", DOCUMENT + OPEN), 409, "confirmation_required");
      assertThat(texts(problem.path("opened"))).containsExactly("GET /health");
      assertThat(SERVER.position()).isEqualTo(before);
      String confirm = "?confirm=" + problem.path("confirmation").asText();
      // It confirms this and nothing else.
      Problems.expect(
          put(api, confirm, DOCUMENT + OPEN.replace("/health", "/healthz")),
          409,
          "confirmation_required");
      assertThat(SERVER.position()).isEqualTo(before);
      assertThat(put(api, confirm, DOCUMENT + OPEN).ok().json().path("version").asInt())
          .isEqualTo(2);
      // Once it is open, it is not asked for again.
      put(api, "", DOCUMENT.replace("List orders", "Lists orders") + OPEN).ok();
    }

    @Test
    void put_whatKeysCouldCallMore_isConfirmedFirst() {
      String api = SERVER.api();
      put(api, "", DOCUMENT).ok();
      Tenant.Made reader = SERVER.tenant().key(api, "orders:read");
      String wider = DOCUMENT.replace("security: [{key: [orders:write]}]", "security: [{key: []}]");
      JsonNode problem = Problems.expect(put(api, "", wider), 409, "confirmation_required");
      assertThat(problem.path("gaining_total").asInt()).isEqualTo(1);
      assertThat(problem.at("/gaining/0/id").asText()).isEqualTo(reader.id());
      assertThat(texts(problem.at("/gaining/0/operations"))).containsExactly("POST /orders");
      assertThat(decided(verify(api, reader.token(), "POST", "/orders")))
          .isEqualTo("denied insufficient_scope /orders");
      put(api, "?confirm=" + problem.path("confirmation").asText(), wider).ok();
      assertThat(decided(verify(api, reader.token(), "POST", "/orders")))
          .isEqualTo("allowed /orders");
    }

    @Test
    void put_operationsOfBitting_areItsOwn() {
      Problems.expect(put("bitting", "", DOCUMENT), 409, "api_immutable");
    }
  }

  @Nested
  final class Status422 {
    @Test
    void put_brokenDocument_isRefusedWhole_everyFaultWithItsLine() {
      String api = SERVER.api();
      String before = SERVER.position();
      JsonNode problem =
          Problems.expectFaults(
              put(
                  api,
                  "",
                  DOCUMENT
                      .replace("limits, security: [{key: []}]", "limits, security: key")
                      .replace("placeOrder, security: [{key:", "placeOrder, security: [{kye:")),
              "/paths/~1orders/post/security/0/kye openapi_scheme_unknown",
              "/paths/~1limits/get/security openapi_security_malformed");
      assertThat(problem.at("/1/line").asInt()).isEqualTo(16);
      assertThat(SERVER.position()).isEqualTo(before);
    }
  }

  @Nested
  final class Status403And404 {
    @Test
    void put_byWhoeverMayNot_isRefused() {
      String api = SERVER.api();
      TestServer.Reply reply =
          SERVER.send(
              "PUT",
              SERVER.tenant().owner(),
              "/v1/apis/" + api + "/operations",
              "application/yaml",
              DOCUMENT);
      Problems.expect(reply, 403, "insufficient_scope");
    }

    @Test
    void operations_ofAnApiThatHasNone_areNotFound() {
      String api = SERVER.api();
      Problems.expect(
          SERVER.get(SERVER.ownerToken(), "/v1/apis/" + api + "/operations"), 404, "not_found");
      Problems.expect(put("nowhere", "", DOCUMENT), 404, "not_found");
    }
  }
}
