package io.bitting.server.apis;

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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Creating, renaming, listing and showing APIs, and showing catalogs. */
final class ApisTest {
  private static final TestServer SERVER = TestServer.shared();
  private static String api;
  private static Tenant tenant;

  @BeforeAll
  static void start() {
    api = SERVER.api();
    tenant = SERVER.tenant();
  }

  private static TestServer.Reply put(String id, Object... members) {
    return SERVER.put(SERVER.ownerToken(), "/v1/apis/" + id, TestServer.json(members));
  }

  /** {@code PUT /v1/apis/{api}}. */
  @Nested
  final class Put {
    @Test
    void put_newOne_isCreated_thenRenamed_thenLeftAlone() {
      String id = SERVER.unique("depot");
      TestServer.Reply made = put(id, "name", " Depot ", "prefix", TestServer.prefix(id));
      assertThat(made.status()).isEqualTo(201);
      assertThat(made.json().path("name").asText()).isEqualTo("Depot");
      assertThat(made.json().path("built_in").asBoolean()).isFalse();
      assertThat(made.json().path("catalog_version").isNull()).isTrue();
      TestServer.Reply renamed = put(id, "name", "Dépôt", "prefix", TestServer.prefix(id));
      assertThat(renamed.status()).isEqualTo(200);
      assertThat(SERVER.get(SERVER.ownerToken(), "/v1/apis/" + id).json())
          .isEqualTo(renamed.json());
      String before = SERVER.position();
      assertThat(put(id, "name", "Dépôt", "prefix", TestServer.prefix(id)).status()).isEqualTo(200);
      assertThat(SERVER.position()).isEqualTo(before);
      List<String> actions =
          SERVER
              .get(SERVER.ownerToken(), "/v1/audit-events?target=" + id)
              .json()
              .findValuesAsText("action");
      assertThat(actions).containsExactly("api.edited", "api.created");
    }

    @Test
    void put_otherPrefix_isRefused_sinceItNeverChanges() {
      Problems.expect(put(api, "name", "Shop", "prefix", "other"), 409, "api_immutable");
    }

    @Test
    void put_prefixThatIsTaken_isRefused() {
      String before = SERVER.position();
      JsonNode problem =
          Problems.expect(
              put(SERVER.unique("thief"), "name", "x", "prefix", TestServer.prefix(api)),
              409,
              "prefix_taken");
      assertThat(problem.path("detail").asText()).contains("\"" + api + "\"");
      Problems.expect(
          put(SERVER.unique("thief"), "name", "x", "prefix", "bit"), 409, "prefix_taken");
      assertThat(SERVER.position()).isEqualTo(before);
    }

    @Test
    void put_bitting_isRefused() {
      Problems.expect(put("bitting", "name", "Mine", "prefix", "bit"), 409, "api_immutable");
      Problems.expect(put("bitting", "name", "Bitting", "prefix", "mine"), 409, "api_immutable");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "new-api|{}|/name member_missing, /prefix member_missing",
          "new-api|{'name':'','prefix':''}|/name name_missing, /prefix prefix_invalid",
          "new-api|{'name':'x','prefix':'_x'}|/prefix prefix_invalid",
          "new-api|{'name':'x','prefix':'Nex'}|/prefix prefix_invalid",
          "new-api|{'name':'x','prefix':'nеx'}|/prefix prefix_invalid",
          "new-api|{'name':'x','prefix':'a23456789012345678901'}|/prefix prefix_invalid",
          "new-api|{'name':7,'prefix':null}|/name type_wrong, /prefix type_wrong",
          "new-api|{'name':'a\\u202eb','prefix':'newapi','built_in':true,'catalog':{}}|/name name_invalid, /built_in member_unknown, /catalog member_unknown",
          "No-Slug|{'name':'x','prefix':'newapi'}|' slug_invalid'",
          "%6eew|{'name':'x','prefix':'newapi'}|' slug_invalid'"
        })
    void put_faults_areAllNamed(String id, String body, String faults) {
      String before = SERVER.position();
      Problems.expectFaults(
          SERVER.put(SERVER.ownerToken(), "/v1/apis/" + id, body.replace('\'', '"')),
          faults.split(", ", -1));
      assertThat(SERVER.position()).isEqualTo(before);
    }

    static Stream<TestServer> servers() {
      return Stream.of(SERVER, TestServer.sharedOnPostgresql());
    }

    /** One prefix by several at once: one gets it, the others hear so. */
    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("io.bitting.server.apis.ApisTest$Put#servers")
    void put_onePrefixByMany_isOneApi(TestServer server) {
      String prefix = TestServer.prefix(server.unique("race"));
      List<TestServer.Reply> replies =
          Race.of(
              5,
              runner ->
                  server.put(
                      server.ownerToken(),
                      "/v1/apis/" + server.unique("racer"),
                      TestServer.json("name", "x", "prefix", prefix)));
      assertThat(replies.stream().filter(reply -> reply.status() == 201)).hasSize(1);
      replies.stream()
          .filter(reply -> reply.status() != 201)
          .forEach(reply -> Problems.expect(reply, 409, "prefix_taken"));
    }

    @Test
    void put_byTenant_isRefused() {
      Problems.expect(
          SERVER.put(
              tenant.owner(), "/v1/apis/mine", TestServer.json("name", "x", "prefix", "mine")),
          403,
          "insufficient_scope");
    }
  }

  /** {@code GET /v1/apis} and {@code GET /v1/apis/{api}}. */
  @Nested
  final class ListAndShow {
    @Test
    void list_hasAllInOrder_andTheBuiltInOne() {
      JsonNode page = SERVER.get(tenant.owner(), "/v1/apis").ok().json();
      List<String> ids = page.findValuesAsText("id");
      assertThat(ids).contains(api, "bitting").isSorted().doesNotHaveDuplicates();
      assertThat(page.path("next_cursor").isNull()).isTrue();
      JsonNode bitting = SERVER.get(tenant.owner(), "/v1/apis/bitting").ok().json();
      assertThat(bitting.path("built_in").asBoolean()).isTrue();
      assertThat(bitting.path("prefix").asText()).isEqualTo("bit");
      assertThat(page.path("items")).contains(bitting);
    }

    /** Whoever sees or creates keys needs the names of scopes; nobody else does. */
    @Test
    void show_isForWhoSeesOrCreatesKeys() {
      for (String scope : List.of("keys:read", "keys:issue")) {
        for (String of : List.of("bitting", api)) {
          Tenant.Made key = tenant.key(of, scope);
          for (String path :
              List.of("/v1/apis", "/v1/apis/" + api, "/v1/apis/" + api + "/catalog")) {
            assertThat(SERVER.get(key.token(), path).status()).as(path).isEqualTo(200);
          }
        }
      }
      Tenant.Made other = tenant.key("bitting", "org:read", "keys:manage", "audit:read");
      Problems.expect(SERVER.get(other.token(), "/v1/apis"), 403, "insufficient_scope");
    }

    @Test
    void show_none_isNotFound() {
      for (String path : List.of("/v1/apis/never", "/v1/apis/No", "/v1/apis/never/catalog")) {
        Problems.expect(SERVER.get(tenant.owner(), path), 404, "not_found");
      }
    }
  }

  /** {@code GET /v1/apis/{api}/catalog}. */
  @Nested
  final class ShowCatalog {
    @Test
    void show_isTheCatalogInItsOrder() {
      JsonNode catalog = SERVER.get(tenant.owner(), "/v1/apis/" + api + "/catalog").ok().json();
      assertThat(catalog.path("version").asInt()).isEqualTo(1);
      assertThat(catalog.path("api").asText()).isEqualTo(api);
      assertThat(catalog.findValuesAsText("scope"))
          .containsExactly(
              "orders:read",
              "orders:write",
              "orders:refund",
              "orders:export",
              "bot",
              "org:read",
              "org:write",
              "keys:read",
              "keys:issue");
      assertThat(catalog.at("/scopes/1/implies").toString()).isEqualTo("[\"orders:read\"]");
      assertThat(catalog.at("/scopes/2/access").asText()).isEqualTo("danger");
      assertThat(catalog.at("/scopes/3/retired").asBoolean()).isTrue();
      assertThat(catalog.at("/scopes/5/included").asBoolean()).isTrue();
    }

    @Test
    void show_ofApiWithoutOne_isNotFound() {
      String id = SERVER.unique("empty");
      put(id, "name", "Empty", "prefix", TestServer.prefix(id)).ok();
      Problems.expect(SERVER.get(tenant.owner(), "/v1/apis/" + id + "/catalog"), 404, "not_found");
    }
  }
}
