package io.bitting.server.setup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bitting.fixtures.MutableClock;
import io.bitting.server.Problems;
import io.bitting.server.Race;
import io.bitting.server.TestServer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code POST /v1/setup}: from a code to an owner. */
final class SetUpTest {
  private static final TestServer SERVER = TestServer.shared();

  private static TestServer.Reply redeem(TestServer server, Object... members) {
    return server.post("", "/v1/setup", TestServer.json(members));
  }

  private static JsonNode organization(TestServer server) {
    String slug = server.unique("new");
    return server
        .post(
            server.ownerToken(), "/v1/organizations", TestServer.json("slug", slug, "name", "New"))
        .ok()
        .json();
  }

  @Nested
  final class Status201 {
    @Test
    void setUp_firstCode_makesTheOperatorAndItsOwner() {
      try (TestServer server = TestServer.startWithoutOwner(Clock.systemUTC(), List.of())) {
        String code = server.server().setupCodeIfNone().orElseThrow().text();
        JsonNode made =
            redeem(
                    server,
                    "code",
                    code,
                    "organization",
                    TestServer.parse("{\"slug\":\"acme\",\"name\":\" Acme \"}"),
                    "key_name",
                    "root")
                .ok()
                .json();
        assertThat(made.at("/organization/slug").asText()).isEqualTo("acme");
        assertThat(made.at("/organization/name").asText()).isEqualTo("Acme");
        assertThat(made.at("/organization/operator").asBoolean()).isTrue();
        assertThat(made.at("/key/name").asText()).isEqualTo("root");
        assertThat(made.at("/key/api").asText()).isEqualTo("bitting");
        assertThat(made.at("/key/all_scopes").asBoolean()).isTrue();
        assertThat(made.at("/key/reach").asText()).isEqualTo("everything");
        assertThat(made.at("/key/created_by/kind").asText()).isEqualTo("setup");
        assertThat(made.at("/key/expires_at").isNull()).isFalse();
        String token = made.path("token").asText();
        assertThat(server.get(token, "/v1/audit-events").ok().text()).doesNotContain(code, token);
        assertThat(server.server().setupCodeIfNone()).isEmpty();
        // A code is used once, and no second one comes of it.
        Problems.expect(
            redeem(server, "code", code, "key_name", "another"), 403, "setup_code_invalid");
        assertThat(server.get(token, "/v1/organizations/acme/api-keys").json().path("items"))
            .hasSize(1);
      }
    }

    @Test
    void setUp_codeOfTenant_makesItsOwner_withoutAnythingOfTheInstallation() {
      JsonNode made = organization(SERVER);
      JsonNode owner = redeem(SERVER, "code", made.path("setup_code").asText()).ok().json();
      String token = owner.path("token").asText();
      String org = "/v1/organizations/" + made.at("/organization/slug").asText();
      assertThat(owner.at("/organization/operator").asBoolean()).isFalse();
      assertThat(SERVER.get(token, org).status()).isEqualTo(200);
      for (String path : List.of("/v1/organizations", "/v1/audit-events")) {
        assertThat(SERVER.get(token, path).status()).as(path).isIn(403, 404);
      }
      for (String scope :
          List.of(
              "apis:read",
              "apis:manage",
              "organizations:read",
              "organizations:manage",
              "keys:verify")) {
        assertThat(SERVER.verify(token, "bitting", scope))
            .as(scope)
            .isEqualTo("denied insufficient_scope");
      }
    }
  }

  @Nested
  final class Status400And422 {
    @Test
    void setUp_missingCode_isRefused() {
      Problems.expectFaults(redeem(SERVER), "/code member_missing");
    }

    @Test
    void setUp_wrongMembers_areAllNamed() {
      Problems.expectFaults(
          redeem(
              SERVER,
              "code",
              7,
              "organization",
              TestServer.parse("{\"slug\":\"No Slug\",\"name\":\"\",\"operator\":true}"),
              "key_name",
              null,
              "token",
              "x"),
          "/code type_wrong",
          "/organization/slug slug_invalid",
          "/organization/name name_missing",
          "/organization/operator member_unknown",
          "/key_name type_wrong",
          "/token member_unknown");
    }

    @Test
    void setUp_nameOfKeyThatWillNotDo_leavesTheCodeAsItWas() {
      String code = organization(SERVER).path("setup_code").asText();
      Problems.expectFaults(
          redeem(SERVER, "code", code, "key_name", "a\u202eb"), "/key_name name_invalid");
      redeem(SERVER, "code", code).ok();
    }

    /** An organization that exists is not renamed in passing, and what is said is not dropped. */
    @Test
    void setUp_organizationForACodeOfATenant_isRefused_andLeavesTheCodeAsItWas() {
      String code = organization(SERVER).path("setup_code").asText();
      Problems.expectFaults(
          redeem(SERVER, "code", code, "organization", TestServer.parse("{\"slug\":\"acme\"}")),
          "/organization member_unknown");
      redeem(SERVER, "code", code).ok();
    }

    @Test
    void setUp_nameOfFirstKeyThatWillNotDo_makesNoOperator() {
      try (TestServer server = TestServer.startWithoutOwner(Clock.systemUTC(), List.of())) {
        String code = server.server().setupCodeIfNone().orElseThrow().text();
        Problems.expectFaults(
            redeem(server, "code", code, "key_name", ""), "/key_name name_missing");
        redeem(server, "code", code).ok();
      }
    }
  }

  @Nested
  final class Status403 {
    /** What is wrong with a code, nobody is told; the answers are the same to the byte. */
    @ParameterizedTest
    @ValueSource(strings = {"", "x", "00000000000000000000000000000000", "\u0000", "ſ"})
    void setUp_wrongCode_isRefused(String code) {
      TestServer.Reply reply = redeem(SERVER, "code", code);
      Problems.expect(reply, 403, "setup_code_invalid");
      assertThat(Problems.comparable(reply))
          .isEqualTo(Problems.comparable(redeem(SERVER, "code", "never-a-code")));
    }

    @Test
    void setUp_usedCode_isRefused_andTheKeyStays() {
      JsonNode made = organization(SERVER);
      String code = made.path("setup_code").asText();
      String token = redeem(SERVER, "code", code).ok().json().path("token").asText();
      TestServer.Reply again = redeem(SERVER, "code", code, "key_name", "second");
      assertThat(Problems.comparable(again))
          .isEqualTo(Problems.comparable(redeem(SERVER, "code", "never-a-code")));
      String org = "/v1/organizations/" + made.at("/organization/slug").asText();
      assertThat(SERVER.get(token, org + "/api-keys").ok().json().path("items")).hasSize(1);
    }

    @Test
    void setUp_expiredCode_isRefused_andOneBeforeIsNot() {
      MutableClock clock = new MutableClock();
      try (TestServer server = TestServer.startWithoutOwner(clock, List.of())) {
        String code = server.server().setupCodeIfNone().orElseThrow().text();
        clock.advance(Duration.ofMinutes(30));
        Problems.expect(redeem(server, "code", code), 403, "setup_code_invalid");
        String next = server.server().setupCodeIfNone().orElseThrow().text();
        clock.advance(Duration.ofMinutes(30).minusMillis(1));
        redeem(server, "code", next).ok();
      }
    }

    @Test
    void setUp_codeBeforeTheNewest_isRefused() {
      try (TestServer server = TestServer.startWithoutOwner(Clock.systemUTC(), List.of())) {
        String first = server.server().setupCodeIfNone().orElseThrow().text();
        String second = server.server().setupCodeIfNone().orElseThrow().text();
        Problems.expect(redeem(server, "code", first), 403, "setup_code_invalid");
        redeem(server, "code", second).ok();
      }
    }

    @Test
    void anyKey_beforeThereIsAnOwner_isRefused() {
      try (TestServer server = TestServer.startWithoutOwner(Clock.systemUTC(), List.of())) {
        Problems.expect(
            server.get(TestServer.unknownToken("bit"), "/v1/whoami"), 401, "credential_invalid");
      }
    }
  }

  /** Of any number who redeem one code at the same moment, one becomes owner. */
  @Nested
  final class Races {
    static Stream<TestServer> servers() {
      return Stream.of(SERVER, TestServer.sharedOnPostgresql());
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("io.bitting.server.setup.SetUpTest$Races#servers")
    void setUp_oneCodeOfATenantByMany_makesOneOwner(TestServer server) {
      JsonNode made = organization(server);
      String code = made.path("setup_code").asText();
      List<TestServer.Reply> replies =
          Race.of(8, runner -> redeem(server, "code", code, "key_name", "owner " + runner));
      assertOneOwner(replies);
    }

    @Test
    void setUp_firstCodeByMany_makesOneOwner() {
      try (TestServer server = TestServer.startWithoutOwner(Clock.systemUTC(), List.of())) {
        raceForFirst(server);
      }
    }

    @Test
    void setUp_firstCodeByManyOnPostgresql_makesOneOwner() {
      try (TestServer server = TestServer.startOnPostgresqlWithoutOwner()) {
        raceForFirst(server);
      }
    }

    private static void raceForFirst(TestServer server) {
      String code = server.server().setupCodeIfNone().orElseThrow().text();
      assertOneOwner(
          Race.of(
              8,
              runner ->
                  redeem(
                      server,
                      "code",
                      code,
                      "organization",
                      TestServer.parse("{\"slug\":\"operator" + runner + "\"}"),
                      "key_name",
                      "owner " + runner)));
    }

    private static void assertOneOwner(List<TestServer.Reply> replies) {
      assertThat(replies.stream().filter(reply -> reply.status() == 201)).hasSize(1);
      replies.stream()
          .filter(reply -> reply.status() != 201)
          .forEach(reply -> Problems.expect(reply, 403, "setup_code_invalid"));
    }
  }
}
