package io.bitting.server.keys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bitting.server.Problems;
import io.bitting.server.Race;
import io.bitting.server.Tenant;
import io.bitting.server.TestServer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code POST …/api-keys/{key}/disable}, {@code /enable} and {@code /revoke}. */
final class ChangeKeyStateTest {
  private static final TestServer SERVER = TestServer.shared();
  private static String api;
  private static Tenant tenant;

  @BeforeAll
  static void start() {
    api = SERVER.api();
    tenant = SERVER.tenant();
  }

  private static String check(Tenant.Made key) {
    return SERVER.verify(key.token(), api, "bot");
  }

  @Nested
  final class Status200 {
    @Test
    void disable_thenEnable_refusesAndAllowsFromTheAnswerOn() {
      Tenant.Made key = tenant.key(api, "bot");
      assertThat(check(key)).isEqualTo("allowed");
      JsonNode disabled = tenant.change(key, "disable").ok().json();
      assertThat(disabled.path("state").asText()).isEqualTo("disabled");
      assertThat(disabled.path("revoked_at").isNull()).isTrue();
      assertThat(check(key)).isEqualTo("denied key_disabled");
      JsonNode enabled = tenant.change(key, "enable").ok().json();
      assertThat(enabled.path("state").asText()).isEqualTo("active");
      assertThat(check(key)).isEqualTo("allowed");
      assertThat(
              tenant.events().stream()
                  .filter(event -> event.at("/target/id").asText().equals(key.id()))
                  .map(event -> event.path("action").asText()))
          .containsExactly("key.enabled", "key.disabled", "key.created");
    }

    @Test
    void revoke_isForEver_andTheKeyStaysToBeSeen() {
      Tenant.Made key = tenant.key(api, "bot");
      JsonNode revoked = tenant.change(key, "revoke").ok().json();
      assertThat(revoked.path("state").asText()).isEqualTo("revoked");
      assertThat(revoked.path("revoked_at").asText()).endsWith("Z");
      assertThat(check(key)).isEqualTo("denied key_revoked");
      assertThat(SERVER.get(tenant.owner(), tenant.path(key, "")).ok().json()).isEqualTo(revoked);
      assertThat(tenant.keys()).contains(revoked);
      assertThat(SERVER.items(tenant.owner(), tenant.path("/api-keys?state=revoked"), 200))
          .contains(revoked);
      assertThat(SERVER.items(tenant.owner(), tenant.path("/api-keys?state=active"), 200))
          .doesNotContain(revoked);
    }

    @ParameterizedTest
    @ValueSource(strings = {"disable", "enable", "revoke"})
    void change_again_answersTheSameAndLeavesNoTrace(String verb) {
      Tenant.Made key = tenant.key(api, "bot");
      JsonNode first = tenant.change(key, verb).ok().json();
      String before = tenant.everything();
      assertThat(tenant.change(key, verb).ok().json()).isEqualTo(first);
      assertThat(tenant.everything()).isEqualTo(before);
    }

    @Test
    void revoke_disabledKey_isRevoked() {
      Tenant.Made key = tenant.key(api, "bot");
      tenant.change(key, "disable").ok();
      tenant.change(key, "revoke").ok();
      assertThat(check(key)).isEqualTo("denied key_revoked");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", " { } "})
    void revoke_withNothingToSay_isFine(String body) {
      Tenant.Made key = tenant.key(api, "bot");
      assertThat(SERVER.post(tenant.owner(), tenant.path(key, "/revoke"), body).status())
          .isEqualTo(200);
    }

    @Test
    void revoke_onesOwnKey_isAnswered_andTheNextCallIsNot() {
      Tenant.Made self = tenant.key("bitting", "keys:manage");
      TestServer.Reply reply = SERVER.post(self.token(), tenant.path(self, "/revoke"), "");
      assertThat(reply.ok().json().path("state").asText()).isEqualTo("revoked");
      Problems.expect(
          SERVER.post(self.token(), tenant.path(self, "/enable"), ""), 401, "key_revoked");
    }
  }

  @Nested
  final class Status400 {
    @Test
    void change_withMembers_isRefused() {
      Tenant.Made key = tenant.key(api, "bot");
      for (String verb : List.of("disable", "enable")) {
        for (String body : List.of("{\"state\":\"active\"}", "[]", "null", "\"x\"")) {
          Problems.expect(
              SERVER.post(tenant.owner(), tenant.path(key, "/" + verb), body),
              400,
              "request_malformed");
        }
      }
      assertThat(check(key)).isEqualTo("allowed");
    }
  }

  @Nested
  final class Status404 {
    @ParameterizedTest
    @ValueSource(strings = {"disable", "enable", "revoke"})
    void change_keyOfAnother_isAsOneThatNeverWas(String verb) {
      Tenant other = SERVER.tenant();
      Tenant.Made key = other.key(api, "bot");
      String before = other.everything();
      TestServer.Reply never =
          SERVER.post(tenant.owner(), tenant.path("/api-keys/0123456789AB/" + verb), "");
      Problems.expect(never, 404, "not_found");
      for (String path :
          List.of(
              tenant.path("/api-keys/" + key.id() + "/" + verb),
              other.path("/api-keys/" + key.id() + "/" + verb),
              tenant.path("/api-keys/not-an-id/" + verb))) {
        TestServer.Reply reply = SERVER.post(tenant.owner(), path, "");
        assertThat(Problems.comparable(reply)).as(path).isEqualTo(Problems.comparable(never));
      }
      assertThat(other.everything()).isEqualTo(before);
    }
  }

  @Nested
  final class Status409 {
    @ParameterizedTest
    @ValueSource(strings = {"disable", "enable"})
    void change_revokedKey_isRefused(String verb) {
      Tenant.Made key = tenant.key(api, "bot");
      tenant.change(key, "revoke").ok();
      String before = tenant.everything();
      JsonNode problem = Problems.expect(tenant.change(key, verb), 409, "state_conflict");
      assertThat(problem.path("detail").asText()).contains(key.id(), "revoked is for ever");
      assertThat(tenant.everything()).isEqualTo(before);
      assertThat(check(key)).isEqualTo("denied key_revoked");
    }
  }

  /**
   * A key that was revoked between the guard and the transaction changes nothing: however requests
   * by it and its revocation meet, nothing that it did comes after its revocation in the audit
   * chain, and whoever was answered after the revocation was refused.
   */
  @Nested
  final class Races {
    static Stream<TestServer> servers() {
      return Stream.of(SERVER, TestServer.sharedOnPostgresql());
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("io.bitting.server.keys.ChangeKeyStateTest$Races#servers")
    void revoke_whileTheKeyCreatesKeys_nothingComesAfterIt(TestServer server) {
      Tenant victim = server.tenant();
      for (int round = 0; round < 5; round++) {
        Tenant.Made thief = victim.key("bitting", "keys:issue", "org:read");
        String name = server.unique("stolen");
        List<TestServer.Reply> replies =
            Race.of(
                6,
                runner ->
                    runner == 0
                        ? victim.change(thief, "revoke")
                        : server.post(
                            thief.token(),
                            victim.path("/api-keys"),
                            TestServer.json(
                                "api",
                                "bitting",
                                "name",
                                name + runner,
                                "scopes",
                                List.of("org:read"))));
        assertThat(replies.get(0).status()).isEqualTo(200);
        replies.stream()
            .skip(1)
            .filter(reply -> reply.status() != 201)
            .forEach(reply -> Problems.expect(reply, 401, "key_revoked"));
        long revokedAt = number(victim, "key.revoked", thief.id());
        assertThat(
                victim.events().stream()
                    .filter(event -> event.at("/actor/id").asText().equals(thief.id()))
                    .map(event -> event.path("number").asLong()))
            .allMatch(number -> number < revokedAt)
            .hasSize((int) replies.stream().skip(1).filter(reply -> reply.status() == 201).count());
      }
    }

    private static long number(Tenant victim, String action, String target) {
      return victim.events().stream()
          .filter(event -> event.path("action").asText().equals(action))
          .filter(event -> event.at("/target/id").asText().equals(target))
          .mapToLong(event -> event.path("number").asLong())
          .findFirst()
          .orElseThrow();
    }

    /** Two who revoke one key at the same moment both hear that it is revoked, and it was once. */
    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("io.bitting.server.keys.ChangeKeyStateTest$Races#servers")
    void revoke_byManyAtOnce_isOneRevocation(TestServer server) {
      Tenant many = server.tenant();
      Tenant.Made key = many.key("bitting", "org:read");
      assertThat(Race.of(6, runner -> many.change(key, "revoke").status())).containsOnly(200);
      assertThat(
              many.events().stream()
                  .filter(event -> event.path("action").asText().equals("key.revoked")))
          .hasSize(1);
    }
  }
}
