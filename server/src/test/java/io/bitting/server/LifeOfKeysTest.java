package io.bitting.server;

import static io.bitting.server.TestServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bitting.fixtures.AlarmRecord;
import io.bitting.fixtures.MutableClock;
import io.bitting.id.KeyId;
import io.bitting.jdbc.JdbcDatabase;
import io.bitting.jdbc.JdbcStorage;
import io.bitting.server.keys.EndQuietSecrets;
import io.bitting.store.Due;
import io.bitting.usage.KeyUse;
import io.bitting.usage.LastUse;
import io.bitting.usage.UsageReader;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Expiry, rotation and replacement of keys, by a clock that is moved. */
final class LifeOfKeysTest {
  private static final MutableClock CLOCK = new MutableClock();
  private static final TestServer SERVER = TestServer.start(CLOCK, List.of());
  private static String api;
  private static String operator;
  private Tenant tenant;

  @BeforeAll
  static void begin() {
    api = SERVER.api();
    String document =
        "{\"openapi\":\"3.1.0\",\"info\":{\"title\":\"x\",\"version\":\"1\"},\"components\":{\"securitySchemes\":{\"key\":{\"type\":\"http\",\"scheme\":\"bearer\"}}},\"paths\":{\"/orders\":{\"get\":{\"security\":[{\"key\":[\"bot\"]}]}}}}";
    SERVER.put(SERVER.ownerToken(), "/v1/apis/" + api + "/operations", document).ok();
    operator = SERVER.operator().endless().owner();
  }

  @AfterAll
  static void end() {
    SERVER.close();
  }

  @BeforeEach
  void newTenant() {
    CLOCK.set(MutableClock.START);
    tenant = SERVER.tenant().endless();
  }

  private static String check(String token) {
    JsonNode answer =
        SERVER
            .post(
                operator,
                "/v1/verify",
                json("token", token, "api", api, "required_scopes", List.of("bot")))
            .ok()
            .json();
    return answer.path("decision").asText()
        + (answer.path("reason").isNull() ? "" : " " + answer.path("reason").asText());
  }

  private TestServer.Reply rotate(Tenant.Made key, String body) {
    return SERVER.post(tenant.owner(), tenant.path(key, "/rotate"), body);
  }

  private TestServer.Reply replace(Tenant.Made key, String body) {
    return SERVER.post(tenant.owner(), tenant.path(key, "/replace"), body);
  }

  private JsonNode show(Tenant.Made key) {
    return SERVER.get(tenant.owner(), tenant.path(key, "")).ok().json();
  }

  private static void forward(Duration by) {
    CLOCK.advance(by);
  }

  private List<String> actions(String key) {
    return tenant.events().stream()
        .filter(event -> event.at("/target/id").asText().equals(key))
        .map(event -> event.path("action").asText())
        .toList();
  }

  private static List<String> codes(TestServer.Reply reply) {
    return StreamSupport.stream(
            Problems.expect(reply, 422, "validation_failed").path("faults").spliterator(), false)
        .map(fault -> fault.path("pointer").asText() + " " + fault.path("code").asText())
        .toList();
  }

  @Nested
  final class Rotation {
    @Test
    void rotate_isTheSameKeyWithAnotherToken_andBothAreAcceptedWhileTheOverlapLasts() {
      Tenant.Made key = tenant.key(api, "bot");
      forward(Duration.ofDays(10));
      JsonNode before = show(key);
      JsonNode rotated = rotate(key, "").ok().json();
      String token = rotated.path("token").asText();
      assertThat(rotated.path("id").asText()).isEqualTo(key.id());
      assertThat(rotated.path("scopes")).isEqualTo(before.path("scopes"));
      assertThat(token).isNotEqualTo(key.token());
      assertThat(rotated.path("expires_at").asText())
          .isEqualTo(text(CLOCK.instant().plus(Duration.ofDays(90))));
      assertThat(rotated.at("/secrets/0/number").asInt()).isEqualTo(2);
      assertThat(rotated.at("/secrets/1/number").asInt()).isEqualTo(1);
      assertThat(rotated.at("/secrets/1/expires_at").asText())
          .isEqualTo(text(CLOCK.instant().plus(Duration.ofHours(24))));
      assertThat(check(key.token())).isEqualTo("allowed");
      assertThat(check(token)).isEqualTo("allowed");

      forward(Duration.ofHours(24).minusMillis(1));
      assertThat(check(key.token())).isEqualTo("allowed");
      forward(Duration.ofMillis(1));
      assertThat(check(key.token())).isEqualTo("denied key_expired");
      assertThat(check(token)).isEqualTo("allowed");
      assertThat(show(key).path("secrets")).hasSize(1);
      assertThat(actions(key.id())).containsExactly("key.rotated", "key.created");
    }

    @ParameterizedTest
    @CsvSource({"now,0", "1h,1", "24h,24", "7d,168"})
    void rotate_withOverlap_endsTheOldSecretThen(String overlap, int hours) {
      Tenant.Made key = tenant.key(api, "bot");
      String token = rotate(key, json("overlap", overlap)).ok().json().path("token").asText();
      if (hours > 0) {
        forward(Duration.ofHours(hours).minusMillis(1));
        assertThat(check(key.token())).isEqualTo("allowed");
        forward(Duration.ofMillis(1));
      }
      assertThat(check(key.token())).isEqualTo("denied key_expired");
      assertThat(check(token)).isEqualTo("allowed");
    }

    /** A14: an overlap never outlives the old secret; if nobody chose it, it ends with it. */
    @Test
    void rotate_shortlyBeforeExpiry_overlapsUntilThen() {
      Tenant.Made key = tenant.key(api, "bot");
      Instant expiry = Instant.parse(show(key).path("expires_at").asText());
      forward(Duration.ofDays(90).minusHours(2));
      assertThat(codes(rotate(key, json("overlap", "24h"))))
          .containsExactly("/overlap overlap_beyond_expiry");
      assertThat(show(key).path("secrets")).hasSize(1);
      JsonNode rotated = rotate(key, "{}").ok().json();
      assertThat(rotated.at("/secrets/1/expires_at").asText()).isEqualTo(text(expiry));
    }

    /** A14: an expired key cannot rotate. */
    @Test
    void rotate_expiredKey_isRefused_andItCanBeReplaced() {
      Tenant.Made key = tenant.key(api, "bot");
      forward(Duration.ofDays(90));
      JsonNode problem = Problems.expect(rotate(key, ""), 409, "state_conflict");
      assertThat(problem.path("detail").asText()).contains("expired", "replace it");
      assertThat(check(key.token())).isEqualTo("denied key_expired");
      JsonNode replaced = replace(key, "").ok().json();
      assertThat(check(replaced.path("token").asText())).isEqualTo("allowed");
      assertThat(check(key.token())).isEqualTo("denied key_revoked");
    }

    /** A14: never three secrets. */
    @Test
    void rotate_duringAnOverlap_isRefusedUnlessItEndsAllOthers() {
      Tenant.Made key = tenant.key(api, "bot");
      String second = rotate(key, "").ok().json().path("token").asText();
      Problems.expect(rotate(key, ""), 409, "state_conflict");
      String third = rotate(key, json("overlap", "now")).ok().json().path("token").asText();
      assertThat(check(third)).isEqualTo("allowed");
      assertThat(check(second)).isEqualTo("denied key_expired");
      assertThat(check(key.token())).isEqualTo("denied credential_invalid");
      assertThat(show(key).path("secrets")).hasSize(1);
    }

    /** A14: a revocation ends both secrets. */
    @Test
    void revoke_duringAnOverlap_endsBothSecrets() {
      Tenant.Made key = tenant.key(api, "bot");
      String second = rotate(key, "").ok().json().path("token").asText();
      tenant.change(key, "revoke").ok();
      assertThat(check(key.token())).isEqualTo("denied key_revoked");
      assertThat(check(second)).isEqualTo("denied key_revoked");
      Problems.expect(rotate(key, ""), 409, "state_conflict");
    }

    @Test
    void endOverlap_refusesTheOldSecretFromTheAnswerOn_andAgainChangesNothing() {
      Tenant.Made key = tenant.key(api, "bot");
      String second = rotate(key, "").ok().json().path("token").asText();
      assertThat(tenant.change(key, "end-overlap").ok().json().path("secrets")).hasSize(1);
      assertThat(check(key.token())).isEqualTo("denied key_expired");
      assertThat(check(second)).isEqualTo("allowed");
      String before = tenant.everything();
      tenant.change(key, "end-overlap").ok();
      assertThat(tenant.everything()).isEqualTo(before);
      assertThat(actions(key.id()))
          .containsExactly("key.overlap_ended", "key.rotated", "key.created");
    }

    @Test
    void rotate_keyBeyondTheCallersReach_isRefused() {
      Tenant.Made key = tenant.key(api, "bot");
      Tenant.Made issuer = tenant.key("bitting", "keys:issue");
      Problems.expect(
          SERVER.post(issuer.token(), tenant.path(key, "/rotate"), ""), 403, "beyond_ceiling");
      assertThat(show(key).path("secrets")).hasSize(1);
    }

    @Test
    void rotate_withFaults_namesEveryOne_andChangesNothing() {
      Tenant.Made key = tenant.key(api, "bot");
      String before = tenant.everything();
      assertThat(
              codes(
                  rotate(
                      key,
                      json(
                          "overlap",
                          "2d",
                          "expires_at",
                          "2020-01-01T00:00:00Z",
                          "retire_when_quiet_hours",
                          0,
                          "scopes",
                          List.of("bot")))))
          .containsExactlyInAnyOrder(
              "/overlap overlap_unknown",
              "/expires_at expiry_in_past",
              "/retire_when_quiet_hours value_out_of_range",
              "/scopes member_unknown");
      assertThat(codes(rotate(key, json("overlap", "now", "retire_when_quiet_hours", 1))))
          .containsExactly("/retire_when_quiet_hours value_out_of_range");
      assertThat(tenant.everything()).isEqualTo(before);
    }

    /** R43, R44. */
    @Test
    void answers_toTheOldSecret_sayUntilWhen() {
      CLOCK.set(Instant.parse("2026-12-01T10:00:00.500Z"));
      Tenant.Made key = tenant.key(api, "org:read", "bot");
      assertThat(SERVER.get(key.token(), "/v1/whoami").ok().header("Deprecation")).isEmpty();
      String second = rotate(key, json("overlap", "7d")).ok().json().path("token").asText();
      TestServer.Reply old = SERVER.get(key.token(), "/v1/whoami").ok();
      assertThat(old.header("Deprecation")).isEqualTo("@1796119200");
      assertThat(old.header("Sunset")).isEqualTo("Tue, 08 Dec 2026 10:00:00 GMT");
      assertThat(old.header("Link"))
          .contains("/errors/key_expired>; rel=\"deprecation\"", "rel=\"sunset\"");
      assertThat(SERVER.get(key.token(), tenant.path("")).ok().header("Sunset")).isNotEmpty();
      TestServer.Reply refused = SERVER.get(key.token(), tenant.path("/audit-events"));
      Problems.expect(refused, 403, "insufficient_scope");
      assertThat(refused.header("Deprecation")).isEqualTo("@1796119200");
      assertThat(SERVER.get(second, "/v1/whoami").ok().header("Deprecation")).isEmpty();
      JsonNode verified =
          SERVER
              .post(
                  operator,
                  "/v1/verify",
                  json("token", key.token(), "api", api, "any_valid_key", true))
              .ok()
              .json();
      assertThat(verified.at("/key/secret").asInt()).isEqualTo(1);
      assertThat(verified.at("/key/superseded_at").asText()).isEqualTo("2026-12-01T10:00:00.500Z");
      assertThat(verified.at("/key/expires_at").asText()).isEqualTo("2026-12-08T10:00:00.500Z");
    }
  }

  /** R43, R44 by way of gateways, whose clients the old secret belongs to. */
  @ParameterizedTest
  @CsvSource({
    "'',X-Forwarded-Method,X-Forwarded-Uri",
    "/nginx,X-Original-Method,X-Original-URI",
    "/envoy/orders,X-Unused,X-Unused-Too"
  })
  void gateways_areTold_ofTheClientsOldSecret(String path, String method, String target) {
    Tenant.Made key = tenant.key(api, "bot");
    String next = rotate(key, "").ok().json().path("token").asText();
    for (String token : List.of(key.token(), next)) {
      TestServer.Reply reply =
          SERVER.send(
              SERVER
                  .request(token, "/v1/authorize/" + api + path)
                  .header("X-Bitting-Gateway", operator)
                  .header(method, "GET")
                  .header(target, "/orders")
                  .build());
      assertThat(reply.ok().header("X-Bitting-Key")).isEqualTo(key.id());
      boolean old = token.equals(key.token());
      assertThat(reply.header("Deprecation"))
          .isEqualTo(old ? "@" + CLOCK.instant().getEpochSecond() : "");
      assertThat(reply.header("Sunset")).isEqualTo(old ? "Mon, 02 Mar 2026 09:00:00 GMT" : "");
      assertThat(reply.header("Link").contains("http://127.0.0.1")).isEqualTo(old);
    }
  }

  @Nested
  final class Replacement {
    @Test
    void replace_withOtherScopes_isAnotherKey_andTheOldOneEndsByItself() {
      Tenant.Made key = tenant.key(api, "orders:write", "bot");
      JsonNode made = replace(key, json("scopes", List.of("bot"))).ok().json();
      String token = made.path("token").asText();
      assertThat(made.path("id").asText()).isNotEqualTo(key.id());
      assertThat(made.path("name")).isEqualTo(made.at("/replaces/name"));
      assertThat(made.at("/replaces/replaced_by").asText()).isEqualTo(made.path("id").asText());
      assertThat(made.at("/replaces/ends_at").asText())
          .isEqualTo(text(CLOCK.instant().plus(Duration.ofHours(24))));
      assertThat(texts(made.at("/difference/loses")))
          .containsExactly("orders:read", "orders:write");
      assertThat(made.at("/difference/gains")).isEmpty();
      assertThat(check(key.token())).isEqualTo("allowed");
      assertThat(check(token)).isEqualTo("allowed");
      assertThat(SERVER.get(key.token(), "/v1/whoami").ok().header("Sunset")).isNotEmpty();

      forward(Duration.ofHours(24));
      // Whatever the chore does.
      assertThat(check(key.token())).isEqualTo("denied key_revoked");
      assertThat(check(token)).isEqualTo("allowed");
      JsonNode gone = show(key);
      assertThat(gone.path("state").asText()).isEqualTo("revoked");
      assertThat(gone.at("/revocation/reason").asText()).isEqualTo("replaced");
      assertThat(SERVER.items(tenant.owner(), tenant.path("/api-keys?state=revoked"), 200))
          .contains(gone);
      SERVER.server().upkeep().runAll();
      assertThat(show(key)).isEqualTo(gone);
      SERVER.server().upkeep().runAll();
      assertThat(actions(key.id())).containsExactly("key.revoked", "key.replaced", "key.created");
    }

    @Test
    void plan_saysTheDifference_andChangesNothing() {
      Tenant.Made key = tenant.key(api, "bot");
      String before = tenant.everything();
      JsonNode plan =
          replace(key, json("scopes", List.of("orders:write"), "plan", true)).ok().json();
      assertThat(texts(plan.at("/difference/gains")))
          .containsExactly("orders:read", "orders:write");
      assertThat(texts(plan.at("/difference/loses"))).containsExactly("bot");
      assertThat(plan.at("/replaces/id").asText()).isEqualTo(key.id());
      assertThat(tenant.everything()).isEqualTo(before);
    }

    @Test
    void replace_now_revokesTheOldOneAtOnce() {
      Tenant.Made key = tenant.key(api, "bot");
      replace(key, json("overlap", "now")).ok();
      assertThat(check(key.token())).isEqualTo("denied key_revoked");
      assertThat(show(key).at("/revocation/reason").asText()).isEqualTo("replaced");
    }

    @Test
    void replace_again_orRotate_isRefused() {
      Tenant.Made key = tenant.key(api, "bot");
      String by = replace(key, "").ok().json().path("id").asText();
      for (TestServer.Reply reply : List.of(replace(key, ""), rotate(key, ""))) {
        assertThat(Problems.expect(reply, 409, "state_conflict").path("detail").asText())
            .contains(by);
      }
    }

    /** A7: the ceiling holds here too. */
    @Test
    void replace_byMoreThanTheCallerMayGrant_isRefused_andChangesNothing() {
      Tenant.Made key = tenant.key(api, "bot");
      Tenant.Made issuer = tenant.key("bitting", "keys:issue", "keys:manage");
      String before = tenant.everything();
      Problems.expect(
          SERVER.post(
              issuer.token(),
              tenant.path(key, "/replace"),
              json("scopes", List.of("orders:refund"))),
          403,
          "beyond_ceiling");
      Problems.expect(
          SERVER.post(issuer.token(), tenant.path(key, "/replace"), json("plan", true)),
          403,
          "beyond_ceiling");
      assertThat(tenant.everything()).isEqualTo(before);
    }

    @Test
    void replace_withFaults_namesEveryOne_andChangesNothing() {
      Tenant.Made key = tenant.key(api, "bot");
      String before = tenant.everything();
      assertThat(
              codes(
                  replace(
                      key,
                      json(
                          "scopes",
                          List.of("bto"),
                          "overlap",
                          "later",
                          "expires_at",
                          "2020-01-01T00:00:00Z",
                          "api",
                          "bitting"))))
          .containsExactlyInAnyOrder(
              "/scopes/0 scope_unknown",
              "/overlap overlap_unknown",
              "/expires_at expiry_in_past",
              "/api member_unknown");
      assertThat(tenant.everything()).isEqualTo(before);
    }
  }

  @Nested
  final class Expiry {
    private void policy(Object... members) {
      SERVER.patch(tenant.owner(), tenant.path(""), "{\"policy\": " + json(members) + "}").ok();
    }

    private TestServer.Reply create(String expiresAt) {
      return SERVER.post(
          tenant.owner(),
          tenant.path("/api-keys"),
          "{\"api\":\""
              + api
              + "\",\"name\":\""
              + SERVER.unique("k")
              + "\",\"scopes\":[\"bot\"]"
              + (expiresAt.isEmpty() ? "" : ",\"expires_at\":" + expiresAt)
              + "}");
    }

    @Test
    void policy_bounds_whatIsCreatedAndRotated() {
      Tenant.Made key = tenant.key(api, "bot");
      JsonNode for90 = create("").ok().json();
      assertThat(for90.path("expires_at").asText())
          .isEqualTo(text(CLOCK.instant().plus(Duration.ofDays(90))));
      policy("key_lifetime_max_days", 30);
      assertThat(create("").ok().json().path("expires_at").asText())
          .isEqualTo(text(CLOCK.instant().plus(Duration.ofDays(30))));
      assertThat(codes(create("null"))).containsExactly("/expires_at never_forbidden");
      assertThat(
              codes(create("\"" + CLOCK.instant().plus(Duration.ofDays(30)).plusMillis(1) + "\"")))
          .containsExactly("/expires_at expiry_beyond_policy");
      create("\"" + CLOCK.instant().plus(Duration.ofDays(30)) + "\"").ok();
      assertThat(rotate(key, "").ok().json().path("expires_at").asText())
          .isEqualTo(text(CLOCK.instant().plus(Duration.ofDays(30))));
    }

    @Test
    void policy_forbidsNever_andAllowsItAgain() {
      create("null").ok();
      policy("never_allowed", false);
      assertThat(codes(create("null"))).containsExactly("/expires_at never_forbidden");
      create("").ok();
      policy("never_allowed", true);
      create("null").ok();
    }

    @Test
    void policy_isShown_audited_andPutBack() {
      policy(
          "key_lifetime_max_days",
          180,
          "revoke_unused_after_days",
          60,
          "usage_kept_days",
          100,
          "audit_kept_days",
          700,
          "dead_keys_kept_days",
          30);
      JsonNode shown = SERVER.get(tenant.owner(), tenant.path("")).ok().json().path("policy");
      assertThat(shown.path("key_lifetime_max_days").asInt()).isEqualTo(180);
      assertThat(shown.path("usage_kept_days").asInt()).isEqualTo(100);
      assertThat(tenant.events().get(0).toString())
          .contains("policy.audit_kept_days", "no limit", "700");
      SERVER
          .patch(
              tenant.owner(),
              tenant.path(""),
              "{\"policy\":{\"key_lifetime_max_days\":null,\"revoke_unused_after_days\":null,\"usage_kept_days\":400,\"audit_kept_days\":null,\"dead_keys_kept_days\":null}}")
          .ok();
      assertThat(
              SERVER
                  .get(tenant.owner(), tenant.path(""))
                  .ok()
                  .json()
                  .at("/policy/audit_kept_days")
                  .isNull())
          .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "36501", "1.5", "\"30\"", "true", "1e400"})
    void policy_withWrongDays_isRefused(String days) {
      String before = tenant.everything();
      TestServer.Reply reply =
          SERVER.patch(
              tenant.owner(),
              tenant.path(""),
              "{\"policy\":{\"key_lifetime_max_days\":" + days + ",\"never\":1}}");
      assertThat(codes(reply)).hasSize(2).anyMatch(code -> code.endsWith("member_unknown"));
      assertThat(tenant.everything()).isEqualTo(before);
    }

    @Test
    void warnings_comeOnceEach_andOnlyTheNearestOfThoseMissed() {
      Tenant.Made key = tenant.key(api, "bot");
      Duration[] steps = {
        Duration.ofDays(60).minusMillis(1), Duration.ofMillis(1), Duration.ofDays(22),
        Duration.ofDays(1), Duration.ofDays(6), Duration.ofDays(1)
      };
      int[] warnings = {0, 1, 1, 2, 3, 3};
      for (int i = 0; i < steps.length; i++) {
        forward(steps[i]);
        SERVER.server().upkeep().runAll();
        SERVER.server().upkeep().runAll();
        assertThat(warnings(key)).as("step " + i).hasSize(warnings[i]);
      }
      assertThat(warnings(key)).containsExactly("1", "7", "30");
    }

    @Test
    void warnings_missed_areNotMadeUpFor() {
      Tenant.Made key = tenant.key(api, "bot");
      forward(Duration.ofDays(90).minusHours(3));
      SERVER.server().upkeep().runAll();
      assertThat(warnings(key)).containsExactly("1");
    }

    private List<String> warnings(Tenant.Made key) {
      return tenant.events().stream()
          .filter(event -> event.path("action").asText().equals("key.expiring"))
          .filter(event -> event.at("/target/id").asText().equals(key.id()))
          .map(event -> event.at("/changes/0/after").asText())
          .toList();
    }
  }

  /** The old secret ends once nobody used it for as long as the rotation said. */
  @Nested
  final class Quiet {
    private final Map<Integer, LastUse> uses = new HashMap<>();

    /** Runs the chore as a node would whose ledger has these uses. */
    private void run() {
      try (JdbcDatabase database = JdbcDatabase.sqlite(SERVER.folder())) {
        JdbcStorage storage =
            database.open(
                Keysets.read(SERVER.folder().resolve(Keysets.FILE)),
                CLOCK,
                new SecureRandom(),
                new AlarmRecord());
        new EndQuietSecrets(storage.store(), new Ledger(uses)).run(CLOCK.instant());
      }
    }

    private Tenant.Made rotated() {
      Tenant.Made key = tenant.key(api, "bot");
      rotate(key, json("overlap", "7d", "retire_when_quiet_hours", 6)).ok();
      return key;
    }

    @Test
    void secret_neverUsedAgain_endsAfterTheHours() {
      Tenant.Made key = rotated();
      assertThat(show(key).at("/secrets/1/ends_when_quiet_hours").asInt()).isEqualTo(6);
      forward(Duration.ofHours(6));
      run();
      assertThat(show(key).path("secrets")).hasSize(2);
      forward(Duration.ofMinutes(2));
      run();
      assertThat(show(key).path("secrets")).hasSize(1);
      assertThat(actions(key.id()).get(0)).isEqualTo("key.overlap_ended");
      assertThat(tenant.events().get(0).at("/actor/kind").asText()).isEqualTo("chore");
    }

    @Test
    void secret_inUse_staysUntilItsOverlapEnds() {
      Tenant.Made key = rotated();
      for (int i = 0; i < 28; i++) {
        assertThat(check(key.token())).isEqualTo("allowed");
        uses.put(1, new LastUse(CLOCK.instant(), Optional.empty(), Optional.empty()));
        uses.put(2, new LastUse(CLOCK.instant(), Optional.empty(), Optional.empty()));
        forward(Duration.ofHours(6));
        run();
      }
      assertThat(check(key.token())).isEqualTo("denied key_expired");
      assertThat(actions(key.id())).containsExactly("key.rotated", "key.created");
    }

    @Test
    void secret_usedAndThenQuiet_endsThen() {
      Tenant.Made key = rotated();
      forward(Duration.ofHours(5));
      uses.put(1, new LastUse(CLOCK.instant(), Optional.of("192.0.2.1"), Optional.empty()));
      forward(Duration.ofHours(5));
      run();
      assertThat(show(key).path("secrets")).hasSize(2);
      forward(Duration.ofHours(2));
      run();
      assertThat(show(key).path("secrets")).hasSize(1);
    }
  }

  /**
   * E1: whoever lacks the whole secret cannot tell an unknown key from one in whatever state; and
   * of a secret before the one before the newest nothing is left.
   */
  @Test
  void strangers_areToldTheSameOfEveryKey() {
    Tenant.Made active = tenant.key(api, "bot");
    Tenant.Made rotating = tenant.key(api, "bot");
    rotate(rotating, "").ok();
    Tenant.Made rotated = tenant.key(api, "bot");
    rotate(rotated, json("overlap", "now")).ok();
    Tenant.Made twice = tenant.key(api, "bot");
    rotate(twice, json("overlap", "now")).ok();
    rotate(twice, json("overlap", "now")).ok();
    Tenant.Made replacing = tenant.key(api, "bot");
    replace(replacing, "").ok();
    Tenant.Made replaced = tenant.key(api, "bot");
    replace(replaced, json("overlap", "now")).ok();
    Tenant.Made revoked = tenant.key(api, "bot");
    tenant.change(revoked, "revoke").ok();
    Tenant.Made disabled = tenant.key(api, "bot");
    tenant.change(disabled, "disable").ok();
    Tenant.Made elsewhere = SERVER.tenant().key(api, "bot");
    String never =
        Problems.comparable(
            SERVER.get(TestServer.unknownToken(TestServer.prefix(api)), "/v1/whoami"));
    for (Tenant.Made key :
        List.of(
            active, rotating, rotated, twice, replacing, replaced, revoked, disabled, elsewhere)) {
      String head = key.token().substring(0, key.token().length() - 38);
      String wrong = TestServer.withChecksum(head + "x".repeat(32));
      assertThat(Problems.comparable(SERVER.get(wrong, "/v1/whoami"))).isEqualTo(never);
    }
    assertThat(Problems.comparable(SERVER.get(twice.token(), "/v1/whoami"))).isEqualTo(never);
    // The control: who has the whole secret is told.
    Problems.expect(SERVER.get(rotated.token(), "/v1/whoami"), 401, "key_expired");
    Problems.expect(SERVER.get(replaced.token(), "/v1/whoami"), 401, "key_revoked");
  }

  /** More keys than are found at a time. */
  @Test
  void chores_withManyKeys_leaveNoneOut() {
    for (int i = 0; i < 3; i++) {
      tenant.key(api, "bot");
    }
    Due due = new Due.Warning(Duration.ofDays(30));
    try (JdbcDatabase database = JdbcDatabase.sqlite(SERVER.folder())) {
      JdbcStorage storage =
          database.open(
              Keysets.read(SERVER.folder().resolve(Keysets.FILE)),
              CLOCK,
              new SecureRandom(),
              new AlarmRecord());
      Instant soon = CLOCK.instant().plus(Duration.ofDays(80));
      List<KeyId> all =
          storage.store().read(reader -> reader.keysDue(due, soon, Optional.empty(), 1_000));
      List<KeyId> paged = new ArrayList<>();
      Optional<KeyId> after = Optional.empty();
      do {
        Optional<KeyId> place = after;
        List<KeyId> page = storage.store().read(reader -> reader.keysDue(due, soon, place, 2));
        paged.addAll(page);
        after = page.size() < 2 ? Optional.empty() : Optional.of(page.getLast());
      } while (after.isPresent());
      assertThat(paged).isEqualTo(all).hasSizeGreaterThan(3);
    }
  }

  /** A ledger of the uses given, whichever key is meant. */
  private record Ledger(Map<Integer, LastUse> uses) implements UsageReader {
    @Override
    public KeyUse use(KeyId key, Instant from, Instant until) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Map<KeyId, LastUse> lastUses(Collection<KeyId> keys) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Map<Integer, LastUse> lastUsesBySecret(KeyId key) {
      return uses;
    }
  }

  /** Why keys were revoked; many at once; by whoever holds the token. */
  @Nested
  final class Revocation {
    private TestServer.Reply matching(String body) {
      return SERVER.post(tenant.owner(), tenant.path("/api-keys/revoke"), body);
    }

    @Test
    void revoke_withReason_isShownAndAudited() {
      Tenant.Made key = tenant.key(api, "bot");
      JsonNode revoked =
          SERVER
              .post(
                  tenant.owner(),
                  tenant.path(key, "/revoke"),
                  json("reason", "leaked", "note", "  in a log "))
              .ok()
              .json();
      assertThat(revoked.path("revocation").toString())
          .isEqualTo("{\"reason\":\"leaked\",\"note\":\"in a log\"}");
      assertThat(tenant.events().get(0).path("changes").toString()).contains("leaked", "in a log");
      Tenant.Made other = tenant.key(api, "bot");
      assertThat(tenant.change(other, "revoke").ok().json().at("/revocation/reason").asText())
          .isEqualTo("other");
    }

    @Test
    void revoke_withFaults_namesEveryOne_andChangesNothing() {
      Tenant.Made key = tenant.key(api, "bot");
      String before = tenant.everything();
      assertThat(
              codes(
                  SERVER.post(
                      tenant.owner(),
                      tenant.path(key, "/revoke"),
                      json("reason", "bored", "note", "x".repeat(501), "force", true))))
          .containsExactlyInAnyOrder(
              "/reason reason_unknown", "/note note_invalid", "/force member_unknown");
      assertThat(tenant.everything()).isEqualTo(before);
    }

    @Test
    void revokeOwn_needsNoScope_andIsForEver() {
      Tenant.Made key = tenant.key(api, "bot");
      JsonNode revoked =
          SERVER.post(key.token(), "/v1/whoami/revoke", json("reason", "leaked")).ok().json();
      assertThat(revoked.path("id").asText()).isEqualTo(key.id());
      assertThat(revoked.path("state").asText()).isEqualTo("revoked");
      assertThat(check(key.token())).isEqualTo("denied key_revoked");
      assertThat(tenant.events().get(0).at("/actor/id").asText()).isEqualTo(key.id());
      Problems.expect(SERVER.post(key.token(), "/v1/whoami/revoke", ""), 401, "key_revoked");
    }

    @Test
    void revokeMatching_plansFirst_andRevokesThose() {
      Tenant.Made maker = tenant.key("bitting", "keys:issue", "org:read");
      List<Tenant.Made> made = List.of(issuedBy(maker), issuedBy(maker), issuedBy(maker));
      Tenant.Made bystander = tenant.key("bitting", "org:read");
      tenant.change(made.get(2), "revoke").ok();
      String filter = "{\"filter\":" + json("created_by", maker.id());
      JsonNode plan = matching(filter + ",\"plan\":true}").ok().json();
      assertThat(plan.path("count").asInt()).isEqualTo(2);
      assertThat(texts(plan.path("keys")))
          .containsExactlyInAnyOrder(made.get(0).id(), made.get(1).id());
      String before = tenant.everything();
      Problems.expect(matching(filter + ",\"confirm_count\":3}"), 409, "state_conflict");
      assertThat(tenant.everything()).isEqualTo(before);
      matching(filter + ",\"confirm_count\":2,\"reason\":\"member_left\"}").ok();
      assertThat(show(made.get(0)).at("/revocation/reason").asText()).isEqualTo("member_left");
      assertThat(show(made.get(1)).path("state").asText()).isEqualTo("revoked");
      assertThat(show(bystander).path("state").asText()).isEqualTo("active");
      assertThat(matching(filter + ",\"plan\":true}").ok().json().path("count").asInt()).isZero();
    }

    @Test
    void revokeMatching_unusedForSomeTime_leavesWhatWasUsedSince() {
      Tenant own = SERVER.tenant().endless();
      String prefix = own.owner();
      Tenant.Made idle = own.key(api, "bot");
      Tenant.Made used = own.key(api, "bot");
      CLOCK.advance(Duration.ofDays(31));
      Tenant.Made young = own.key(api, "bot");
      assertThat(check(used.token())).isEqualTo("allowed");
      SERVER.server().flushUsage();
      CLOCK.advance(Duration.ofDays(1));
      String filter = "{\"filter\":" + json("unused_for", "30d", "api", api);
      JsonNode plan =
          SERVER.post(prefix, own.path("/api-keys/revoke"), filter + ",\"plan\":true}").ok().json();
      assertThat(texts(plan.path("keys"))).containsExactly(idle.id());
      // What is used after the plan is not revoked: the count is another one by then.
      assertThat(check(idle.token())).isEqualTo("allowed");
      SERVER.server().flushUsage();
      Problems.expect(
          SERVER.post(prefix, own.path("/api-keys/revoke"), filter + ",\"confirm_count\":1}"),
          409,
          "state_conflict");
      CLOCK.advance(Duration.ofDays(31));
      SERVER.post(prefix, own.path("/api-keys/revoke"), filter + ",\"confirm_count\":3}").ok();
      for (Tenant.Made key : List.of(idle, used, young)) {
        assertThat(SERVER.get(prefix, own.path(key, "")).ok().json().path("state").asText())
            .isEqualTo("revoked");
      }
    }

    private Tenant.Made issuedBy(Tenant.Made maker) {
      return tenant.issue(
          maker.token(),
          json("api", "bitting", "name", SERVER.unique("m"), "scopes", List.of("org:read")));
    }

    @Test
    void revokeMatching_withoutFilterOrCount_namesEveryFault() {
      String before = tenant.everything();
      assertThat(codes(matching("{\"filter\":{},\"reason\":\"x\"}")))
          .containsExactlyInAnyOrder(
              "/filter filter_empty", "/reason reason_unknown", "/confirm_count member_missing");
      assertThat(
              codes(matching("{\"filter\":{\"state\":\"dead\",\"colour\":\"red\"},\"plan\":true}")))
          .containsExactlyInAnyOrder(
              "/filter/state value_out_of_range", "/filter/colour member_unknown");
      assertThat(codes(matching("{\"plan\":true}"))).containsExactly("/filter member_missing");
      assertThat(tenant.everything()).isEqualTo(before);
    }
  }

  private static List<String> texts(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText).toList();
  }

  private static String text(Instant time) {
    return io.bitting.client.protocol.Json.time(time);
  }
}
