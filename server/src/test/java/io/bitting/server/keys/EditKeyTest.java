package io.bitting.server.keys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bitting.server.Problems;
import io.bitting.server.Tenant;
import io.bitting.server.TestServer;
import java.net.http.HttpRequest;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code PATCH /v1/organizations/{org}/api-keys/{key}}, and that there is no PUT. */
final class EditKeyTest {
  private static final TestServer SERVER = TestServer.shared();
  private static String api;
  private static Tenant tenant;

  @BeforeAll
  static void start() {
    api = SERVER.api();
    tenant = SERVER.tenant();
  }

  private static TestServer.Reply edit(Tenant.Made key, String json) {
    return SERVER.patch(tenant.owner(), tenant.path(key, ""), json);
  }

  private static JsonNode show(Tenant.Made key) {
    return SERVER.get(tenant.owner(), tenant.path(key, "")).ok().json();
  }

  @Nested
  final class Status200 {
    @Test
    void edit_nameAndPurpose_changesThemAndNothingElse() {
      Tenant.Made key = tenant.key(api, "bot");
      JsonNode before = show(key);
      String name = SERVER.unique("renamed");
      JsonNode after =
          edit(key, TestServer.json("name", "  " + name + " ", "purpose", "Why not?")).ok().json();
      assertThat(after.path("name").asText()).isEqualTo(name);
      assertThat(after.path("purpose").asText()).isEqualTo("Why not?");
      assertThat(show(key)).isEqualTo(after);
      for (String member :
          List.of("id", "scopes", "all_scopes", "reach", "state", "created_at", "expires_at")) {
        assertThat(after.path(member)).as(member).isEqualTo(before.path(member));
      }
      assertThat(after.toString()).doesNotContain(key.token());
      JsonNode event = tenant.events().get(0);
      assertThat(event.path("action").asText()).isEqualTo("key.edited");
      assertThat(event.path("changes").findValuesAsText("name")).containsExactly("name", "purpose");
      assertThat(event.at("/changes/0/after").asText()).isEqualTo(name);
    }

    @Test
    void edit_whatIsSoAlready_leavesNoTrace() {
      Tenant.Made key = tenant.key(api, "bot");
      String before = tenant.everything();
      edit(key, TestServer.json("name", key.shown().path("name").asText())).ok();
      edit(key, "{}").ok();
      assertThat(tenant.everything()).isEqualTo(before);
    }

    @Test
    void edit_caseOfItsOwnName_isFine() {
      Tenant.Made key = tenant.key(api, "bot");
      String upper = key.shown().path("name").asText().toUpperCase(java.util.Locale.ROOT);
      assertThat(edit(key, TestServer.json("name", upper)).ok().json().path("name").asText())
          .isEqualTo(upper);
    }

    /** The name of a revoked key is free, so its twin keeps nobody from editing the purpose. */
    @Test
    void edit_purposeOfRevokedKeyWhoseNameIsUsedAgain_isFine() {
      Tenant.Made key = tenant.key(api, "bot");
      tenant.change(key, "revoke").ok();
      tenant.issue(
          tenant.owner(),
          TestServer.json(
              "api", api, "name", key.shown().path("name").asText(), "scopes", List.of("bot")));
      assertThat(edit(key, "{\"purpose\":\"leaked\"}").ok().json().path("state").asText())
          .isEqualTo("revoked");
    }
  }

  @Nested
  final class Status403And404 {
    @Test
    void edit_withoutKeysManage_isRefused() {
      Tenant.Made key = tenant.key(api, "bot");
      Tenant.Made reader = tenant.key("bitting", "keys:read", "keys:issue");
      TestServer.Reply reply =
          SERVER.patch(reader.token(), tenant.path(key, ""), "{\"name\":\"mine\"}");
      assertThat(
              Problems.expect(reply, 403, "insufficient_scope").path("missing_scopes").toString())
          .isEqualTo("[\"keys:manage\"]");
    }

    @Test
    void edit_keyOfAnother_isAsOneThatNeverWas() {
      Tenant other = SERVER.tenant();
      Tenant.Made key = other.key(api, "bot");
      String before = other.everything();
      TestServer.Reply foreign =
          SERVER.patch(tenant.owner(), tenant.path("/api-keys/" + key.id()), "{\"name\":\"mine\"}");
      TestServer.Reply never =
          SERVER.patch(
              tenant.owner(), tenant.path("/api-keys/0123456789AB"), "{\"name\":\"mine\"}");
      Problems.expect(foreign, 404, "not_found");
      assertThat(Problems.comparable(foreign)).isEqualTo(Problems.comparable(never));
      assertThat(other.everything()).isEqualTo(before);
    }
  }

  @Nested
  final class Status405 {
    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE", "POST"})
    void otherMethods_areRefused(String method) {
      Tenant.Made key = tenant.key(api, "bot");
      JsonNode before = show(key);
      TestServer.Reply reply =
          SERVER.send(
              SERVER
                  .request(tenant.owner(), tenant.path(key, ""))
                  .header("Content-Type", "application/json")
                  .method(
                      method, HttpRequest.BodyPublishers.ofString("{\"scopes\":[\"orders:read\"]}"))
                  .build());
      Problems.expect(reply, 405, "method_not_allowed");
      assertThat(reply.header("Allow")).isEqualTo("GET, PATCH, HEAD");
      assertThat(show(key)).isEqualTo(before);
    }
  }

  /** A grant is fixed for life (rule 3), whatever else the request says. */
  @Nested
  final class Status409 {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "{\"scopes\":[\"bot\",\"orders:read\"]}",
          "{\"scopes\":[\"bot\"]}",
          "{\"scopes\":[]}",
          "{\"scopes\":null}",
          "{\"all_scopes\":true}",
          "{\"reach\":\"everything\"}",
          "{\"reach\":null}",
          "{\"api\":\"bitting\"}",
          "{\"name\":\"renamed on the way\",\"scopes\":[\"orders:read\"]}",
          "{\"name\":\"\",\"unknown\":1,\"scopes\":[\"orders:read\"]}"
        })
    void edit_grant_isRefused_andNothingIsChanged(String body) {
      Tenant.Made key = tenant.key(api, "bot");
      String before = tenant.everything();
      JsonNode problem = Problems.expect(edit(key, body), 409, "scopes_immutable");
      assertThat(problem.path("detail").asText()).contains("replace this one");
      assertThat(tenant.everything()).isEqualTo(before);
      assertThat(SERVER.verify(key.token(), api, "orders:read"))
          .isEqualTo("denied insufficient_scope");
    }

    @Test
    void edit_toTheNameOfAnother_isRefused() {
      Tenant.Made holder = tenant.key(api, "bot");
      Tenant.Made key = tenant.key(api, "bot");
      String twin = holder.shown().path("name").asText().toUpperCase(java.util.Locale.ROOT);
      String before = tenant.everything();
      JsonNode problem =
          Problems.expect(edit(key, TestServer.json("name", twin)), 409, "name_taken");
      assertThat(problem.path("detail").asText())
          .contains(holder.id(), holder.shown().path("name").asText());
      assertThat(tenant.everything()).isEqualTo(before);
    }
  }

  @Nested
  final class Status422 {
    @Test
    void edit_faults_areAllNamed() {
      Tenant.Made key = tenant.key(api, "bot");
      String before = tenant.everything();
      assertThat(edit(key, "{\"nmae\":\"x\"}").text()).contains("known are name, purpose\"");
      Problems.expectFaults(
          edit(key, "{\"name\":\" \",\"purpose\":\"a\\u0007b\",\"state\":\"active\",\"id\":1}"),
          "/name name_missing",
          "/purpose purpose_invalid",
          "/state member_unknown",
          "/id member_unknown");
      Problems.expectFaults(
          edit(key, "{\"name\":null,\"purpose\":[],\"expires_at\":null,\"created_by\":{}}"),
          "/name type_wrong",
          "/purpose type_wrong",
          "/expires_at member_unknown",
          "/created_by member_unknown");
      Problems.expectFaults(edit(key, "[]"), " type_wrong");
      assertThat(tenant.everything()).isEqualTo(before);
    }
  }
}
