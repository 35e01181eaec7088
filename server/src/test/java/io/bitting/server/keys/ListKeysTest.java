package io.bitting.server.keys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bitting.fixtures.KeyMother;
import io.bitting.fixtures.MutableClock;
import io.bitting.id.ApiId;
import io.bitting.id.OrganizationId;
import io.bitting.server.Problems;
import io.bitting.server.Tenant;
import io.bitting.server.TestServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code GET /v1/organizations/{org}/api-keys}. */
final class ListKeysTest {
  private static final MutableClock CLOCK = new MutableClock();
  private static TestServer server;
  private static Tenant tenant;
  private static String shop;
  private static Tenant.Made issuer;

  /** Keys of every kind, each named by what it is, all made in the same millisecond. */
  @BeforeAll
  static void start() {
    server = TestServer.start(CLOCK, List.of());
    tenant = server.tenant();
    shop = server.api();
    issuer =
        tenant.issue(
            tenant.owner(),
            TestServer.json(
                "api",
                "bitting",
                "name",
                "issuer",
                "scopes",
                List.of("keys:issue"),
                "reach",
                TestServer.parse("{\"issue\":[{\"api\":\"" + shop + "\",\"all_scopes\":true}]}")));
    make(tenant.owner(), "active reader", "2027-01-01T00:00:00Z", "orders:read");
    make(tenant.owner(), "ends today", "2026-03-01T12:00:00Z", "orders:write", "bot");
    tenant.change(make(tenant.owner(), "disabled", null, "bot"), "disable").ok();
    tenant.change(make(tenant.owner(), "revoked", null, "bot"), "revoke").ok();
    make(tenant.owner(), "expired", "2026-03-01T09:00:01Z", "bot");
    tenant.issue(
        issuer.token(), TestServer.json("api", shop, "name", "all 100%_", "all_scopes", true));
    CLOCK.advance(Duration.ofSeconds(1));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Tenant.Made make(String maker, String name, String expiry, String... scopes) {
    return tenant.issue(
        maker,
        TestServer.json(
            "api", shop, "name", name, "scopes", List.of(scopes), "expires_at", expiry));
  }

  private static List<String> names(String query) {
    return tenant.server().items(tenant.owner(), tenant.path("/api-keys" + query), 200).stream()
        .map(key -> key.path("name").asText())
        .sorted()
        .toList();
  }

  @Nested
  final class Filters {
    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "''|active reader, all 100%_, disabled, ends today, expired, issuer, owner, revoked",
          "?state=active|active reader, all 100%_, ends today, issuer, owner",
          "?state=disabled|disabled",
          "?state=revoked|revoked",
          "?state=expired|expired",
          "?api=bitting|issuer, owner",
          "?api=nowhere|''",
          "?scope=bot|disabled, ends today, expired, revoked",
          "?scope=orders:read|active reader",
          "?scope=ORDERS:READ|''",
          "?all_scopes=true|all 100%_, owner",
          "?all_scopes=false|active reader, disabled, ends today, expired, issuer, revoked",
          "?expires_within=3h|ends today, expired",
          "?expires_within=3h&state=active|ends today",
          "?expires_within=PT3H&state=active|ends today",
          "?expires_within=179m&state=active|''",
          "?expires_within=307d|active reader, all 100%_, ends today, expired, issuer, owner",
          "?q=READER|active reader",
          "?q=%25_|all 100%_",
          "?q=e&state=disabled|disabled",
          "?state=active&api=bitting&all_scopes=true|owner"
        })
    void list_filtered_hasThose(String query, String expected) {
      assertThat(String.join(", ", names(query))).isEqualTo(expected);
    }

    @Test
    void list_byMaker_hasThatOnes() {
      assertThat(names("?created_by=" + issuer.id())).containsExactly("all 100%_");
      assertThat(names("?created_by=0123456789AB")).isEmpty();
    }
  }

  @Nested
  final class Pages {
    /**
     * Many keys of one millisecond: the order goes on by id, so none is left out or shown twice.
     */
    @Test
    void list_inPagesOfTwo_hasEachKeyOnce_theNewestFirst() {
      List<JsonNode> walked = server.items(tenant.owner(), tenant.path("/api-keys"), 2);
      List<JsonNode> whole = server.items(tenant.owner(), tenant.path("/api-keys"), 200);
      assertThat(walked).isEqualTo(whole);
      assertThat(walked.stream().map(key -> key.path("created_at").asText()))
          .isSortedAccordingTo(java.util.Comparator.reverseOrder());
    }

    @Test
    void list_whileKeysAreMade_showsEachThatWasThere_once() {
      Tenant busy = server.tenant();
      List<String> there = new ArrayList<>();
      for (int i = 0; i < 7; i++) {
        there.add(busy.key(shop, "bot").id());
      }
      List<String> walked = new ArrayList<>();
      String cursor = "";
      do {
        JsonNode page =
            server.get(busy.owner(), busy.path("/api-keys?limit=2" + cursor)).ok().json();
        page.path("items").forEach(key -> walked.add(key.path("id").asText()));
        cursor =
            page.path("next_cursor").isNull() ? "" : "&cursor=" + page.path("next_cursor").asText();
        CLOCK.advance(Duration.ofMillis(1));
        busy.key(shop, "bot");
      } while (!cursor.isEmpty());
      assertThat(walked).containsAll(there).doesNotHaveDuplicates();
    }

    @Test
    void list_lastPageThatIsFull_hasNoCursor() {
      Tenant small = server.tenant();
      small.key(shop, "bot");
      JsonNode page = server.get(small.owner(), small.path("/api-keys?limit=2")).ok().json();
      assertThat(page.path("items")).hasSize(2);
      assertThat(page.path("next_cursor").isNull()).isTrue();
    }

    /** A cursor tells nothing that its holder has not seen, and shows nobody else's keys. */
    @Test
    void list_withTheCursorOfAnother_showsOnesOwn() {
      Tenant other = server.tenant();
      other.key(shop, "bot");
      String cursor =
          server
              .get(other.owner(), other.path("/api-keys?limit=1"))
              .ok()
              .json()
              .path("next_cursor")
              .asText();
      Set<String> shown = new HashSet<>();
      server
          .get(tenant.owner(), tenant.path("/api-keys?cursor=" + cursor))
          .ok()
          .json()
          .path("items")
          .forEach(key -> shown.add(key.path("organization").asText()));
      assertThat(shown).isSubsetOf(tenant.id());
    }
  }

  @Nested
  final class Status400 {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "limit=0",
          "limit=201",
          "limit=-1",
          "limit=1.5",
          "limit=",
          "limit=1&limit=2",
          "limit=%EF%BC%91",
          "state=tampered",
          "state=ACTIVE",
          "state=active&state=revoked",
          "api=No%20Slug",
          "scope=a%20b",
          "scope=%22",
          "created_by=",
          "all_scopes=yes",
          "all_scopes",
          "expires_within=soon",
          "expires_within=-1d",
          "expires_within=P1Y",
          "expires_within=9999999d",
          "q=",
          "q=%00",
          "q=%FF",
          "q=%C0%AF",
          "sort=name",
          "State=active",
          "name%5B$ne%5D=x",
          "%00=1",
          "=x"
        })
    void list_wrongParameter_isRefusedByName(String query) {
      Problems.expect(
          server.get(tenant.owner(), tenant.path("/api-keys?" + query)), 400, "query_invalid");
    }

    @Test
    void list_severalWrongParameters_areAllNamed() {
      String detail =
          Problems.expect(
                  server.get(
                      tenant.owner(), tenant.path("/api-keys?limit=0&state=x&sort=name&page=2")),
                  400,
                  "query_invalid")
              .path("detail")
              .asText();
      assertThat(detail).contains("\"limit\"", "\"state\"", "\"sort\"", "\"page\"");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "x",
          "",
          "%00",
          "MQ",
          "MTIzNDU2Nzg5MDEyMzQ1Njc4OS9BQUFBQUFBQUFBQUE",
          "LTEvMDAwMDAwMDAwMDAw",
          "MS8wMDAwMDAwMDAwMDAgT1IgMT0x",
          "=",
          "%F0%9F%92%A3"
        })
    void list_madeUpCursor_isRefused(String cursor) {
      Problems.expect(
          server.get(tenant.owner(), tenant.path("/api-keys?cursor=" + cursor)),
          400,
          "cursor_invalid");
    }

    @Test
    void list_endlessCursor_isRefused() {
      String cursor =
          Base64.getUrlEncoder()
              .withoutPadding()
              .encodeToString("1/".repeat(2_000).getBytes(StandardCharsets.US_ASCII));
      Problems.expect(
          server.get(tenant.owner(), tenant.path("/api-keys?cursor=" + cursor)),
          400,
          "cursor_invalid");
    }
  }

  @Nested
  final class Status404 {
    @Test
    void list_ofAnother_isAsOfOneThatNeverWas() {
      Tenant other = server.tenant();
      TestServer.Reply never = server.get(tenant.owner(), "/v1/organizations/never/api-keys");
      Problems.expect(never, 404, "not_found");
      for (String org : List.of(other.slug(), other.id(), "OPERATOR", "operator")) {
        assertThat(
                Problems.comparable(
                    server.get(tenant.owner(), "/v1/organizations/" + org + "/api-keys")))
            .as(org)
            .isEqualTo(Problems.comparable(never));
      }
    }
  }

  /** A filter looks at 5,000 keys for a page, and the next page looks on from there. */
  @Test
  void list_ofFewAmongMany_looksOnPageByPage() {
    Tenant crowded = server.tenant();
    OrganizationId organization = new OrganizationId(crowded.id());
    server
        .store()
        .write(writer -> {
          for (int i = 0; i < 5_300; i++) {
            String name = i == 100 ? "needle" : "hay " + i;
            KeyMother.Made made =
                KeyMother.key(organization, new ApiId(shop))
                    .scopes("bot")
                    .name(name)
                    .createdAt(MutableClock.START.plusMillis(i))
                    .build();
            writer.insertKey(made.key(), made.secret());
          }
          return 0;
        });
    JsonNode first = page(crowded, "?q=needle");
    assertThat(first.path("items")).isEmpty();
    JsonNode second = page(crowded, "?q=needle&cursor=" + first.path("next_cursor").asText());
    assertThat(second.at("/items/0/name").asText()).isEqualTo("needle");
    assertThat(second.path("next_cursor").isNull()).isTrue();
    JsonNode common = page(crowded, "?q=hay&limit=5");
    assertThat(common.path("items")).hasSize(5);
    assertThat(common.path("next_cursor").isNull()).isFalse();
  }

  private static JsonNode page(Tenant crowded, String query) {
    return server.get(crowded.owner(), crowded.path("/api-keys" + query)).ok().json();
  }
}
