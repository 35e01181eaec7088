package io.bitting.server.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bitting.server.Problems;
import io.bitting.server.Tenant;
import io.bitting.server.TestServer;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code POST /v1/verify}. */
final class VerifyTest {
  private static final TestServer SERVER = TestServer.shared();
  private static String api;
  private static String otherApi;
  private static Tenant tenant;
  private static Tenant.Made key;
  private static String gateway;

  @BeforeAll
  static void start() {
    api = SERVER.api();
    otherApi = SERVER.api();
    tenant = SERVER.tenant();
    key = tenant.key(api, "orders:write");
    gateway = gateway(api).token();
  }

  private static Tenant.Made gateway(String verifies) {
    Tenant operator = SERVER.operator();
    return operator.issue(
        operator.owner(),
        TestServer.json(
            "api",
            "bitting",
            "name",
            SERVER.unique("gateway"),
            "scopes",
            List.of("keys:verify"),
            "reach",
            TestServer.parse("{\"verify\":[\"" + verifies + "\"]}")));
  }

  private static TestServer.Reply verify(String json) {
    return SERVER.post(
        gateway, "/v1/verify", json.replace("{token}", key.token()).replace("{api}", api));
  }

  private static JsonNode check(String token, String of, String requirement) {
    return SERVER
        .post(
            SERVER.ownerToken(),
            "/v1/verify",
            "{\"token\":\"" + token + "\",\"api\":\"" + of + "\"," + requirement + "}")
        .ok()
        .json();
  }

  @Nested
  final class Allowed {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "\"required_scopes\":[\"orders:write\"]",
          "\"required_scopes\":[\"orders:read\",\"orders:write\"]",
          "\"required_scopes\":[\"orders:read\",\"orders:read\"]",
          "\"any_of\":[[\"orders:refund\"],[\"orders:write\"]]",
          "\"any_of\":[[\"orders:refund\",\"orders:write\"],[\"orders:read\",\"orders:write\"]]",
          "\"any_valid_key\":true",
          "\"any_valid_key\":true,\"source\":{\"ip\":\"203.0.113.7\"}",
          "\"any_valid_key\":true,\"source\":{\"ip\":\"2001:db8::1\"}"
        })
    void verify_requirementMet_allows(String requirement) {
      JsonNode answer =
          verify("{\"token\":\"{token}\",\"api\":\"{api}\"," + requirement + "}").ok().json();
      assertThat(answer.path("decision").asText()).isEqualTo("allowed");
      assertThat(answer.path("reason").isNull()).isTrue();
      assertThat(answer.at("/key/id").asText()).isEqualTo(key.id());
      assertThat(answer.at("/key/organization").asText()).isEqualTo(tenant.id());
      assertThat(answer.at("/key/api").asText()).isEqualTo(api);
      assertThat(answer.at("/key/expires_at")).isEqualTo(key.shown().path("expires_at"));
      assertThat(answer.path("missing_scopes")).isEmpty();
      assertThat(answer.path("as_of").asText()).isEqualTo(SERVER.position());
    }

    /** What is allowed names what was required, for a log of the caller. */
    @Test
    void verify_newKey_isAllowedAtOnce() {
      assertThat(SERVER.verify(tenant.key(api, "bot").token(), api, "bot")).isEqualTo("allowed");
    }
  }

  @Nested
  final class Denied {
    @Test
    void verify_missingScopes_areNamed_andTheKeysOwnAreNot() {
      JsonNode answer =
          check(
              key.token(), api, "\"required_scopes\":[\"orders:refund\",\"orders:read\",\"bot\"]");
      assertThat(answer.path("reason").asText()).isEqualTo("insufficient_scope");
      assertThat(answer.path("required_scopes").toString())
          .isEqualTo("[\"bot\",\"orders:read\",\"orders:refund\"]");
      assertThat(answer.path("missing_scopes").toString()).isEqualTo("[\"bot\",\"orders:refund\"]");
      assertThat(answer.toString()).doesNotContain("orders:write");
    }

    @Test
    void verify_alternatives_namesTheNearest() {
      JsonNode answer =
          check(
              key.token(),
              api,
              "\"any_of\":[[\"orders:refund\",\"bot\"],[\"orders:read\",\"orders:refund\"]]");
      assertThat(answer.path("missing_scopes").toString()).isEqualTo("[\"orders:refund\"]");
    }

    @ParameterizedTest
    @CsvSource({"revoke, key_revoked", "disable, key_disabled"})
    void verify_keyInThatState_saysSo_becauseTheSecretWasProved(String verb, String reason) {
      Tenant.Made other = tenant.key(api, "bot");
      tenant.change(other, verb).ok();
      JsonNode answer = check(other.token(), api, "\"any_valid_key\":true");
      assertThat(answer.path("reason").asText()).isEqualTo(reason);
      assertThat(answer.at("/key/id").asText()).isEqualTo(other.id());
    }

    @Test
    void verify_suspendedOrganization_saysSo() {
      Tenant suspended = SERVER.tenant();
      Tenant.Made made = suspended.key(api, "bot");
      SERVER.post(SERVER.ownerToken(), suspended.path("/suspend"), "").ok();
      assertThat(SERVER.verify(made.token(), api, "bot"))
          .isEqualTo("denied organization_suspended");
      SERVER.post(SERVER.ownerToken(), suspended.path("/resume"), "").ok();
      assertThat(SERVER.verify(made.token(), api, "bot")).isEqualTo("allowed");
    }

    @Test
    void verify_scopeThatTheCatalogLacks_isDeniedToAll() {
      Tenant.Made all = tenant.keyOfAll(api);
      JsonNode answer = check(all.token(), api, "\"required_scopes\":[\"orders:reed\",\"bot\"]");
      assertThat(answer.path("reason").asText()).isEqualTo("requirement_unknown");
      assertThat(answer.path("missing_scopes").toString()).isEqualTo("[\"orders:reed\"]");
    }

    @Test
    void verify_apiThatIsNot_isDenied() {
      JsonNode answer = check(key.token(), "nowhere", "\"any_valid_key\":true");
      assertThat(answer.path("reason").asText()).isEqualTo("api_unknown");
      assertThat(answer.path("key").isNull()).isTrue();
    }

    @Test
    void verify_emptyToken_isMissing() {
      assertThat(check("", api, "\"any_valid_key\":true").path("reason").asText())
          .isEqualTo("credential_missing");
    }

    /**
     * E1: unknown, wrong secret, other API, malformed: the same answer to the byte, and no key is
     * named.
     */
    @Test
    void verify_unproved_isTheSameForAll() {
      String token = key.token();
      String prefix = TestServer.prefix(api);
      String id = key.id();
      Tenant.Made revoked = tenant.key(api, "bot");
      tenant.change(revoked, "revoke").ok();
      String expected =
          check(TestServer.unknownToken(prefix), api, "\"any_valid_key\":true").toString();
      assertThat(expected)
          .contains("\"reason\":\"credential_invalid\"", "\"key\":null")
          .contains("\"required_scopes\":[]");
      for (String wrong :
          List.of(
              withOtherSecret(token),
              withOtherSecret(revoked.token()),
              token.substring(0, token.length() - 1),
              token + "0",
              token + " ",
              " " + token,
              token + "\\n",
              token.toUpperCase(Locale.ROOT),
              token.toLowerCase(Locale.ROOT),
              flipped(token, 20),
              flipped(token, token.length() - 1),
              token.replace(prefix + "_", "other_"),
              TestServer.withChecksum(
                  token.replace(prefix + "_", "other_").substring(0, "other_".length() + 44)),
              TestServer.withChecksum(
                  TestServer.prefix(otherApi)
                      + "_"
                      + token.substring(prefix.length() + 1, token.length() - 6)),
              id,
              prefix + "_" + id,
              "x",
              "%62it",
              "\\u0000",
              "\\u00e4".repeat(57),
              "0".repeat(20_000))) {
        assertThat(check(wrong, api, "\"any_valid_key\":true").toString())
            .as(wrong.substring(0, Math.min(wrong.length(), 70)))
            .isEqualTo(expected);
      }
      // The key is right, but for another API (rule 1).
      assertThat(check(token, otherApi, "\"any_valid_key\":true").toString()).isEqualTo(expected);
      assertThat(
              check(tenant.key("bitting", "org:read").token(), otherApi, "\"any_valid_key\":true")
                  .toString())
          .isEqualTo(
              check(TestServer.unknownToken("bit"), otherApi, "\"any_valid_key\":true").toString());
      // The control: what is right is allowed.
      assertThat(check(token, api, "\"any_valid_key\":true").path("decision").asText())
          .isEqualTo("allowed");
    }

    private static String withOtherSecret(String token) {
      String head = token.substring(0, token.length() - 38);
      return TestServer.withChecksum(
          head + new StringBuilder(token.substring(head.length(), head.length() + 32)).reverse());
    }

    private static String flipped(String text, int at) {
      return text.substring(0, at) + (text.charAt(at) == 'A' ? 'B' : 'A') + text.substring(at + 1);
    }
  }

  @Nested
  final class Status403 {
    @Test
    void verify_apiBeyondTheReach_isRefused_whetherTheTokenIsRightOrNot() {
      for (String of : List.of(otherApi, "bitting", "nowhere")) {
        TestServer.Reply reply =
            SERVER.post(
                gateway,
                "/v1/verify",
                TestServer.json("token", key.token(), "api", of, "any_valid_key", true));
        String detail = Problems.expect(reply, 403, "beyond_reach").path("detail").asText();
        assertThat(detail).contains("\"" + of + "\"").doesNotContain(key.token());
      }
    }

    @Test
    void verify_withoutTheScope_isRefused() {
      TestServer.Reply reply =
          SERVER.post(
              tenant.owner(),
              "/v1/verify",
              TestServer.json("token", key.token(), "api", api, "any_valid_key", true));
      Problems.expect(reply, 403, "insufficient_scope");
    }
  }

  @Nested
  final class Status422 {
    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "{}|/token member_missing, /api member_missing, /required_scopes requirement_missing",
          "{'token':'x','api':'{api}'}|/required_scopes requirement_missing",
          "{'token':'x','api':'{api}','required_scopes':[]}|/required_scopes requirement_empty",
          "{'token':'x','api':'{api}','any_of':[]}|/any_of requirement_empty",
          "{'token':'x','api':'{api}','any_of':[['bot'],[]]}|/any_of/1 requirement_empty",
          "{'token':'x','api':'{api}','any_valid_key':false}|/any_valid_key value_out_of_range",
          "{'token':'x','api':'{api}','any_valid_key':null}|/any_valid_key type_wrong",
          "{'token':'x','api':'{api}','any_valid_key':'true'}|/any_valid_key type_wrong",
          "{'token':'x','api':'{api}','any_valid_key':true,'required_scopes':['bot']}|/required_scopes requirement_ambiguous",
          "{'token':'x','api':'{api}','any_valid_key':true,'any_of':[['bot']]}|/required_scopes requirement_ambiguous",
          "{'token':'x','api':'{api}','required_scopes':'bot'}|/required_scopes type_wrong",
          "{'token':'x','api':'{api}','required_scopes':null}|/required_scopes type_wrong",
          "{'token':'x','api':'{api}','required_scopes':[1,'bot',null]}|/required_scopes/0 type_wrong, /required_scopes/2 type_wrong",
          "{'token':'x','api':'{api}','required_scopes':['a b','','bot']}|/required_scopes/0 scope_malformed, /required_scopes/1 scope_malformed",
          "{'token':'x','api':'{api}','any_of':['bot']}|/any_of/0 type_wrong",
          "{'token':'x','api':'{api}','any_of':{}}|/any_of type_wrong",
          "{'token':'x','api':'{api}','any_of':[['bot',7],['ь']]}|/any_of/0/1 type_wrong, /any_of/1/0 scope_malformed",
          "{'token':null,'api':7,'any_valid_key':true}|/token type_wrong, /api type_wrong",
          "{'token':['x'],'api':'{api}','any_valid_key':true}|/token type_wrong",
          "{'token':'x','api':'No Slug','any_valid_key':true}|/api api_unknown",
          "{'token':'x','api':'','any_valid_key':true}|/api api_unknown",
          "{'token':'x','api':'{api}','any_valid_key':true,'source':'1.2.3.4'}|/source type_wrong",
          "{'token':'x','api':'{api}','any_valid_key':true,'source':{'ip':'home'}}|/source/ip value_out_of_range",
          "{'token':'x','api':'{api}','any_valid_key':true,'source':{'ip':''}}|/source/ip value_out_of_range",
          "{'token':'x','api':'{api}','any_valid_key':true,'source':{'port':1}}|/source/port member_unknown",
          "{'token':'x','api':'{api}','required_scopes':['bot'],'operation':{'method':'GET','path':'/'}}|/required_scopes requirement_ambiguous",
          "{'token':'x','api':'{api}','required_scopes':['bot'],'key':'y','organization':'z'}|/key member_unknown, /organization member_unknown",
          "[]|' type_wrong'"
        })
    void verify_faults_areAllNamed(String body, String faults) {
      Problems.expectFaults(verify(body.replace('\'', '"')), faults.split(", ", -1));
    }

    @Test
    void verify_hundredAndOneScopes_isRefused_andAHundredAreNot() {
      List<String> scopes = new java.util.ArrayList<>();
      for (int i = 0; i < 100; i++) {
        scopes.add("s" + i);
      }
      verify(TestServer.json("token", "x", "api", api, "required_scopes", scopes)).ok();
      scopes.add("s100");
      Problems.expectFaults(
          verify(TestServer.json("token", "x", "api", api, "required_scopes", scopes)),
          "/required_scopes value_out_of_range");
    }

    @Test
    void form_isPrintedWithoutTheToken() {
      String body = TestServer.json("token", key.token(), "api", api, "any_valid_key", true);
      assertThat(CheckForm.read(TestServer.parse(body), "", new java.util.ArrayList<>()))
          .get()
          .hasToString("CheckForm[" + api + "]");
    }

    /** The token is untrusted and secret: no fault repeats it. */
    @Test
    void verify_faults_doNotShowTheToken() {
      for (String body :
          List.of(
              "{\"token\":\"{token}\",\"api\":\"{token}\",\"any_valid_key\":1}",
              "{\"token\":\"{token}\",\"api\":\"x y\",\"required_scopes\":[1]}")) {
        assertThat(verify(body).text()).doesNotContain(key.token().substring(20, 40));
      }
    }
  }
}
