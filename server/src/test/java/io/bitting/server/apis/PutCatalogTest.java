package io.bitting.server.apis;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bitting.server.Problems;
import io.bitting.server.Race;
import io.bitting.server.Tenant;
import io.bitting.server.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code PUT /v1/apis/{api}/catalog}. */
final class PutCatalogTest {
  private static final TestServer SERVER = TestServer.shared();

  private static Draft draft() {
    return new Draft(SERVER).scope("books:read", "").scope("books:write", "");
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  @Nested
  final class Status200 {
    @Test
    void put_firstCatalog_isVersionOne_andKeysCanHaveItsScopes() {
      Draft draft = draft().include("org:read");
      JsonNode change = draft.put("").ok().json();
      assertThat(change.path("version").asInt()).isEqualTo(1);
      assertThat(change.path("applied").asBoolean()).isTrue();
      assertThat(texts(change.at("/difference/added")))
          .containsExactly("books:read", "books:write", "org:read");
      assertThat(change.path("gaining_total").asInt()).isZero();
      assertThat(change.path("confirmation").isNull()).isTrue();
      Tenant.Made key = SERVER.tenant().key(draft.api, "books:read");
      assertThat(SERVER.verify(key.token(), draft.api, "books:read")).isEqualTo("allowed");
      JsonNode event =
          SERVER
              .get(SERVER.ownerToken(), "/v1/audit-events?action=catalog.changed&limit=1")
              .json()
              .at("/items/0");
      assertThat(event.at("/target/id").asText()).isEqualTo(draft.api);
    }

    @Test
    void put_sameCatalog_changesNothing() {
      Draft draft = draft();
      draft.put("").ok();
      String before = SERVER.position();
      JsonNode again = draft.put("").ok().json();
      assertThat(again.path("version").asInt()).isEqualTo(1);
      assertThat(again.path("applied").asBoolean()).isTrue();
      assertThat(SERVER.position()).isEqualTo(before);
    }

    /**
     * A template is part of the catalog: shown with it, versioned with it, and for no key a gain.
     */
    @Test
    void put_templates_areShown_andNoKeyGains() {
      Draft draft = draft();
      draft.put("").ok();
      Tenant.Made key = SERVER.tenant().key(draft.api, "books:read");
      String bare = draft.yaml(TestServer.prefix(draft.api));
      String one = bare + "templates:\n  - {name: Desk, description: Lends., scopes: [%s]}\n";

      JsonNode change = draft.put("", one.formatted("books:read")).ok().json();
      assertThat(change.path("version").asInt()).isEqualTo(2);
      assertThat(texts(change.at("/difference/templates"))).containsExactly("Desk");
      assertThat(change.path("gaining_total").asInt()).isZero();
      assertThat(draft.shown().path("templates").toString())
          .isEqualTo(
              "[{\"name\":\"Desk\",\"description\":\"Lends.\",\"scopes\":[\"books:read\"]}]");

      String before = SERVER.position();
      assertThat(draft.put("", one.formatted("books:read")).ok().json().path("version").asInt())
          .isEqualTo(2);
      assertThat(SERVER.position()).isEqualTo(before);
      JsonNode wider = draft.put("", one.formatted("books:read, books:write")).ok().json();
      assertThat(wider.path("version").asInt()).isEqualTo(3);
      assertThat(texts(wider.at("/difference/templates"))).containsExactly("Desk");
      assertThat(SERVER.verify(key.token(), draft.api, "books:write"))
          .isEqualTo("denied insufficient_scope");
      assertThat(texts(draft.put("", bare).ok().json().at("/difference/templates")))
          .containsExactly("Desk");
      assertThat(draft.shown().path("templates")).isEmpty();
    }

    @Test
    void put_dryRun_saysEverythingAndChangesNothing() {
      Draft draft = draft().scope("books:burn", "");
      draft.put("").ok();
      Tenant tenant = SERVER.tenant();
      Tenant.Made all = tenant.keyOfAll(draft.api);
      Draft next =
          new Draft(draft)
              .scope("books:lend", "implies: [books:read]")
              .scope("books:burn", "retired: true")
              .scope("books:write", "implies: [books:read]");
      JsonNode shown = draft.shown();
      String before = SERVER.position();
      JsonNode change = next.put("?dry_run=true").ok().json();
      assertThat(SERVER.position()).isEqualTo(before);
      assertThat(draft.shown()).isEqualTo(shown);
      assertThat(change.path("applied").asBoolean()).isFalse();
      assertThat(change.path("version").asInt()).isEqualTo(1);
      assertThat(texts(change.at("/difference/added"))).containsExactly("books:lend");
      assertThat(texts(change.at("/difference/retired"))).containsExactly("books:burn");
      assertThat(change.at("/difference/implications").toString())
          .isEqualTo(
              "[{\"from\":\"books:write\",\"to\":\"books:read\"},{\"from\":\"books:lend\",\"to\":\"books:read\"}]");
      assertThat(change.path("gaining_total").asInt()).isEqualTo(1);
      assertThat(change.at("/gaining/0/id").asText()).isEqualTo(all.id());
      assertThat(change.at("/gaining/0/organization").asText()).isEqualTo(tenant.id());
      assertThat(texts(change.at("/gaining/0/gains"))).containsExactly("books:lend");
      assertThat(change.path("confirmation").asText()).isNotEmpty();
    }

    @Test
    void put_confirmed_isApplied_andOldKeysGain() {
      Draft draft = draft();
      draft.put("").ok();
      Tenant tenant = SERVER.tenant();
      Tenant.Made all = tenant.keyOfAll(draft.api);
      Tenant.Made writer = tenant.key(draft.api, "books:write");
      Draft next =
          new Draft(draft).scope("books:lend", "").scope("books:write", "implies: [books:read]");
      JsonNode change = next.put("?dry_run=true").ok().json();
      assertThat(change.path("gaining_total").asInt()).isEqualTo(2);
      JsonNode applied = next.put("?confirm=" + change.path("confirmation").asText()).ok().json();
      assertThat(applied.path("applied").asBoolean()).isTrue();
      assertThat(applied.path("version").asInt()).isEqualTo(2);
      assertThat(SERVER.verify(all.token(), draft.api, "books:lend")).isEqualTo("allowed");
      assertThat(SERVER.verify(writer.token(), draft.api, "books:read")).isEqualTo("allowed");
    }

    /** A retired scope goes on working for the keys that have it; no new key gets it. */
    @Test
    void put_retiredAndRestored_keysOfBeforeKeepIt() {
      Draft draft = draft();
      draft.put("").ok();
      Tenant tenant = SERVER.tenant();
      Tenant.Made old = tenant.key(draft.api, "books:write");
      JsonNode retired = new Draft(draft).scope("books:write", "retired: true").put("").ok().json();
      assertThat(texts(retired.at("/difference/retired"))).containsExactly("books:write");
      assertThat(SERVER.verify(old.token(), draft.api, "books:write")).isEqualTo("allowed");
      Problems.expectFaults(
          SERVER.post(
              tenant.owner(),
              tenant.path("/api-keys"),
              TestServer.json("api", draft.api, "name", "late", "scopes", List.of("books:write"))),
          "/scopes/0 scope_retired");
      JsonNode restored = draft.put("").ok().json();
      assertThat(texts(restored.at("/difference/restored"))).containsExactly("books:write");
      assertThat(restored.path("version").asInt()).isEqualTo(3);
      tenant.key(draft.api, "books:write");
    }

    @Test
    void put_withdrawnImplication_takesEffectAtOnce_withoutConfirmation() {
      Draft draft = draft().scope("books:write", "implies: [books:read]");
      draft.put("").ok();
      Tenant.Made writer = SERVER.tenant().key(draft.api, "books:write");
      assertThat(SERVER.verify(writer.token(), draft.api, "books:read")).isEqualTo("allowed");
      JsonNode change = new Draft(draft).scope("books:write", "").put("").ok().json();
      assertThat(change.at("/difference/withdrawn/0/to").asText()).isEqualTo("books:read");
      assertThat(SERVER.verify(writer.token(), draft.api, "books:read"))
          .isEqualTo("denied insufficient_scope");
    }

    @Test
    void put_reworded_isSaid() {
      Draft draft = draft();
      draft.put("").ok();
      Draft next = new Draft(draft);
      next.entries.put(
          "books:read",
          "{scope: books:read, category: Books, access: danger, description: Other words.}");
      assertThat(texts(next.put("").ok().json().at("/difference/reworded")))
          .containsExactly("books:read");
    }

    @Test
    void put_json_isTheSameAsYaml() throws IOException {
      String api = SERVER.unique("appsec");
      String prefix = TestServer.prefix(api);
      SERVER
          .put(
              SERVER.ownerToken(),
              "/v1/apis/" + api,
              TestServer.json("name", "AppSec", "prefix", prefix))
          .ok();
      String yaml =
          Files.readString(Path.of("..", "catalogs", "appsec.yaml"))
              .replace("api: appsec", "api: " + api)
              .replace("prefix: nex", "prefix: " + prefix);
      JsonNode first =
          SERVER
              .send(
                  "PUT",
                  SERVER.ownerToken(),
                  "/v1/apis/" + api + "/catalog",
                  "application/yaml",
                  yaml)
              .ok()
              .json();
      assertThat(first.at("/difference/added")).hasSize(20);
      // What is shown can be put back, but for what is shown only.
      JsonNode shown = SERVER.get(SERVER.ownerToken(), "/v1/apis/" + api + "/catalog").json();
      List<Object> entries = new ArrayList<>();
      shown
          .path("scopes")
          .forEach(entry ->
              entries.add(
                  entry.path("included").asBoolean()
                      ? Map.of(
                          "include",
                          entry.path("scope"),
                          "category",
                          entry.path("category"),
                          "description",
                          entry.path("description"))
                      : Map.of(
                          "scope",
                          entry.path("scope"),
                          "category",
                          entry.path("category"),
                          "access",
                          entry.path("access"),
                          "description",
                          entry.path("description"))));
      TestServer.Reply second =
          SERVER.put(
              SERVER.ownerToken(),
              "/v1/apis/" + api + "/catalog",
              TestServer.json(
                  "catalog",
                  1,
                  "api",
                  api,
                  "name",
                  "AppSec",
                  "prefix",
                  prefix,
                  "scopes",
                  entries,
                  "templates",
                  shown.path("templates")));
      assertThat(second.ok().json().path("version").asInt()).isEqualTo(1);
    }
  }

  @Nested
  final class Status409 {
    @Test
    void put_ofWhichKeysGain_isNotMadeUnconfirmed_norWithAnotherConfirmation() {
      Draft draft = draft();
      draft.put("").ok();
      Tenant tenant = SERVER.tenant();
      Tenant.Made all = tenant.keyOfAll(draft.api);
      Draft next = new Draft(draft).scope("books:lend", "");
      Draft more = new Draft(next).scope("books:sell", "");
      String ofMore = more.put("?dry_run=true").ok().json().path("confirmation").asText();
      String before = SERVER.position();
      for (String query :
          List.of("", "?confirm=", "?confirm=yes", "?confirm=true", "?confirm=" + ofMore)) {
        JsonNode problem = Problems.expect(next.put(query), 409, "confirmation_required");
        assertThat(problem.path("gaining_total").asInt()).isEqualTo(1);
        assertThat(problem.at("/gaining/0/id").asText()).isEqualTo(all.id());
        assertThat(problem.at("/gaining/0/display").asText()).contains(all.id()).endsWith("…");
        assertThat(problem.path("confirmation").asText()).isNotEqualTo(ofMore);
        assertThat(problem.path("version").asInt()).isEqualTo(1);
      }
      assertThat(SERVER.position()).isEqualTo(before);
      assertThat(SERVER.verify(all.token(), draft.api, "books:lend"))
          .isEqualTo("denied requirement_unknown");
    }

    /** A confirmation is of the keys that were shown: another one that gains was not confirmed. */
    @Test
    void put_confirmedBeforeAnotherKeyCame_isRefused() {
      Draft draft = draft();
      draft.put("").ok();
      Tenant tenant = SERVER.tenant();
      Tenant.Made first = tenant.keyOfAll(draft.api);
      Draft next = new Draft(draft).scope("books:lend", "");
      String confirmation = next.put("?dry_run=true").json().path("confirmation").asText();
      Tenant.Made second = tenant.keyOfAll(draft.api);
      Problems.expect(next.put("?confirm=" + confirmation), 409, "confirmation_required");
      // Keys that were revoked gain nothing.
      tenant.change(second, "revoke").ok();
      next.put("?confirm=" + confirmation).ok();
      assertThat(SERVER.verify(first.token(), draft.api, "books:lend")).isEqualTo("allowed");
    }

    /** As many keys as before, but not the same: what was confirmed was shown by name. */
    @Test
    void put_confirmedForOtherKeysOfTheSameNumber_isRefused() {
      Draft draft = draft();
      draft.put("").ok();
      Tenant tenant = SERVER.tenant();
      Tenant.Made first = tenant.keyOfAll(draft.api);
      Draft next = new Draft(draft).scope("books:lend", "");
      String confirmation = next.put("?dry_run=true").json().path("confirmation").asText();
      tenant.change(first, "revoke").ok();
      SERVER.tenant().keyOfAll(draft.api);
      Problems.expect(next.put("?confirm=" + confirmation), 409, "confirmation_required");
    }

    @Test
    void put_catalogOfBitting_isRefused() throws IOException {
      TestServer.Reply reply =
          SERVER.send(
              "PUT",
              SERVER.ownerToken(),
              "/v1/apis/bitting/catalog",
              "application/yaml",
              Files.readString(Path.of("..", "catalogs", "bitting.yaml")));
      Problems.expect(reply, 409, "api_immutable");
    }
  }

  /** Of two who add something at the same moment, the second does not undo what the first did. */
  @Nested
  final class Races {
    static Stream<TestServer> servers() {
      return Stream.of(SERVER, TestServer.sharedOnPostgresql());
    }

    @ParameterizedTest(autoCloseArguments = false)
    @MethodSource("io.bitting.server.apis.PutCatalogTest$Races#servers")
    void put_differentOnesAtOnce_isOneOfThem(TestServer server) {
      Draft draft = new Draft(server).scope("books:read", "");
      draft.put("").ok();
      List<TestServer.Reply> replies =
          Race.of(4, runner -> new Draft(draft).scope("books:new" + runner, "").put(""));
      assertThat(replies.stream().filter(reply -> reply.status() == 200)).hasSize(1);
      replies.stream()
          .filter(reply -> reply.status() != 200)
          .forEach(reply -> Problems.expectFaults(reply, "/scopes catalog_scope_changed"));
      assertThat(draft.shown().path("version").asInt()).isEqualTo(2);
    }
  }

  @Nested
  final class Status404 {
    @Test
    void put_atNoApi_isNotFound() {
      Draft draft = draft();
      for (String api : List.of("never", "No-Slug", "ﬁle")) {
        TestServer.Reply reply =
            SERVER.send(
                "PUT",
                SERVER.ownerToken(),
                "/v1/apis/"
                    + java.net.URLEncoder.encode(api, java.nio.charset.StandardCharsets.UTF_8)
                    + "/catalog",
                "application/yaml",
                draft.yaml("x"));
        Problems.expect(reply, 404, "not_found");
      }
    }
  }

  @Nested
  final class Status422 {
    @Test
    void put_scopeThatVanishes_isRefused() {
      Draft draft = draft();
      draft.put("").ok();
      JsonNode faults =
          Problems.expectFaults(
              new Draft(draft).without("books:read").put(""), "/scopes catalog_scope_changed");
      assertThat(faults.at("/0/message").asText()).contains("\"books:read\" is missing");
    }

    /** A name that was the product's own does not become Bitting's, nor the reverse. */
    @Test
    void put_scopeThatChangesHands_isRefused() {
      Draft own = draft().scope("org:write", "");
      own.put("").ok();
      Problems.expectFaults(
          new Draft(own).include("org:write").put(""), "/scopes catalog_scope_changed");
      Draft included = draft().include("org:write");
      included.put("").ok();
      Problems.expectFaults(
          new Draft(included).scope("org:write", "").put(""), "/scopes catalog_scope_changed");
    }

    @Test
    void put_atAnotherApiOrWithAnotherPrefix_isRefused() {
      Draft draft = draft();
      Draft other = draft();
      Problems.expectFaults(
          draft.put("", other.yaml("lib")),
          "/api catalog_api_other",
          "/prefix catalog_prefix_other");
      String before = SERVER.position();
      draft.put("?dry_run=true", draft.yaml("lib"));
      assertThat(SERVER.position()).isEqualTo(before);
    }

    static Stream<Path> files() throws IOException {
      try (Stream<Path> files = Files.list(Path.of("src/test/resources/attacks/catalogs"))) {
        return files.sorted().toList().stream()
            .filter(file -> !file.endsWith("built-in-catalog.yaml"));
      }
    }

    /** Every fault of a file comes with its line, over HTTP as on the command line. */
    @ParameterizedTest
    @MethodSource("io.bitting.server.apis.PutCatalogTest$Status422#files")
    void put_faultyFile_namesEveryFaultWithItsLine(Path file) throws IOException {
      String yaml = Files.readString(file);
      List<String> expected =
          yaml.lines()
              .filter(line -> line.startsWith("# expect: "))
              .map(line -> line.substring("# expect: ".length()).strip())
              .sorted()
              .toList();
      JsonNode problem = Problems.expect(draft().put("", yaml), 422, "validation_failed");
      List<String> found = new ArrayList<>();
      problem
          .path("faults")
          .forEach(fault ->
              found.add(
                  fault.path("line").asText()
                      + (fault.path("pointer").asText().isEmpty()
                          ? ""
                          : " " + fault.path("pointer").asText())
                      + " "
                      + fault.path("code").asText()));
      assertThat(found.stream().map(PutCatalogTest::squeezed).sorted().toList())
          .isEqualTo(expected.stream().map(PutCatalogTest::squeezed).sorted().toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "null", "[]", "{\"catalog\":1,\"catalog\":2}", "{\"a\":NaN}"})
    void put_faultyJson_isRefused(String json) {
      Draft draft = draft();
      String before = SERVER.position();
      Problems.expect(
          SERVER.put(SERVER.ownerToken(), "/v1/apis/" + draft.api + "/catalog", json),
          422,
          "validation_failed");
      assertThat(SERVER.position()).isEqualTo(before);
    }
  }

  private static String squeezed(String text) {
    return text.replaceAll(" +", " ");
  }

  @Nested
  final class Status400And413And415 {
    @Test
    void put_textThatIsNotUtf8_isRefused() {
      Draft draft = draft();
      for (byte[] body :
          List.of(
              new byte[] {(byte) 0xff, (byte) 0xfe, 'c', 0},
              ("\ufeff" + draft.yaml("lib")).getBytes(java.nio.charset.StandardCharsets.UTF_8))) {
        Problems.expect(
            SERVER.send(
                SERVER
                    .request(SERVER.ownerToken(), "/v1/apis/" + draft.api + "/catalog")
                    .header("Content-Type", "application/yaml")
                    .PUT(java.net.http.HttpRequest.BodyPublishers.ofByteArray(body))
                    .build()),
            400,
            "request_malformed");
      }
    }

    @Test
    void put_otherMediaType_isRefused() {
      Draft draft = draft();
      for (String type : List.of("text/yaml", "text/plain", "application/xml", "*/*")) {
        Problems.expect(
            SERVER.send(
                "PUT",
                SERVER.ownerToken(),
                "/v1/apis/" + draft.api + "/catalog",
                type,
                draft.yaml("x")),
            415,
            "media_type_unsupported");
      }
    }

    @Test
    void put_wrongParameter_isRefused() {
      Draft draft = draft();
      for (String query :
          List.of("?dry_run=1", "?dry_run=", "?dryrun=true", "?confirm=a&confirm=b")) {
        Problems.expect(draft.put(query), 400, "query_invalid");
      }
    }
  }
}
