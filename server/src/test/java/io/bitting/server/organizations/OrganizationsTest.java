package io.bitting.server.organizations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bitting.server.Problems;
import io.bitting.server.Tenant;
import io.bitting.server.TestServer;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Listing, showing, editing, suspending and resuming organizations, and their setup codes. */
final class OrganizationsTest {
  private static final TestServer SERVER = TestServer.shared();
  private static Tenant operator;

  @BeforeAll
  static void start() {
    operator = SERVER.operator();
  }

  private static TestServer.Reply asOperator(Tenant tenant, String verb) {
    return SERVER.post(SERVER.ownerToken(), tenant.path("/" + verb), "");
  }

  /** {@code GET /v1/organizations}. */
  @Nested
  final class ListThem {
    @Test
    void list_inPages_hasEachOnce_bySlug() {
      Tenant first = SERVER.tenant();
      Tenant second = SERVER.tenant();
      List<JsonNode> walked = SERVER.items(SERVER.ownerToken(), "/v1/organizations", 1);
      assertThat(walked).isEqualTo(SERVER.items(SERVER.ownerToken(), "/v1/organizations", 200));
      List<String> slugs = walked.stream().map(o -> o.path("slug").asText()).toList();
      assertThat(slugs).contains(first.slug(), second.slug(), operator.slug()).isSorted();
    }

    @Test
    void list_withMadeUpCursor_isRefused() {
      for (String cursor : List.of("x", "Tm8gU2x1Zw", "JyBPUiAxPTE")) {
        Problems.expect(
            SERVER.get(SERVER.ownerToken(), "/v1/organizations?cursor=" + cursor),
            400,
            "cursor_invalid");
      }
    }

    @Test
    void list_byTenant_isRefused() {
      Problems.expect(
          SERVER.get(SERVER.tenant().owner(), "/v1/organizations"), 403, "insufficient_scope");
    }
  }

  /** {@code GET /v1/organizations/{org}}. */
  @Nested
  final class ShowOne {
    @Test
    void show_ownBySlugOrId_isTheSame() {
      Tenant tenant = SERVER.tenant();
      JsonNode shown = SERVER.get(tenant.owner(), tenant.path("")).ok().json();
      assertThat(shown.path("id").asText()).isEqualTo(tenant.id());
      assertThat(SERVER.get(tenant.owner(), "/v1/organizations/" + tenant.id()).ok().json())
          .isEqualTo(shown);
    }

    @Test
    void show_another_isForWhoRunsTheInstallation() {
      Tenant tenant = SERVER.tenant();
      Tenant.Made reader = operator.key("bitting", "organizations:read");
      assertThat(SERVER.get(reader.token(), tenant.path("")).status()).isEqualTo(200);
      // In the operator organization, but without that scope.
      Tenant.Made member = operator.key("bitting", "org:read");
      assertThat(SERVER.get(member.token(), operator.path("")).status()).isEqualTo(200);
      Problems.expect(SERVER.get(member.token(), tenant.path("")), 404, "not_found");
    }

    @Test
    void show_another_byTenant_isAsOneThatNeverWas() {
      Tenant tenant = SERVER.tenant();
      Tenant other = SERVER.tenant();
      TestServer.Reply never = SERVER.get(tenant.owner(), "/v1/organizations/never");
      Problems.expect(never, 404, "not_found");
      for (String path :
          List.of(other.path(""), "/v1/organizations/" + other.id(), operator.path(""))) {
        assertThat(Problems.comparable(SERVER.get(tenant.owner(), path)))
            .isEqualTo(Problems.comparable(never));
      }
    }
  }

  /** {@code PATCH /v1/organizations/{org}}. */
  @Nested
  final class Edit {
    @Test
    void edit_nameAndPolicy_changesThem_andSaysSoInTheAudit() {
      Tenant tenant = SERVER.tenant();
      JsonNode after =
          SERVER
              .patch(
                  tenant.owner(),
                  tenant.path(""),
                  TestServer.json("name", " New name ", "all_scopes_allowed", false))
              .ok()
              .json();
      assertThat(after.path("name").asText()).isEqualTo("New name");
      assertThat(after.path("all_scopes_allowed").asBoolean()).isFalse();
      assertThat(SERVER.get(tenant.owner(), tenant.path("")).json()).isEqualTo(after);
      JsonNode event = tenant.events().get(0);
      assertThat(event.path("action").asText()).isEqualTo("organization.edited");
      assertThat(event.path("changes").findValuesAsText("name"))
          .containsExactly("name", "all_scopes_allowed");
    }

    @Test
    void edit_whatIsSoAlready_leavesNoTrace() {
      Tenant tenant = SERVER.tenant();
      String before = SERVER.position();
      SERVER.patch(tenant.owner(), tenant.path(""), "{}").ok();
      SERVER.patch(tenant.owner(), tenant.path(""), "{\"all_scopes_allowed\":true}").ok();
      assertThat(SERVER.position()).isEqualTo(before);
    }

    @Test
    void edit_another_isNotFound_evenForTheOperator() {
      Tenant tenant = SERVER.tenant();
      for (String token : List.of(SERVER.tenant().owner(), SERVER.ownerToken())) {
        Problems.expect(
            SERVER.patch(token, tenant.path(""), "{\"name\":\"Mine\"}"), 404, "not_found");
      }
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "{'name':''}|/name name_missing",
          "{'name':null}|/name type_wrong",
          "{'name':'a\\u0000b','all_scopes_allowed':'no'}|/name name_invalid, /all_scopes_allowed type_wrong",
          "{'slug':'mine','operator':true,'state':'active','id':'x','suspended':false}|/slug member_unknown, /operator member_unknown, /state member_unknown, /id member_unknown, /suspended member_unknown",
          "7|' type_wrong'"
        })
    void edit_faults_areAllNamed(String body, String faults) {
      Tenant tenant = SERVER.tenant();
      String before = SERVER.position();
      Problems.expectFaults(
          SERVER.patch(tenant.owner(), tenant.path(""), body.replace('\'', '"')),
          faults.split(", ", -1));
      assertThat(SERVER.position()).isEqualTo(before);
    }
  }

  /** {@code POST /v1/organizations/{org}/suspend} and {@code /resume}. */
  @Nested
  final class SuspendAndResume {
    @Test
    void suspend_refusesEveryKeyOfIt_fromTheAnswerOn_untilResumed() {
      Tenant tenant = SERVER.tenant();
      String api = SERVER.api();
      Tenant.Made key = tenant.key(api, "bot", "org:read");
      JsonNode suspended = asOperator(tenant, "suspend").ok().json();
      assertThat(suspended.path("state").asText()).isEqualTo("suspended");
      Problems.expect(SERVER.get(tenant.owner(), tenant.path("")), 403, "organization_suspended");
      Problems.expect(SERVER.get(key.token(), tenant.path("")), 403, "organization_suspended");
      assertThat(SERVER.verify(key.token(), api, "bot")).isEqualTo("denied organization_suspended");
      // An outsider learns nothing of it.
      Problems.expect(
          SERVER.get(
              TestServer.withChecksum(
                  key.token().substring(0, key.token().length() - 38) + "0".repeat(32)),
              "/v1/whoami"),
          401,
          "credential_invalid");
      String before = SERVER.position();
      assertThat(asOperator(tenant, "suspend").ok().json()).isEqualTo(suspended);
      assertThat(SERVER.position()).isEqualTo(before);
      assertThat(asOperator(tenant, "resume").ok().json().path("state").asText())
          .isEqualTo("active");
      assertThat(SERVER.verify(key.token(), api, "bot")).isEqualTo("allowed");
      assertThat(tenant.events().stream().limit(2).map(event -> event.path("action").asText()))
          .containsExactly("organization.resumed", "organization.suspended");
    }

    @Test
    void suspend_theOperator_isRefused() {
      Problems.expect(asOperator(operator, "suspend"), 409, "state_conflict");
      assertThat(asOperator(operator, "resume").ok().json().path("state").asText())
          .isEqualTo("active");
    }

    @Test
    void suspend_byTenant_isRefused_andOneThatIsNot_isNotFound() {
      Tenant tenant = SERVER.tenant();
      Problems.expect(
          SERVER.post(tenant.owner(), tenant.path("/suspend"), ""), 403, "insufficient_scope");
      Problems.expect(
          SERVER.post(SERVER.ownerToken(), "/v1/organizations/never/suspend", ""),
          404,
          "not_found");
    }
  }

  /** {@code POST /v1/organizations/{org}/setup-code}. */
  @Nested
  final class SetupCode {
    private static String unowned() {
      String slug = SERVER.unique("unowned");
      SERVER
          .post(
              SERVER.ownerToken(),
              "/v1/organizations",
              TestServer.json("slug", slug, "name", "Unowned"))
          .ok();
      return "/v1/organizations/" + slug + "/setup-code";
    }

    @Test
    void create_whileThereIsNoOwner_makesTheCodesBeforeVoid() {
      String path = unowned();
      String first =
          SERVER.post(SERVER.ownerToken(), path, "").ok().json().path("setup_code").asText();
      TestServer.Reply second = SERVER.post(SERVER.ownerToken(), path, "{}");
      assertThat(second.status()).isEqualTo(201);
      Problems.expect(
          SERVER.post("", "/v1/setup", TestServer.json("code", first)), 403, "setup_code_invalid");
      SERVER
          .post("", "/v1/setup", TestServer.json("code", second.json().path("setup_code").asText()))
          .ok();
    }

    @Test
    void create_onceThereIsAKey_isRefused_revokedOrNot() {
      Tenant tenant = SERVER.tenant();
      Problems.expect(asOperator(tenant, "setup-code"), 409, "already_set_up");
      JsonNode owner = tenant.keys().get(0);
      SERVER
          .post(
              tenant.owner(), tenant.path("/api-keys/" + owner.path("id").asText() + "/revoke"), "")
          .ok();
      Problems.expect(asOperator(tenant, "setup-code"), 409, "already_set_up");
      Problems.expect(asOperator(operator, "setup-code"), 409, "already_set_up");
    }

    @Test
    void create_byKeyThatDoesNotReachEverything_isRefused() {
      Tenant.Made manager = operator.key("bitting", "organizations:manage");
      Problems.expect(SERVER.post(manager.token(), unowned(), ""), 403, "beyond_ceiling");
    }

    @Test
    void create_byTenantOrForNone_isRefused() {
      Problems.expect(
          SERVER.post(SERVER.tenant().owner(), unowned(), ""), 403, "insufficient_scope");
      Problems.expect(
          SERVER.post(SERVER.ownerToken(), "/v1/organizations/never/setup-code", ""),
          404,
          "not_found");
    }
  }
}
