package io.bitting.server.organizations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bitting.server.Problems;
import io.bitting.server.Race;
import io.bitting.server.Tenant;
import io.bitting.server.TestServer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code POST /v1/organizations}. */
final class CreateOrganizationTest {
  private static final TestServer SERVER = TestServer.shared();

  private static TestServer.Reply create(String token, Object... members) {
    return SERVER.post(token, "/v1/organizations", TestServer.json(members));
  }

  @Nested
  final class Status201 {
    @Test
    void create_makesItWithACodeForItsOwner() {
      String slug = SERVER.unique("acme");
      Instant before = Instant.now();
      TestServer.Reply reply = create(SERVER.ownerToken(), "slug", slug, "name", " Acme ");
      assertThat(reply.status()).isEqualTo(201);
      assertThat(reply.header("Location")).isEqualTo("/v1/organizations/" + slug);
      JsonNode made = reply.json();
      assertThat(made.at("/organization/name").asText()).isEqualTo("Acme");
      assertThat(made.at("/organization/operator").asBoolean()).isFalse();
      assertThat(made.at("/organization/state").asText()).isEqualTo("active");
      assertThat(made.at("/organization/all_scopes_allowed").asBoolean()).isTrue();
      assertThat(made.path("setup_code").asText()).matches("[0-9A-Za-z]{32}");
      assertThat(Instant.parse(made.path("setup_code_expires_at").asText()))
          .isBetween(
              before.plus(Duration.ofMinutes(30)).minusSeconds(1),
              Instant.now().plus(Duration.ofMinutes(30)));
      assertThat(SERVER.get(SERVER.ownerToken(), reply.header("Location")).ok().json())
          .isEqualTo(made.path("organization"));
      for (String chain : List.of("/v1/audit-events", "/v1/organizations/operator/audit-events")) {
        assertThat(SERVER.get(SERVER.ownerToken(), chain).ok().text())
            .doesNotContain(made.path("setup_code").asText());
      }
      assertThat(
              SERVER
                  .get(SERVER.ownerToken(), "/v1/audit-events?limit=1")
                  .json()
                  .at("/items/0/action")
                  .asText())
          .isEqualTo("organization.created");
    }
  }

  @Nested
  final class Status403 {
    /** Its owner may grant everything there, so nobody makes one who may not (rule 6). */
    @Test
    void create_byKeyThatDoesNotReachEverything_isRefused() {
      Tenant operator = SERVER.operator();
      String before = SERVER.position();
      Tenant.Made manager = operator.key("bitting", "organizations:manage", "organizations:read");
      Tenant.Made issuer = operator.key("bitting", "organizations:manage", "keys:issue");
      for (Tenant.Made key : List.of(manager, issuer)) {
        Problems.expect(
            create(key.token(), "slug", SERVER.unique("mine"), "name", "Mine"),
            403,
            "beyond_ceiling");
      }
      assertThat(before).isNotEqualTo(SERVER.position());
      assertThat(SERVER.get(SERVER.ownerToken(), "/v1/organizations?limit=200").text())
          .doesNotContain("\"Mine\"");
    }

    @Test
    void create_byTenant_isRefused() {
      Problems.expect(
          create(SERVER.tenant().owner(), "slug", "mine", "name", "Mine"),
          403,
          "insufficient_scope");
    }
  }

  @Nested
  final class Status409 {
    @Test
    void create_slugThatIsTaken_isRefused() {
      Tenant tenant = SERVER.tenant();
      String before = SERVER.position();
      JsonNode problem =
          Problems.expect(
              create(SERVER.ownerToken(), "slug", tenant.slug(), "name", "Other"),
              409,
              "slug_taken");
      assertThat(problem.path("detail").asText()).contains("\"" + tenant.slug() + "\"");
      assertThat(SERVER.position()).isEqualTo(before);
    }

    static Stream<TestServer> servers() {
      return Stream.of(SERVER, TestServer.sharedOnPostgresql());
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("io.bitting.server.organizations.CreateOrganizationTest$Status409#servers")
    void create_oneSlugByMany_isOneOrganization(TestServer server) {
      String body = TestServer.json("slug", server.unique("race"), "name", "Race");
      List<TestServer.Reply> replies =
          Race.of(6, runner -> server.post(server.ownerToken(), "/v1/organizations", body));
      assertThat(replies.stream().filter(reply -> reply.status() == 201)).hasSize(1);
      replies.stream()
          .filter(reply -> reply.status() != 201)
          .forEach(reply -> Problems.expect(reply, 409, "slug_taken"));
    }
  }

  @Nested
  final class Status422 {
    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "{}|/slug member_missing, /name member_missing",
          "{'slug':'','name':''}|/slug slug_invalid, /name name_missing",
          "{'slug':'Acme','name':' '}|/slug slug_invalid, /name name_missing",
          "{'slug':'-acme','name':'x'}|/slug slug_invalid",
          "{'slug':'acme-','name':'x'}|/slug slug_invalid",
          "{'slug':'1acme','name':'x'}|/slug slug_invalid",
          "{'slug':'acme/../operator','name':'x'}|/slug slug_invalid",
          "{'slug':'аcme','name':'x'}|/slug slug_invalid",
          "{'slug':7,'name':null}|/slug type_wrong, /name type_wrong",
          "{'slug':'acme','name':'a\\u202eb'}|/name name_invalid",
          "{'slug':'acme','name':'x','operator':true,'id':'0123456789AB','state':'active'}|/operator member_unknown, /id member_unknown, /state member_unknown",
          "[]|' type_wrong'"
        })
    void create_faults_areAllNamed(String body, String faults) {
      String before = SERVER.position();
      Problems.expectFaults(
          SERVER.post(SERVER.ownerToken(), "/v1/organizations", body.replace('\'', '"')),
          faults.split(", ", -1));
      assertThat(SERVER.position()).isEqualTo(before);
    }

    @Test
    void create_slugOf64Characters_isRefused_andOf63IsNot() {
      String slug = "s" + "0".repeat(58);
      Problems.expectFaults(
          create(SERVER.ownerToken(), "slug", slug + "12345", "name", "x"), "/slug slug_invalid");
      create(SERVER.ownerToken(), "slug", slug + "1234", "name", "x").ok();
    }
  }
}
