package io.bitting.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bitting.audit.VerifyingKey;
import io.bitting.client.protocol.AuditCheckpointAnswer;
import io.bitting.client.protocol.Json;
import io.bitting.server.Problems;
import io.bitting.server.Tenant;
import io.bitting.server.TestServer;
import io.bitting.server.http.Csv;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Exports, checkpoints, signing keys and erasure over HTTP. */
final class ExportAuditTest {
  private static final TestServer SERVER = TestServer.shared();
  private static Tenant tenant;
  private static Tenant.Made formula;
  private static JsonNode checkpoint;

  @BeforeAll
  static void start() {
    tenant = SERVER.tenant();
    formula =
        tenant.issue(
            tenant.owner(),
            TestServer.json(
                "api", "bitting", "name", "=1+1, \"x\"", "scopes", List.of("org:read")));
    tenant.change(formula, "disable").ok();
    tenant.change(formula, "enable").ok();
    checkpoint = sign(tenant);
  }

  private static JsonNode sign(Tenant whose) {
    return SERVER.post(whose.owner(), whose.path("/audit-checkpoints"), "").ok().json();
  }

  private static TestServer.Reply export(String query) {
    return SERVER.get(tenant.owner(), tenant.path("/audit-export" + query));
  }

  private static List<JsonNode> lines(String text) {
    return text.lines().map(TestServer::parse).toList();
  }

  @Nested
  final class Status200 {
    @Test
    void export_hasEveryEventInOrder_thenCheckpoints() {
      List<JsonNode> lines = lines(export("").ok().text());
      List<JsonNode> events =
          lines.stream().filter(line -> line.path("type").asText().equals("event")).toList();
      long last = checkpoint.path("number").asLong();
      assertThat(events).hasSize((int) last);
      for (int i = 0; i < last; i++) {
        assertThat(lines.get(i)).isEqualTo(events.get(i));
        assertThat(events.get(i).path("number").asLong()).isEqualTo(i + 1);
        assertThat(events.get(i).path("chain").asText()).isEqualTo(tenant.id());
      }
      assertThat(lines.get(lines.size() - 1)).isEqualTo(checkpoint);
      assertThat(events.get((int) last - 1).at("/source/value").asText()).isEqualTo("127.0.0.1");
    }

    /** What came after the newest checkpoint is not in it: no signature vouches for that. */
    @Test
    void export_endsAtTheNewestCheckpoint() {
      Tenant other = SERVER.tenant();
      JsonNode signed = sign(other);
      other.key("bitting", "org:read");
      String before = SERVER.get(other.owner(), other.path("/audit-export")).ok().text();
      assertThat(before).endsWith(signed + "\n").doesNotContain("\"number\":" + after(signed));
      JsonNode next = sign(other);
      assertThat(next.path("number").asLong()).isEqualTo(after(signed));
      assertThat(SERVER.get(other.owner(), other.path("/audit-export")).ok().text())
          .contains("\"number\":" + after(signed))
          .endsWith(signed + "\n" + next + "\n");
    }

    private long after(JsonNode signed) {
      return signed.path("number").asLong() + 1;
    }

    @Test
    void export_inParts_isTheWhole_whateverComesBetween() {
      Tenant other = SERVER.tenant();
      for (int i = 0; i < 3; i++) {
        other.key("bitting", "org:read");
      }
      sign(other);
      String whole = SERVER.get(other.owner(), other.path("/audit-export")).ok().text();
      String csv = SERVER.get(other.owner(), other.path("/audit-export?format=csv")).ok().text();
      for (String format : List.of("ndjson", "csv")) {
        StringBuilder parts = new StringBuilder();
        String cursor = "";
        int count = 0;
        do {
          TestServer.Reply part =
              SERVER
                  .get(other.owner(), other.path("/audit-export?limit=2&format=" + format + cursor))
                  .ok();
          parts.append(part.text());
          count++;
          String next = part.header("Bitting-Next-Cursor");
          cursor = next.isEmpty() ? "" : "&cursor=" + next;
          other.key("bitting", "org:read");
          sign(other);
        } while (!cursor.isEmpty());
        assertThat(count).isGreaterThan(2);
        if (format.equals("csv")) {
          assertThat(parts).hasToString(csv);
          // What was written since the first format was read is not in the second.
          continue;
        }
        assertThat(parts).hasToString(whole);
        csv = SERVER.get(other.owner(), other.path("/audit-export?format=csv")).ok().text();
      }
    }

    @Test
    void export_filtered_hasThose_andNoCheckpoint() {
      List<JsonNode> lines = lines(export("?action=key.disabled&target=" + formula.id()).text());
      assertThat(lines).hasSize(1);
      assertThat(lines.get(0).path("action").asText()).isEqualTo("key.disabled");
      assertThat(export("?until=2001-01-01T00:00:00Z").ok().text()).isEmpty();
      assertThat(lines(export("?from=2026-01-01T00:00:00%2B02:00").ok().text()))
          .hasSize((int) checkpoint.path("number").asLong());
    }

    /** A spreadsheet does not work out what somebody has called a key. */
    @Test
    void export_csv_isATableWithoutFormulas() {
      List<String> rows = export("?format=csv&target=" + formula.id()).ok().text().lines().toList();
      assertThat(rows.get(0))
          .isEqualTo(
              "\"number\",\"id\",\"at\",\"action\",\"actor_kind\",\"actor\",\"target_kind\",\"target\",\"source\",\"request_id\",\"changes\",\"previous_hash\",\"hash\"");
      assertThat(rows.get(1))
          .contains(
              ",\"key.created\",\"key\",",
              ",\"127.0.0.1\",",
              "\"\"after\"\":\"\"=1+1, \\\"\"x\\\"\"\"\"");
      assertThat(Csv.line(List.of("=1+1", "@a,b", "-", "+", "\tx", "\0", "＝1", "a\"b", "a=b", "")))
          .isEqualTo(
              "\"'=1+1\",\"'@a,b\",\"'-\",\"'+\",\"'\tx\",\"'\0\",\"'＝1\",\"a\"\"b\",\"a=b\",\"\"\r\n");
    }

    @Test
    void export_ofTheInstallation_hasItsOwnChain() {
      SERVER.post(SERVER.ownerToken(), "/v1/audit-checkpoints", "{}").ok();
      List<JsonNode> lines =
          lines(SERVER.get(SERVER.ownerToken(), "/v1/audit-export?limit=5000").ok().text());
      assertThat(lines).allMatch(line -> line.path("chain").asText().equals("installation"));
      assertThat(lines)
          .anyMatch(line -> line.path("action").asText().equals("signing_key.created"));
    }

    @Test
    void checkpoint_isSignedByTheListedKey_andTheSameUntilSomethingHappens() {
      JsonNode keys = SERVER.get(tenant.owner(), "/v1/audit/signing-keys").ok().json();
      VerifyingKey key = VerifyingKey.parse(keys.at("/items/0/public_key").asText()).get(0);
      assertThat(keys.at("/items/0/id").asText()).isEqualTo(key.id());
      assertThat(
              key.hasSigned(
                  Json.read(
                          checkpoint.toString().getBytes(StandardCharsets.UTF_8),
                          AuditCheckpointAnswer.class)
                      .toCheckpoint()))
          .isTrue();
      String before = tenant.everything();
      assertThat(sign(tenant)).isEqualTo(checkpoint);
      assertThat(tenant.everything()).isEqualTo(before);
    }

    @Test
    void list_ofATime_hasThose() {
      Tenant other = SERVER.tenant();
      Tenant.Made key = other.key("bitting", "org:read");
      String at = other.events().get(0).path("at").asText();
      assertThat(ids(other, "?from=" + at)).contains(key.id());
      assertThat(ids(other, "?until=" + at)).doesNotContain(key.id()).isNotEmpty();
    }

    private List<String> ids(Tenant whose, String query) {
      return SERVER.items(whose.owner(), whose.path("/audit-events" + query), 200).stream()
          .map(event -> event.at("/target/id").asText())
          .toList();
    }
  }

  @Nested
  final class Erasure {
    @Test
    void erase_anAddress_leavesWholeEvents_andSaysSo() {
      Tenant other = SERVER.tenant();
      other.key("bitting", "org:read");
      long before = other.events().stream().filter(e -> !e.path("source").isNull()).count();
      JsonNode signed = sign(other);
      JsonNode answer = erase(other, TestServer.json("source", "127.0.0.1")).ok().json();
      assertThat(answer.path("erased").asLong()).isEqualTo(before).isPositive();
      List<JsonNode> events = other.events();
      assertThat(events.get(0).path("action").asText()).isEqualTo("audit.erased");
      assertThat(events.get(0).path("changes").toString()).doesNotContain("127.0.0.1");
      assertThat(events.subList(1, events.size())).allMatch(e -> e.path("source").isNull());
      assertThat(events.get(1).path("hash")).isEqualTo(signed.path("hash"));
    }

    @Test
    void erase_ofAnActor_namesIt() {
      Tenant other = SERVER.tenant();
      JsonNode owner = SERVER.get(other.owner(), "/v1/whoami").json().path("key");
      other.key("bitting", "org:read");
      JsonNode answer =
          erase(other, TestServer.json("actor", owner.path("id").asText())).ok().json();
      assertThat(answer.path("erased").asLong()).isEqualTo(1);
      assertThat(other.events().get(0).path("changes").toString())
          .contains(owner.path("id").asText());
    }

    @Test
    void erase_whatIsNotThere_changesNothing() {
      String before = tenant.everything();
      assertThat(
              erase(tenant, TestServer.json("source", "192.0.2.1"))
                  .ok()
                  .json()
                  .path("erased")
                  .asLong())
          .isZero();
      assertThat(tenant.everything()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "{}",
          "{\"source\":\"127.0.0.1\",\"actor\":\"x\"}",
          "{\"source\":7}",
          "{\"source\":\"\"}",
          "{\"actor\":null}",
          "{\"source\":\"127.0.0.1\",\"everything\":true}",
          "{\"actor\":\"\\u0000\"}"
        })
    void erase_wrongBody_isRefused_andNothingIsChanged(String body) {
      String before = tenant.everything();
      Problems.expect(erase(tenant, body), 422, "validation_failed");
      assertThat(tenant.everything()).isEqualTo(before);
    }

    private TestServer.Reply erase(Tenant whose, String body) {
      return SERVER.post(whose.owner(), whose.path("/audit-erasures"), body);
    }

    @Test
    void erase_inAnotherOrganization_isNotFound() {
      Problems.expect(
          SERVER.post(
              SERVER.ownerToken(),
              tenant.path("/audit-erasures"),
              TestServer.json("source", "127.0.0.1")),
          404,
          "not_found");
    }
  }

  @Nested
  final class Refused {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "format=xml",
          "format=",
          "limit=0",
          "limit=5001",
          "from=yesterday",
          "from=2026-01-01",
          "from=2999-01-01T00:00:00Z",
          "from=2026-02-01T00:00:00Z&until=2026-01-01T00:00:00Z",
          "until=2026-02-30T00:00:00Z",
          "action=",
          "order=asc"
        })
    void export_wrongParameter_isRefused(String query) {
      Problems.expect(export("?" + query), 400, "query_invalid");
      Problems.expect(
          SERVER.get(SERVER.ownerToken(), "/v1/audit-export?" + query), 400, "query_invalid");
    }

    @Test
    void export_severalWrongParameters_namesEach() {
      List<String> missing = new ArrayList<>(List.of("format", "limit", "from", "order"));
      String detail = export("?format=x&limit=x&from=x&order=x").json().path("detail").asText();
      missing.removeIf(name -> detail.contains("\"" + name + "\""));
      assertThat(missing).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "MA", "MC4w", "MS4w", "MS4yLjM", "LTEuNQ"})
    void export_madeUpCursor_isRefused(String cursor) {
      Problems.expect(export("?cursor=" + cursor), 400, "cursor_invalid");
    }

    @Test
    void export_withoutACheckpoint_saysWhatToDo() {
      Tenant other = SERVER.tenant();
      TestServer.Reply reply = SERVER.get(other.owner(), other.path("/audit-export"));
      Problems.expect(reply, 409, "state_conflict");
      assertThat(reply.json().path("detail").asText()).contains("POST to audit-checkpoints");
    }

    @Test
    void ofAnotherOrganization_isNotFound() {
      Tenant other = SERVER.tenant();
      for (String token : List.of(other.owner(), SERVER.ownerToken())) {
        Problems.expect(SERVER.get(token, tenant.path("/audit-export")), 404, "not_found");
        Problems.expect(
            SERVER.post(token, tenant.path("/audit-checkpoints"), ""), 404, "not_found");
      }
    }

    /** They tell of every organization, and take a scope that no product can include. */
    @Test
    void ofTheInstallation_byATenant_isRefused() {
      Problems.expect(SERVER.get(tenant.owner(), "/v1/audit-export"), 403, "insufficient_scope");
      Problems.expect(
          SERVER.post(tenant.owner(), "/v1/audit-checkpoints", ""), 403, "insufficient_scope");
    }
  }
}
