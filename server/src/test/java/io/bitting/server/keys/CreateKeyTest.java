package io.bitting.server.keys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bitting.server.Attacks;
import io.bitting.server.Problems;
import io.bitting.server.Tenant;
import io.bitting.server.TestServer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code POST /v1/organizations/{org}/api-keys}. */
final class CreateKeyTest {
  private static final TestServer SERVER = TestServer.shared();
  private static String api;
  private static Tenant tenant;

  @BeforeAll
  static void start() {
    api = SERVER.api();
    tenant = SERVER.tenant();
  }

  private static TestServer.Reply create(String maker, Object... members) {
    return SERVER.post(maker, tenant.path("/api-keys"), TestServer.json(members));
  }

  private static TestServer.Reply named(String name) {
    return create(tenant.owner(), "api", api, "name", name, "scopes", List.of("bot"));
  }

  @Nested
  final class Status201 {
    @Test
    void create_specificScopes_showsThemAndTheTokenOnce() {
      String name = SERVER.unique("nightly-import");
      Instant before = Instant.now();
      TestServer.Reply reply =
          create(
              tenant.owner(),
              "api",
              api,
              "name",
              name,
              "purpose",
              "Reads last night's orders.",
              "scopes",
              List.of("orders:write", "bot"));
      assertThat(reply.status()).isEqualTo(201);
      JsonNode key = reply.json();
      String id = key.path("id").asText();
      assertThat(key.path("display").asText()).isEqualTo(TestServer.prefix(api) + "_" + id + "…");
      assertThat(key.path("api").asText()).isEqualTo(api);
      assertThat(key.path("organization").asText()).isEqualTo(tenant.id());
      assertThat(key.path("name").asText()).isEqualTo(name);
      assertThat(key.path("purpose").asText()).isEqualTo("Reads last night's orders.");
      assertThat(key.path("all_scopes").asBoolean()).isFalse();
      assertThat(key.path("scopes").toString()).isEqualTo("[\"bot\",\"orders:write\"]");
      assertThat(key.path("reach").isNull()).isTrue();
      assertThat(key.path("state").asText()).isEqualTo("active");
      assertThat(key.path("revoked_at").isNull()).isTrue();
      Instant createdAt = Instant.parse(key.path("created_at").asText());
      assertThat(createdAt).isBetween(before.minusMillis(1), Instant.now());
      assertThat(Instant.parse(key.path("expires_at").asText()))
          .isEqualTo(createdAt.plus(Duration.ofDays(90)));
      assertThat(key.path("created_by").path("kind").asText()).isEqualTo("key");
      assertThat(key.path("token").asText())
          .matches(TestServer.prefix(api) + "_" + id + "[0-9A-Za-z]{38}");
      assertThat(reply.header("Location")).isEqualTo(tenant.path("/api-keys/" + id));
      JsonNode shown = SERVER.get(tenant.owner(), reply.header("Location")).ok().json();
      assertThat(shown).isEqualTo(((ObjectNode) key.deepCopy()).without("token"));
    }

    @Test
    void create_specificScopes_mayWhatTheySayAndNothingElse() {
      Tenant.Made key = tenant.key(api, "orders:write");
      assertThat(SERVER.verify(key.token(), api, "orders:write")).isEqualTo("allowed");
      assertThat(SERVER.verify(key.token(), api, "orders:read")).isEqualTo("allowed");
      assertThat(SERVER.verify(key.token(), api, "orders:refund"))
          .isEqualTo("denied insufficient_scope");
      assertThat(SERVER.verify(key.token(), api, "bot")).isEqualTo("denied insufficient_scope");
      assertThat(SERVER.verify(key.token(), "bitting", "org:read"))
          .isEqualTo("denied credential_invalid");
    }

    @Test
    void create_allScopes_listsNone_andMayAll() {
      Tenant.Made key = tenant.keyOfAll(api);
      assertThat(key.shown().path("all_scopes").asBoolean()).isTrue();
      assertThat(key.shown().path("scopes")).isEmpty();
      assertThat(SERVER.verify(key.token(), api, "orders:refund", "bot")).isEqualTo("allowed");
    }

    @Test
    void create_expiryGiven_isKeptToTheMillisecond() {
      JsonNode key =
          create(
                  tenant.owner(),
                  "api",
                  api,
                  "name",
                  SERVER.unique("dated"),
                  "scopes",
                  List.of("bot"),
                  "expires_at",
                  "2099-12-31T23:59:59.123456789+01:00")
              .ok()
              .json();
      assertThat(key.path("expires_at").asText()).isEqualTo("2099-12-31T22:59:59.123Z");
    }

    @Test
    void create_expiryNull_isNever() {
      JsonNode key =
          create(
                  tenant.owner(),
                  "api",
                  api,
                  "name",
                  SERVER.unique("endless"),
                  "scopes",
                  List.of("bot"),
                  "expires_at",
                  null)
              .ok()
              .json();
      assertThat(key.path("expires_at").isNull()).isTrue();
      assertThat(SERVER.verify(key.path("token").asText(), api, "bot")).isEqualTo("allowed");
    }

    @Test
    void create_keyThatIssues_reachesItsOwnGrantUnlessSaidOtherwise() {
      Tenant.Made issuer = tenant.key(api, "keys:issue", "bot");
      assertThat(issuer.shown().path("reach").toString())
          .isEqualTo(
              "{\"issue\":[{\"api\":\"%s\",\"scopes\":[\"bot\",\"keys:issue\"]}],\"verify\":[]}"
                  .formatted(api));
    }

    @Test
    void create_name_isStoredInOneForm() {
      String plain = SERVER.unique("Straße");
      JsonNode key = named("\u00a0 Cafe\u0301 " + plain + "\u3000").ok().json();
      assertThat(key.path("name").asText()).isEqualTo("Café " + plain);
    }

    @Test
    void create_leavesOneEvent_withoutTheToken() {
      Tenant.Made key = tenant.key(api, "bot");
      List<JsonNode> events =
          tenant.events().stream()
              .filter(event -> event.at("/target/id").asText().equals(key.id()))
              .toList();
      assertThat(events).hasSize(1);
      assertThat(events.get(0).path("action").asText()).isEqualTo("key.created");
      assertThat(events.get(0).path("source").asText()).isEqualTo("127.0.0.1");
      assertThat(events.get(0).toString())
          .doesNotContain(key.token().substring(key.token().length() - 38));
    }

    @Test
    void create_byId_isTheSameOrganization() {
      TestServer.Reply reply =
          SERVER.post(
              tenant.owner(),
              "/v1/organizations/" + tenant.id() + "/api-keys",
              TestServer.json(
                  "api", api, "name", SERVER.unique("by-id"), "scopes", List.of("bot")));
      assertThat(reply.status()).isEqualTo(201);
    }
  }

  /** Nobody grants more than they may; the whole of that is tested in core. */
  @Nested
  final class Status403 {
    @Test
    void create_beyondTheMakersReach_isRefused() {
      Tenant.Made issuer = tenant.key(api, "keys:issue", "bot");
      String before = tenant.everything();
      for (List<String> scopes :
          List.of(List.of("orders:read"), List.of("bot", "orders:read"), List.of("org:write"))) {
        TestServer.Reply reply =
            create(issuer.token(), "api", api, "name", "wider", "scopes", scopes);
        Problems.expect(reply, 403, "beyond_ceiling");
      }
      for (String of : List.of(api, "bitting")) {
        Problems.expect(
            create(issuer.token(), "api", of, "name", "all", "all_scopes", true),
            403,
            "beyond_ceiling");
      }
      assertThat(tenant.everything()).isEqualTo(before);
      Tenant.Made within =
          tenant.issue(
              issuer.token(),
              TestServer.json(
                  "api", api, "name", SERVER.unique("within"), "scopes", List.of("bot")));
      assertThat(SERVER.verify(within.token(), api, "bot")).isEqualTo("allowed");
    }

    @Test
    void create_widerReachThanTheMakers_isRefused() {
      Tenant.Made issuer = tenant.key(api, "keys:issue", "bot");
      for (String reach :
          List.of(
              "\"everything\"",
              "{\"issue\":[{\"api\":\"" + api + "\",\"all_scopes\":true}]}",
              "{\"issue\":[{\"api\":\"bitting\",\"scopes\":[\"org:read\"]}]}")) {
        TestServer.Reply reply =
            create(
                issuer.token(),
                "api",
                api,
                "name",
                "wider",
                "scopes",
                List.of("keys:issue"),
                "reach",
                TestServer.parse(reach));
        Problems.expect(reply, 403, "beyond_ceiling");
      }
    }

    @Test
    void create_withoutKeysIssue_isRefusedAndToldSo() {
      Tenant.Made reader = tenant.key("bitting", "keys:read", "keys:manage");
      TestServer.Reply reply =
          create(reader.token(), "api", api, "name", "mine", "scopes", List.of("bot"));
      JsonNode problem = Problems.expect(reply, 403, "insufficient_scope");
      assertThat(problem.path("missing_scopes").toString()).isEqualTo("[\"keys:issue\"]");
      assertThat(problem.path("detail").asText())
          .contains("POST /v1/organizations/{org}/api-keys needs keys:issue");
    }
  }

  @Nested
  final class Status404 {
    @Test
    void create_inAnotherOrganization_isNotFound() {
      Tenant other = SERVER.tenant();
      String body = TestServer.json("api", api, "name", "intruder", "scopes", List.of("bot"));
      String before = other.everything();
      for (String org : List.of(other.slug(), other.id())) {
        TestServer.Reply foreign =
            SERVER.post(tenant.owner(), "/v1/organizations/" + org + "/api-keys", body);
        TestServer.Reply none =
            SERVER.post(tenant.owner(), "/v1/organizations/never/api-keys", body);
        Problems.expect(foreign, 404, "not_found");
        assertThat(Problems.comparable(foreign)).isEqualTo(Problems.comparable(none));
      }
      assertThat(other.everything().split("\n", 2)[1]).isEqualTo(before.split("\n", 2)[1]);
    }
  }

  @Nested
  final class Status409 {
    @ParameterizedTest
    @CsvSource({
      "case, Import, IMPORT",
      "sharp s, Straße, STRASSE",
      "composed and decomposed, Café, Cafe\u0301",
      "ligature, ﬁle, file",
      "full width, ｉｍｐｏｒｔ1, import1",
      "superscript, x², x2",
      "blanks at the ends, padded, '  padded '",
      "sigma, ΟΔΟΣ, οδος",
      "Kelvin sign, \u212aelvin, kelvin"
    })
    void create_twinOfAName_isRefused(String why, String name, String twin) {
      Tenant.Made holder =
          tenant.issue(
              tenant.owner(), TestServer.json("api", api, "name", name, "scopes", List.of("bot")));
      String before = tenant.everything();
      JsonNode problem = Problems.expect(named(twin), 409, "name_taken");
      assertThat(problem.path("detail").asText()).as(why).contains(holder.id());
      assertThat(tenant.everything()).isEqualTo(before);
    }

    @Test
    void create_sameNameElsewhere_isFine() {
      String name = SERVER.unique("same");
      named(name).ok();
      Tenant other = SERVER.tenant();
      other.issue(
          other.owner(), TestServer.json("api", api, "name", name, "scopes", List.of("bot")));
    }

    @Test
    void create_sameNameAfterRevocation_isFine_butNotAfterDisabling() {
      String name = SERVER.unique("again");
      JsonNode first = named(name).ok().json();
      Tenant.Made made = new Tenant.Made(first.path("id").asText(), "", first);
      tenant.change(made, "disable").ok();
      Problems.expect(named(name), 409, "name_taken");
      tenant.change(made, "revoke").ok();
      assertThat(named(name).status()).isEqualTo(201);
    }
  }

  @Nested
  final class Status422 {
    static Stream<String> attacks() {
      return Attacks.of("keys.json").stream().map(attack -> attack.path("name").asText());
    }

    /** Every fault is named, with where it is and what to do, and nothing is stored. */
    @ParameterizedTest
    @MethodSource("io.bitting.server.keys.CreateKeyTest$Status422#attacks")
    void create_attack_namesEveryFault(String name) {
      JsonNode attack =
          Attacks.of("keys.json").stream()
              .filter(a -> a.path("name").asText().equals(name))
              .findFirst()
              .orElseThrow();
      ObjectNode body =
          (ObjectNode)
              TestServer.parse(
                  TestServer.json("api", api, "name", "attack", "scopes", List.of("orders:read")));
      attack.path("without").forEach(member -> body.remove(member.asText()));
      body.setAll(
          (ObjectNode)
              TestServer.parse(
                  attack.path("with").isMissingNode() ? "{}" : attack.path("with").toString()));
      List<String> expected = new ArrayList<>();
      attack.path("expect").forEach(fault -> expected.add(fault.asText()));
      String before = tenant.everything();
      TestServer.Reply reply =
          SERVER.post(
              tenant.owner(),
              tenant.path("/api-keys"),
              Attacks.unfold(body.toString()).replace("{api}", api));
      JsonNode faults = Problems.expectFaults(reply, expected.toArray(String[]::new));
      assertThat(faults.toString().replace("\\\"", "\"")).contains(attack.path("says").asText());
      assertThat(tenant.everything()).isEqualTo(before);
    }

    @Test
    void create_bodyThatIsNoObject_isRefused() {
      for (String body : List.of("[]", "\"x\"", "1", "true", "null")) {
        TestServer.Reply reply = SERVER.post(tenant.owner(), tenant.path("/api-keys"), body);
        JsonNode problem = Problems.expect(reply, 422, "validation_failed");
        assertThat(Problems.faults(problem)).as(body).contains(" type_wrong");
      }
    }

    /** Ten thousand scopes in 64 KiB: each is a fault, and the answer names each. */
    @Test
    void create_thousandsOfScopes_namesEach() {
      List<String> scopes = new ArrayList<>();
      for (int i = 0; i < 9_000; i++) {
        scopes.add("s" + Integer.toString(i, 36));
      }
      TestServer.Reply reply = create(tenant.owner(), "api", api, "name", "many", "scopes", scopes);
      JsonNode problem = Problems.expect(reply, 422, "validation_failed");
      assertThat(problem.path("faults")).hasSize(9_000);
      assertThat(problem.path("detail").asText()).contains("9000 faults");
    }

    @Test
    void create_oneScopeThousandsOfTimes_namesEachRepetition() {
      TestServer.Reply reply =
          create(
              tenant.owner(),
              "api",
              api,
              "name",
              "many",
              "scopes",
              java.util.Collections.nCopies(9_000, "bot"));
      JsonNode problem = Problems.expect(reply, 422, "validation_failed");
      assertThat(problem.path("faults")).hasSize(8_999);
    }

    @Test
    void create_allScopes_whereTheOrganizationForbidsThem_isRefused() {
      Tenant strict = SERVER.tenant();
      SERVER.patch(strict.owner(), strict.path(""), "{\"all_scopes_allowed\":false}").ok();
      TestServer.Reply reply =
          SERVER.post(
              strict.owner(),
              strict.path("/api-keys"),
              TestServer.json("api", api, "name", "all", "all_scopes", true));
      Problems.expectFaults(reply, "/all_scopes all_scopes_forbidden");
      assertThat(strict.keys()).hasSize(1);
    }

    @Test
    void create_keyThatVerifies_withoutSayingWhat_isRefused() {
      Tenant operator = SERVER.operator();
      TestServer.Reply reply =
          SERVER.post(
              operator.owner(),
              operator.path("/api-keys"),
              TestServer.json(
                  "api", "bitting", "name", "gateway", "scopes", List.of("keys:verify")));
      Problems.expectFaults(reply, "/reach reach_missing");
    }
  }
}
