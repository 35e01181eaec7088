package io.bitting.server.review;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bitting.fixtures.MutableClock;
import io.bitting.organization.Role;
import io.bitting.server.Problems;
import io.bitting.server.Tenant;
import io.bitting.server.TestServer;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code GET …/review}, {@code POST …/review/decisions}, {@code GET …/api-keys/{key}/right-size}
 * and {@code POST …/what-if}.
 */
final class ReviewTest {
  private static final MutableClock CLOCK = new MutableClock();
  private static final PlainUsage USAGE = new PlainUsage();

  private static TestServer server;
  private static String api;

  private Tenant tenant;

  @BeforeAll
  static void start() {
    server = TestServer.startReviewing(CLOCK, USAGE);
    api = server.api();
    USAGE.on(api);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void freshTenant() {
    tenant = server.tenant().endless();
  }

  private static Instant now() {
    return CLOCK.instant();
  }

  private static Instant ago(int days) {
    return now().minus(Duration.ofDays(days));
  }

  /** Makes a key with a purpose that does not expire for a year, so that little is found. */
  private Tenant.Made key(String name, String... scopes) {
    return tenant.issue(
        tenant.owner(),
        TestServer.json(
            "api",
            api,
            "name",
            name,
            "purpose",
            "tests",
            "scopes",
            List.of(scopes),
            "expires_at",
            now().plus(Duration.ofDays(365)).toString()));
  }

  private JsonNode review(String query) {
    return server.get(tenant.owner(), tenant.path("/review" + query)).ok().json();
  }

  private static List<String> names(JsonNode review) {
    List<String> names = new ArrayList<>();
    review.path("items").forEach(item -> names.add(item.at("/key/name").asText()));
    return names;
  }

  /** What is found about a key, as words by kind. */
  private static List<String> kinds(JsonNode review, String name) {
    List<String> kinds = new ArrayList<>();
    for (JsonNode item : review.path("items")) {
      if (item.at("/key/name").asText().equals(name)) {
        item.path("findings").forEach(finding -> kinds.add(finding.path("kind").asText()));
      }
    }
    return kinds;
  }

  private TestServer.Reply decide(Object... members) {
    return server.post(tenant.owner(), tenant.path("/review/decisions"), TestServer.json(members));
  }

  @Nested
  final class Found {
    @Test
    void review_ofEverySortOfFinding_ranksThemAndSaysWhy() {
      Tenant.Made fine = key("fine", "orders:read");
      key("idle", "orders:read");
      Tenant.Made wide = key("wide", "orders:read", "orders:refund", "bot");
      tenant.issue(
          tenant.owner(),
          TestServer.json("api", api, "name", "all", "all_scopes", true, "expires_at", null));
      Tenant.Made maker = tenant.key("bitting", "keys:issue", "org:read");
      Tenant.Made orphan =
          tenant.issue(
              maker.token(),
              TestServer.json(
                  "api",
                  "bitting",
                  "name",
                  "orphan",
                  "purpose",
                  "x",
                  "scopes",
                  List.of("org:read")));
      tenant.change(maker, "revoke").ok();
      CLOCK.advance(Duration.ofDays(91));
      for (Tenant.Made key : List.of(fine, wide)) {
        USAGE.allowed(key.id(), "orders:read", ago(1), 7);
      }
      USAGE.allowed(orphan.id(), "org:read", ago(89), 1);
      USAGE.denied(orphan.id(), "org:read", now().minusSeconds(60));

      JsonNode review = review("");
      assertThat(kinds(review, "fine")).isEmpty();
      assertThat(kinds(review, "idle")).containsExactly("unused");
      assertThat(kinds(review, "wide")).containsExactly("unused_scopes");
      assertThat(kinds(review, "all"))
          .containsExactly("all_scopes", "unused", "no_expiry", "no_purpose");
      assertThat(kinds(review, "orphan")).containsExactly("expired_called");
      assertThat(names(review)).startsWith("all").doesNotContain("fine");
      assertThat(review.path("items").findValuesAsText("risk")).startsWith("high");
      List<Integer> points = new ArrayList<>();
      review.path("items").forEach(item -> points.add(item.path("points").asInt()));
      assertThat(points).isSortedAccordingTo(Comparator.reverseOrder());
      assertThat(review.at("/items/0/findings/0/words").asText())
          .isEqualTo(
              "may do everything that "
                  + api
                  + " has to offer, 9 scopes (2 dangerous) today and whatever comes");
      assertThat(review.path("complete").asBoolean()).isTrue();
    }

    /** The key that made a key is gone: whoever held it may have kept what it made. */
    @Test
    void review_keyOfARevokedMaker_saysWhoMadeIt() {
      Tenant.Made maker = tenant.key("bitting", "keys:issue", "org:read");
      Tenant.Made orphan =
          tenant.issue(
              maker.token(),
              TestServer.json("api", "bitting", "name", "orphan", "scopes", List.of("org:read")));
      assertThat(kinds(review(""), "orphan")).doesNotContain("maker_gone");
      tenant.change(maker, "revoke").ok();
      assertThat(kinds(review(""), "orphan")).contains("maker_gone");
      assertThat(review("").toString())
          .contains("was made by key " + maker.id() + ", revoked on ")
          .contains(orphan.id());
    }

    @Test
    void review_lostCounters_isMarkedAndFindsNoUnusedScopes() {
      Tenant.Made wide = key("wide", "orders:read", "orders:refund");
      CLOCK.advance(Duration.ofDays(2));
      USAGE.allowed(wide.id(), "orders:read", now().minusSeconds(60), 1);
      assertThat(kinds(review(""), "wide")).containsExactly("unused_scopes");
      Instant lost = now().minus(Duration.ofHours(30));
      USAGE.lose(lost);
      JsonNode review = review("");
      assertThat(review.path("complete").asBoolean()).isFalse();
      assertThat(kinds(review, "wide")).isEmpty();
      JsonNode later = review("?from=" + lost.plusSeconds(1));
      assertThat(later.path("complete").asBoolean()).isTrue();
      assertThat(kinds(later, "wide")).containsExactly("unused_scopes");
    }
  }

  @Nested
  final class Decided {
    @Test
    void decide_keep_takesTheKeyOffTheListUntilItIsTimeToAskAgain() {
      Tenant.Made idle = key("idle", "orders:read");
      CLOCK.advance(Duration.ofDays(91));
      assertThat(names(review(""))).contains("idle");
      Instant again = now().plus(Duration.ofDays(10));

      JsonNode decided =
          decide(
                  "key",
                  idle.id(),
                  "verdict",
                  "keep",
                  "reason",
                  "Runs once a year.",
                  "ask_again_at",
                  again.toString())
              .ok()
              .json();
      assertThat(decided.at("/decision/verdict").asText()).isEqualTo("keep");
      assertThat(decided.at("/key/state").asText()).isEqualTo("active");
      assertThat(names(review(""))).doesNotContain("idle");
      assertThat(names(review("?show=decided"))).containsExactly("idle");
      assertThat(names(review("?show=all"))).contains("idle");
      assertThat(review("?show=decided").at("/items/0/decision/reason").asText())
          .isEqualTo("Runs once a year.");
      assertThat(review("").at("/progress/decided").asInt()).isEqualTo(1);
      assertThat(tenant.events().getFirst().toString())
          .contains("key.reviewed", idle.id(), "Runs once a year.");

      CLOCK.set(again);
      assertThat(names(review(""))).contains("idle");
      assertThat(review("").at("/progress/decided").asInt()).isZero();
    }

    @Test
    void decide_revoke_refusesTheKeyFromTheAnswerOn() {
      Tenant.Made idle = key("idle", "orders:read");
      assertThat(server.verify(idle.token(), api, "orders:read")).isEqualTo("allowed");
      JsonNode decided =
          decide("key", idle.id(), "verdict", "revoke", "reason", "Nobody knows it.").ok().json();
      assertThat(decided.at("/key/state").asText()).isEqualTo("revoked");
      assertThat(decided.at("/decision/ask_again_at").isNull()).isTrue();
      assertThat(server.verify(idle.token(), api, "orders:read")).isEqualTo("denied key_revoked");
      assertThat(tenant.events().stream().limit(2).map(e -> e.path("action").asText()))
          .containsExactly("key.reviewed", "key.revoked");
      assertThat(review("").at("/progress/revoked").asInt()).isEqualTo(1);
      String before = tenant.everything();
      Problems.expect(
          decide("key", idle.id(), "verdict", "keep", "reason", "No."), 409, "state_conflict");
      assertThat(tenant.everything()).isEqualTo(before);
    }

    @Test
    void decide_rightSize_offersTheGrantAndChangesNothingOfTheKey() {
      Tenant.Made wide = key("wide", "orders:write", "orders:refund");
      USAGE.allowed(wide.id(), "orders:read", now(), 3);
      CLOCK.advance(Duration.ofHours(1));
      JsonNode decided = decide("key", wide.id(), "verdict", "right_size").ok().json();
      assertThat(decided.at("/right_size/grant/scopes"))
          .singleElement()
          .extracting(JsonNode::asText)
          .isEqualTo("orders:read");
      assertThat(decided.at("/right_size/offered").asBoolean()).isTrue();
      assertThat(decided.at("/key/scopes")).hasSize(2);
      assertThat(server.verify(wide.token(), api, "orders:refund")).isEqualTo("allowed");
      assertThat(names(review(""))).doesNotContain("wide");
      CLOCK.advance(Duration.ofDays(30));
      USAGE.allowed(wide.id(), "orders:read", now().minusSeconds(1), 3);
      assertThat(names(review(""))).contains("wide");
    }

    /** What has no narrower grant, or a record with a gap, is not right-sized. */
    @Test
    void decide_rightSizeOfWhatFitsOrIsDoubtful_isRefusedAndNothingIsKept() {
      Tenant.Made fits = key("fits", "orders:refund");
      Tenant.Made none = key("none", "orders:refund");
      Tenant.Made gap = key("gap", "orders:refund", "bot");
      CLOCK.advance(Duration.ofDays(200));
      USAGE.allowed(fits.id(), "orders:refund", ago(1), 1);
      String before = tenant.everything();
      for (Tenant.Made key : List.of(fits, none)) {
        Problems.expect(decide("key", key.id(), "verdict", "right_size"), 409, "state_conflict");
      }
      USAGE.lose(ago(2));
      USAGE.allowed(gap.id(), "bot", ago(1), 1);
      JsonNode refused =
          Problems.expect(decide("key", gap.id(), "verdict", "right_size"), 409, "state_conflict");
      assertThat(refused.path("detail").asText()).contains("is lost");
      assertThat(tenant.everything()).isEqualTo(before);

      JsonNode accepted =
          decide("key", gap.id(), "verdict", "right_size", "accept_incomplete", true).ok().json();
      assertThat(accepted.at("/right_size/outcome").asText()).isEqualTo("doubtful");
      assertThat(accepted.at("/right_size/offered").asBoolean()).isFalse();
      CLOCK.advance(Duration.ofDays(100));
    }

    /** Somebody answers again for a key whose maker is gone, until that one is gone, too. */
    @Test
    void decide_keepForAMember_handsTheKeyOver_untilThatOneLeaves() {
      Tenant.Made maker = tenant.key("bitting", "keys:issue", "org:read");
      Tenant.Made orphan =
          tenant.issue(
              maker.token(),
              TestServer.json("api", "bitting", "name", "orphan", "scopes", List.of("org:read")));
      tenant.change(maker, "revoke").ok();
      String member = tenant.member(Role.MEMBER);
      String[] handOver = {
        "key", orphan.id(), "verdict", "keep", "reason", "Needed.", "responsible"
      };
      Problems.expectFaults(
          decide(with(handOver, server.tenant().member(Role.MEMBER))),
          "/responsible member_unknown");
      Problems.expectFaults(
          decide("key", orphan.id(), "verdict", "revoke", "responsible", member),
          "/responsible value_out_of_range");
      assertThat(kinds(review(""), "orphan")).contains("maker_gone");

      JsonNode decided = decide(with(handOver, member)).ok().json();
      assertThat(decided.at("/decision/responsible").asText()).isEqualTo(member);
      assertThat(kinds(review("?show=all"), "orphan")).doesNotContain("maker_gone");
      assertThat(tenant.events().getFirst().toString()).contains("responsible").contains(member);
      decide("key", orphan.id(), "verdict", "keep", "reason", "Needed still.").ok();
      assertThat(kinds(review("?show=all"), "orphan")).doesNotContain("maker_gone");

      server.post(tenant.owner(), tenant.path("/members/" + member + "/remove"), "").ok();
      assertThat(kinds(review(""), "orphan")).contains("maker_gone");
      assertThat(review("").toString()).contains("handed it to member " + member);
    }

    private static Object[] with(String[] members, String last) {
      List<Object> all = new ArrayList<>(List.of((Object[]) members));
      all.add(last);
      return all.toArray();
    }

    @Test
    void decide_everythingWrong_namesEveryFaultAndChangesNothing() {
      Tenant.Made key = key("key", "bot");
      Tenant.Made foreign = server.tenant().key(api, "bot");
      String before = tenant.everything();
      Problems.expectFaults(
          decide("verdict", "burn", "reason", 7, "ask_again_at", "soon", "when", "now"),
          "/key member_missing",
          "/verdict value_out_of_range",
          "/reason type_wrong",
          "/ask_again_at time_malformed",
          "/when member_unknown");
      Problems.expectFaults(
          decide("key", foreign.id(), "verdict", "keep", "ask_again_at", ago(1).toString()),
          "/key key_unknown",
          "/reason reason_missing",
          "/ask_again_at value_out_of_range");
      Problems.expectFaults(
          decide(
              "key",
              key.id(),
              "verdict",
              "revoke",
              "ask_again_at",
              now().plusSeconds(9).toString(),
              "accept_incomplete",
              true,
              "reason",
              "a\u0007b"),
          "/ask_again_at value_out_of_range",
          "/accept_incomplete value_out_of_range",
          "/reason reason_invalid");
      Problems.expectFaults(
          decide(
              "key",
              key.id(),
              "verdict",
              "keep",
              "reason",
              " ",
              "ask_again_at",
              now().plus(Duration.ofDays(367)).toString()),
          "/ask_again_at value_out_of_range",
          "/reason reason_missing");
      assertThat(tenant.everything()).isEqualTo(before);
      assertThat(server.verify(key.token(), api, "bot")).isEqualTo("allowed");
    }

    /** A key of another organization is as one that never was. */
    @Test
    void decide_keyOfAnother_isAsOneThatNeverWas() {
      Tenant.Made foreign = server.tenant().key(api, "bot");
      String never = Problems.comparable(decide("key", "0123456789AB", "verdict", "revoke"));
      assertThat(Problems.comparable(decide("key", foreign.id(), "verdict", "revoke")))
          .isEqualTo(never.replace("0123456789AB", foreign.id()));
      assertThat(server.verify(foreign.token(), api, "bot")).isEqualTo("allowed");
    }
  }

  @Nested
  final class Sized {
    @Test
    void rightSize_ofWhatWasUsed_isTheLeastThatCoversIt() {
      Tenant.Made wide = key("wide", "orders:write", "orders:refund", "org:read", "bot");
      USAGE.allowed(wide.id(), "orders:read", now(), 40);
      USAGE.allowed(wide.id(), "org:read", now(), 2);
      USAGE.denied(wide.id(), "keys:read", now());
      CLOCK.advance(Duration.ofHours(1));
      JsonNode size = server.get(tenant.owner(), tenant.path(wide, "/right-size")).ok().json();
      assertThat(size.path("outcome").asText()).isEqualTo("narrower");
      assertThat(size.path("calls").asLong()).isEqualTo(42);
      assertThat(size.at("/grant/scopes").toString()).isEqualTo("[\"orders:read\",\"org:read\"]");
      assertThat(size.path("dropped").toString())
          .isEqualTo("[\"bot\",\"orders:refund\",\"orders:write\"]");
    }

    /** One look at the ledger for all keys of a list says what a look for each would. */
    @Test
    void review_withRightSizes_saysOfEachKeyWhatRightSizeSays() {
      Tenant.Made wide = key("wide", "orders:write", "orders:refund");
      Tenant.Made idle = key("idle", "orders:refund");
      Tenant.Made kept = key("kept", "orders:read", "bot");
      CLOCK.advance(Duration.ofDays(91));
      for (Tenant.Made key : List.of(wide, kept)) {
        USAGE.allowed(key.id(), "orders:read", ago(1), 7);
      }
      decide("key", kept.id(), "verdict", "keep", "reason", "Needed.").ok();
      for (String window : List.of("", "&from=" + ago(2))) {
        JsonNode items = review("?show=all&limit=50&right_size=true" + window).path("items");
        assertThat(items.findValuesAsText("outcome"))
            .contains("narrower", "nothing_needed")
            .hasSize(items.size());
        for (JsonNode item : items) {
          String path = tenant.path("/api-keys/" + item.at("/key/id").asText() + "/right-size");
          assertThat(item.path("right_size"))
              .isEqualTo(server.get(tenant.owner(), path + window.replace('&', '?')).ok().json());
        }
        assertThat(items.findValuesAsText("key")).contains(wide.id(), idle.id(), kept.id());
      }
      assertThat(review("?show=all&limit=50").path("items"))
          .allMatch(item -> item.path("right_size").isNull());
    }

    @Test
    void whatIf_ofOtherScopes_namesWhatWouldBeDenied() {
      Tenant.Made wide = key("wide", "orders:write", "orders:refund");
      USAGE.allowed(wide.id(), "orders:write", now(), 5);
      USAGE.allowed(wide.id(), "orders:read", now(), 40);
      CLOCK.advance(Duration.ofHours(1));
      JsonNode whatIf =
          server
              .post(
                  tenant.owner(),
                  tenant.path(wide, "/what-if"),
                  TestServer.json("scopes", List.of("orders:read")))
              .ok()
              .json();
      assertThat(whatIf.path("calls").asLong()).isEqualTo(45);
      assertThat(whatIf.path("denied_calls").asLong()).isEqualTo(5);
      assertThat(whatIf.at("/denials/0/use/operation").asText()).isEqualTo("GET /orders:write");
      assertThat(whatIf.at("/denials/0/missing/0").asText()).isEqualTo("orders:write");
      assertThat(
              server
                  .post(
                      tenant.owner(),
                      tenant.path(wide, "/what-if"),
                      TestServer.json("all_scopes", true))
                  .ok()
                  .json()
                  .path("denied_calls")
                  .asLong())
          .isZero();
    }

    @Test
    void whatIf_wrongScopes_namesEveryFault() {
      Tenant.Made key = key("key", "bot");
      Problems.expectFaults(
          server.post(
              tenant.owner(),
              tenant.path(key, "/what-if"),
              TestServer.json("scopes", List.of("bot", "order:read", "BOT"), "reach", "x")),
          "/scopes/1 scope_unknown",
          "/scopes/2 scope_unknown",
          "/reach member_unknown");
      Problems.expectFaults(
          server.post(tenant.owner(), tenant.path(key, "/what-if"), "{}"), "/scopes grant_missing");
      Problems.expectFaults(
          server.post(
              tenant.owner(), tenant.path(key, "/what-if"), TestServer.json("scopes", List.of())),
          "/scopes grant_empty");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/right-size", "/what-if"})
    void size_keyOfAnother_isNotFound(String what) {
      Tenant.Made foreign = server.tenant().key(api, "bot");
      TestServer.Reply reply =
          what.equals("/right-size")
              ? server.get(tenant.owner(), tenant.path(foreign, what))
              : server.post(tenant.owner(), tenant.path(foreign, what), "{\"all_scopes\":true}");
      Problems.expect(reply, 404, "not_found");
    }
  }

  @Nested
  final class Windows {
    @ParameterizedTest
    @CsvSource({
      "?from=tomorrow, \"from\" is",
      "?until=9999-01-01T00:00:00Z, what is to come is not known",
      "?from=2025-01-02T00:00:00Z&until=2025-01-01T00:00:00Z, not before the end",
      "?show=some, open or decided",
      "?format=pdf, json or csv",
      "?limit=0, a number from 1",
      "?right_size=yes&limit=9, true or false",
      "?right_size=true, needs \"limit\" beside it",
      "?right_size=true&limit=9&format=csv, a table has none"
    })
    void review_wrongQuery_saysWhatIsWrong(String query, String part) {
      JsonNode problem =
          Problems.expect(
              server.get(tenant.owner(), tenant.path("/review" + query)), 400, "query_invalid");
      assertThat(problem.path("detail").asText())
          .contains(part.equals("open or decided") ? "open, decided or all" : part);
    }

    @Test
    void rightSize_twoThingsWrong_saysBoth() {
      Tenant.Made key = key("key", "bot");
      JsonNode problem =
          Problems.expect(
              server.get(tenant.owner(), tenant.path(key, "/right-size?from=x&until=y&of=z")),
              400,
              "query_invalid");
      assertThat(problem.path("detail").asText()).contains("\"from\"", "\"until\"", "\"of\"");
    }
  }

  @Nested
  final class Tables {
    /** What somebody chose as a name is no formula in somebody else's spreadsheet. */
    @Test
    void report_asCsv_hasEveryKeyAndNoFormula() {
      Tenant.Made kept = key("=HYPERLINK(\"http://evil.example\")", "orders:read");
      key("+1", "orders:read");
      key("@SUM(A1)", "orders:read");
      key("a \"quoted\", name", "orders:read");
      CLOCK.advance(Duration.ofDays(91));
      decide("key", kept.id(), "verdict", "keep", "reason", "-2+3").ok();

      TestServer.Reply report = server.get(tenant.owner(), tenant.path("/review?format=csv"));
      assertThat(report.header("Content-Type")).isEqualTo("text/csv; charset=utf-8");
      String table = report.text();
      assertThat(table)
          .contains(
              "\"'=HYPERLINK(\"\"http://evil.example\"\")\"",
              "\"'+1\"",
              "\"'@SUM(A1)\"",
              "\"'-2+3\"",
              "\"a \"\"quoted\"\", name\"")
          .startsWith("\"risk\",\"points\",\"key\",");
      assertThat(table.lines()).hasSizeGreaterThanOrEqualTo(5);

      HttpRequest accepting =
          server
              .request(tenant.owner(), tenant.path("/review"))
              .header("Accept", "text/csv")
              .build();
      assertThat(server.send(accepting).text()).isEqualTo(table);
    }
  }
}
