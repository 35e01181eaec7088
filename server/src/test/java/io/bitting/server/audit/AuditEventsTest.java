package io.bitting.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bitting.server.Problems;
import io.bitting.server.Tenant;
import io.bitting.server.TestServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code GET /v1/organizations/{org}/audit-events} and {@code GET /v1/audit-events}. */
final class AuditEventsTest {
  private static final TestServer SERVER = TestServer.shared();
  private static Tenant tenant;
  private static Tenant.Made key;

  @BeforeAll
  static void start() {
    tenant = SERVER.tenant();
    key = tenant.key("bitting", "org:read");
    tenant.change(key, "disable").ok();
    tenant.change(key, "enable").ok();
    SERVER.patch(tenant.owner(), tenant.path(key, ""), "{\"purpose\":\"Why?\"}").ok();
    tenant.change(key, "revoke").ok();
  }

  private static List<String> actions(String query) {
    return SERVER.items(tenant.owner(), tenant.path("/audit-events" + query), 200).stream()
        .map(event -> event.path("action").asText())
        .toList();
  }

  @Nested
  final class Status200 {
    @Test
    void list_isEverythingThatWasDone_theNewestFirst() {
      assertThat(actions("?target=" + key.id()))
          .containsExactly(
              "key.revoked", "key.edited", "key.enabled", "key.disabled", "key.created");
    }

    @Test
    void event_saysWhoDidWhatToWhatWhenAndFromWhere() {
      TestServer.Reply reply = tenant.change(tenant.key("bitting", "org:read"), "revoke");
      JsonNode event = tenant.events().get(0);
      JsonNode owner = SERVER.get(tenant.owner(), "/v1/whoami").json().path("key");
      assertThat(event.path("action").asText()).isEqualTo("key.revoked");
      assertThat(event.at("/actor/kind").asText()).isEqualTo("key");
      assertThat(event.at("/actor/id")).isEqualTo(owner.path("id"));
      assertThat(event.at("/target/kind").asText()).isEqualTo("key");
      assertThat(event.at("/target/id")).isEqualTo(reply.json().path("id"));
      assertThat(event.path("at").asText())
          .isGreaterThanOrEqualTo(reply.json().path("revoked_at").asText());
      assertThat(event.path("source").asText()).isEqualTo("127.0.0.1");
      assertThat(event.path("request_id").asText()).isEqualTo(reply.header("X-Request-Id"));
      assertThat(event.at("/changes/0/before").asText()).isEqualTo("active");
      assertThat(event.at("/changes/0/after").asText()).isEqualTo("revoked");
    }

    /** Each event has the hash of the one before it, and the numbers have no gap. */
    @Test
    void chain_isWhole() {
      for (List<JsonNode> events :
          List.of(tenant.events(), SERVER.items(SERVER.ownerToken(), "/v1/audit-events", 200))) {
        for (int i = 1; i < events.size(); i++) {
          assertThat(events.get(i - 1).path("previous_hash")).isEqualTo(events.get(i).path("hash"));
          assertThat(events.get(i - 1).path("number").asLong())
              .isEqualTo(events.get(i).path("number").asLong() + 1);
        }
        assertThat(events.get(events.size() - 1).path("previous_hash").asText()).matches("0{64}");
      }
    }

    @Test
    void list_filtered_hasThose() {
      JsonNode owner = SERVER.get(tenant.owner(), "/v1/whoami").json().path("key");
      assertThat(actions("?action=key.disabled")).containsExactly("key.disabled");
      assertThat(actions("?action=key.disabled&target=" + key.id())).hasSize(1);
      assertThat(actions("?actor=" + owner.path("id").asText()))
          .contains("key.revoked")
          .doesNotContain("organization.created");
      assertThat(actions("?action=KEY.DISABLED")).isEmpty();
      assertThat(actions("?action=key.%25")).isEmpty();
      assertThat(actions("?actor=" + key.id())).isEmpty();
    }

    /** What comes while one reads is newer than what one reads, and disturbs nothing. */
    @Test
    void list_inPages_whileEventsAreWritten_hasEachThatWasThere_once() {
      List<String> there = tenant.events().stream().map(e -> e.path("id").asText()).toList();
      List<String> walked = new ArrayList<>();
      String cursor = "";
      do {
        JsonNode page =
            SERVER.get(tenant.owner(), tenant.path("/audit-events?limit=2" + cursor)).ok().json();
        page.path("items").forEach(event -> walked.add(event.path("id").asText()));
        cursor =
            page.path("next_cursor").isNull() ? "" : "&cursor=" + page.path("next_cursor").asText();
        tenant.key("bitting", "org:read");
      } while (!cursor.isEmpty());
      assertThat(walked).isEqualTo(there);
    }

    @Test
    void list_ofTheInstallation_hasWhatConcernsIt_andNotWhatTenantsDo() {
      List<String> targets =
          SERVER.items(SERVER.ownerToken(), "/v1/audit-events", 200).stream()
              .map(event -> event.at("/target/id").asText())
              .toList();
      assertThat(targets).contains("bitting", tenant.id()).doesNotContain(key.id());
    }
  }

  @Nested
  final class Status400 {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "action=",
          "actor=%20",
          "target=%00",
          "target=a&target=b",
          "limit=0",
          "limit=1000",
          "order=asc",
          "from=2026-01-01"
        })
    void list_wrongParameter_isRefused(String query) {
      Problems.expect(
          SERVER.get(tenant.owner(), tenant.path("/audit-events?" + query)), 400, "query_invalid");
      Problems.expect(
          SERVER.get(SERVER.ownerToken(), "/v1/audit-events?" + query), 400, "query_invalid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "MA", "LTE", "MWUx", "OTk5OTk5OTk5OTk5OTk5OTk5OQ", "MSBPUiAx"})
    void list_madeUpCursor_isRefused(String cursor) {
      Problems.expect(
          SERVER.get(tenant.owner(), tenant.path("/audit-events?cursor=" + cursor)),
          400,
          "cursor_invalid");
    }
  }

  @Nested
  final class Status403And404 {
    @Test
    void list_withoutAuditRead_isRefused() {
      Tenant.Made reader = tenant.key("bitting", "keys:read", "org:read");
      Problems.expect(
          SERVER.get(reader.token(), tenant.path("/audit-events")), 403, "insufficient_scope");
      Problems.expect(SERVER.get(reader.token(), "/v1/audit-events"), 403, "insufficient_scope");
    }

    @Test
    void list_ofTheInstallation_byTenant_isRefused() {
      Problems.expect(SERVER.get(tenant.owner(), "/v1/audit-events"), 403, "insufficient_scope");
    }

    /** What a product's catalog includes tells of the key's own organization and no other. */
    @Test
    void list_ofTheInstallation_byAProductsKeyOfTheOperator_isRefused() {
      Tenant operator = SERVER.operator();
      String other = SERVER.unique("audited");
      SERVER
          .put(
              SERVER.ownerToken(),
              "/v1/apis/" + other,
              TestServer.json("name", "Shop", "prefix", TestServer.prefix(other)))
          .ok();
      SERVER
          .send(
              "PUT",
              SERVER.ownerToken(),
              "/v1/apis/" + other + "/catalog",
              "application/yaml",
              """
              catalog: 1
              api: %s
              name: Shop
              prefix: %s
              scopes:
                - {include: audit:read, category: Audit}
              """
                  .formatted(other, TestServer.prefix(other)))
          .ok();
      for (Tenant.Made key : List.of(operator.key(other, "audit:read"), operator.keyOfAll(other))) {
        assertThat(SERVER.get(key.token(), operator.path("/audit-events")).status()).isEqualTo(200);
        Problems.expect(SERVER.get(key.token(), "/v1/audit-events"), 403, "insufficient_scope");
      }
    }

    @Test
    void list_ofTenant_byTheOperator_isNotFound() {
      Problems.expect(
          SERVER.get(SERVER.ownerToken(), tenant.path("/audit-events")), 404, "not_found");
    }
  }
}
