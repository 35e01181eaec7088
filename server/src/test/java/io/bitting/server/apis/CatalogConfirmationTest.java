package io.bitting.server.apis;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bitting.server.Problems;
import io.bitting.server.Race;
import io.bitting.server.Tenant;
import io.bitting.server.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Guarantees that a catalog by which keys gain is applied only as it was shown: that change, of
 * that API, on that catalog, for those keys.
 */
final class CatalogConfirmationTest {
  private static final TestServer SERVER = TestServer.shared();

  static Stream<TestServer> servers() {
    return Stream.of(SERVER, TestServer.sharedOnPostgresql());
  }

  /** A catalog in force of which one key has all. */
  private static Draft applied() {
    Draft draft = new Draft(SERVER).scope("books:read", "").scope("books:write", "");
    draft.put("").ok();
    SERVER.tenant().keyOfAll(draft.api);
    return draft;
  }

  private static String confirmation(Draft draft) {
    String confirmation = draft.put("?dry_run=true").ok().json().path("confirmation").asText();
    assertThat(confirmation).matches("[0-9a-f]{32}");
    return confirmation;
  }

  private static void expectRefused(Draft draft, String confirmation) {
    String before = SERVER.position();
    JsonNode shown = draft.shown();
    JsonNode problem =
        Problems.expect(draft.put("?confirm=" + confirmation), 409, "confirmation_required");
    assertThat(problem.path("confirmation").asText()).isNotEqualTo(confirmation);
    assertThat(SERVER.position()).isEqualTo(before);
    assertThat(draft.shown()).isEqualTo(shown);
  }

  @Test
  void confirm_afterTheCatalogChanged_isRefused() {
    Draft draft = applied();
    Draft next = new Draft(draft).scope("books:lend", "");
    String confirmation = confirmation(next);
    new Draft(draft).scope("books:write", "retired: true").put("").ok();
    expectRefused(next, confirmation);
  }

  /** The catalog is as it was, but it is another version of it. */
  @Test
  void confirm_afterTheCatalogChangedAndChangedBack_isRefused() {
    Draft draft = applied();
    Draft next = new Draft(draft).scope("books:lend", "");
    String confirmation = confirmation(next);
    new Draft(draft).scope("books:write", "retired: true").put("").ok();
    draft.put("").ok();
    expectRefused(next, confirmation);
  }

  @Test
  void confirm_withAnotherBody_isRefused() {
    Draft draft = applied();
    String confirmation = confirmation(new Draft(draft).scope("books:lend", ""));
    for (Draft other :
        List.of(
            new Draft(draft).scope("books:sell", ""),
            new Draft(draft).scope("books:lend", "").scope("books:sell", ""),
            new Draft(draft).scope("books:lend", "implies: [books:read]"),
            new Draft(draft).scope("books:lend", "retired: true"),
            new Draft(draft).scope("books:lend", "").scope("books:read", "retired: true"),
            new Draft(draft).include("org:write"))) {
      expectRefused(other, confirmation);
    }
  }

  @Test
  void confirm_ofAnotherApi_isRefused() {
    Draft draft = applied();
    Draft other = applied();
    String confirmation = confirmation(new Draft(other).scope("books:lend", ""));
    expectRefused(new Draft(draft).scope("books:lend", ""), confirmation);
  }

  /** What was confirmed once is not confirmed for ever. */
  @Test
  void confirm_again_isRefused_whenKeysWouldGainAgain() {
    Draft draft = applied();
    Tenant.Made writer = SERVER.tenant().key(draft.api, "books:write");
    Draft next = new Draft(draft).scope("books:write", "implies: [books:read]");
    String confirmation = confirmation(next);
    next.put("?confirm=" + confirmation).ok();
    // The same once more changes nothing.
    String before = SERVER.position();
    assertThat(next.put("?confirm=" + confirmation).ok().json().path("version").asInt())
        .isEqualTo(2);
    assertThat(SERVER.position()).isEqualTo(before);
    draft.put("").ok();
    expectRefused(next, confirmation);
    assertThat(SERVER.verify(writer.token(), draft.api, "books:read"))
        .isEqualTo("denied insufficient_scope");
  }

  @Test
  void confirm_withDryRun_changesNothing() {
    Draft next = new Draft(applied()).scope("books:lend", "");
    String confirmation = confirmation(next);
    String before = SERVER.position();
    JsonNode change = next.put("?dry_run=true&confirm=" + confirmation).ok().json();
    assertThat(change.path("applied").asBoolean()).isFalse();
    assertThat(change.path("confirmation").asText()).isEqualTo(confirmation);
    assertThat(SERVER.position()).isEqualTo(before);
  }

  /** The confirmation is of what the text says, not of how it is written. */
  @Test
  void confirm_inJsonWhatWasShownInYaml_isApplied() {
    Draft next = new Draft(applied()).scope("books:lend", "implies: [books:read]");
    List<Object> entries = new ArrayList<>();
    for (String scope : List.of("books:lend", "books:read", "books:write")) {
      entries.add(
          TestServer.parse(
              TestServer.json(
                  "description",
                  "About " + scope + ".",
                  "scope",
                  scope,
                  "category",
                  "Books",
                  "access",
                  "read",
                  "implies",
                  scope.equals("books:lend") ? List.of("books:read") : List.of())));
    }
    String json =
        TestServer.json(
            "scopes",
            entries,
            "prefix",
            TestServer.prefix(next.api),
            "name",
            "Library",
            "api",
            next.api,
            "catalog",
            1);
    JsonNode applied =
        SERVER
            .put(
                SERVER.ownerToken(),
                "/v1/apis/" + next.api + "/catalog?confirm=" + confirmation(next),
                json)
            .ok()
            .json();
    assertThat(applied.path("version").asInt()).isEqualTo(2);
    assertThat(next.put("").ok().json().path("version").asInt()).isEqualTo(2);
  }

  /** Named is who could do more, with what more; not who could do it before, or never can again. */
  @Test
  void gaining_isExactlyWhoCouldDoMore() {
    Draft draft = new Draft(SERVER);
    for (String scope : List.of("a", "b", "c", "d")) {
      draft.scope(scope, "");
    }
    draft.scope("c", "implies: [d]").put("").ok();
    Tenant one = SERVER.tenant();
    Tenant other = SERVER.tenant();
    Tenant.Made all = one.keyOfAll(draft.api);
    Tenant.Made a = one.key(draft.api, "a");
    Tenant.Made disabled = other.key(draft.api, "a", "b");
    other.change(disabled, "disable").ok();
    Tenant.Made has = other.key(draft.api, "a", "b", "c");
    Tenant.Made later = other.key(draft.api, "b");
    Tenant.Made none = one.key(draft.api, "d");
    Tenant.Made revoked = one.key(draft.api, "a");
    one.change(revoked, "revoke").ok();
    JsonNode change =
        new Draft(draft)
            .scope("a", "implies: [b]")
            .scope("b", "implies: [c]")
            .put("?dry_run=true")
            .ok()
            .json();
    List<String> gaining = new ArrayList<>();
    change
        .path("gaining")
        .forEach(key ->
            gaining.add(
                key.path("id").asText()
                    + " of "
                    + key.path("organization").asText()
                    + " "
                    + key.path("gains")));
    assertThat(gaining)
        .containsExactlyInAnyOrder(
            a.id() + " of " + one.id() + " [\"b\",\"c\",\"d\"]",
            disabled.id() + " of " + other.id() + " [\"c\",\"d\"]",
            later.id() + " of " + other.id() + " [\"c\",\"d\"]");
    assertThat(change.path("gaining_total").asInt()).isEqualTo(3);
    assertThat(change.path("gaining").findValuesAsText("name"))
        .contains(a.shown().path("name").asText());
    assertThat(change.toString()).doesNotContain(all.id(), has.id(), none.id(), revoked.id());
  }

  @Test
  void gaining_moreThanAHundred_areCounted() {
    Draft draft = new Draft(SERVER).scope("books:read", "");
    draft.put("").ok();
    Tenant tenant = SERVER.tenant();
    for (int i = 0; i < 101; i++) {
      tenant.keyOfAll(draft.api);
    }
    Draft next = new Draft(draft).scope("books:lend", "");
    JsonNode problem = Problems.expect(next.put(""), 409, "confirmation_required");
    assertThat(problem.path("gaining")).hasSize(100);
    assertThat(problem.path("gaining_total").asInt()).isEqualTo(101);
    assertThat(problem.path("detail").asText()).contains("101 existing keys");
    tenant.keyOfAll(draft.api);
    expectRefused(next, problem.path("confirmation").asText());
  }

  /** Two who confirm the same at the same moment make one change of it. */
  @ParameterizedTest(autoCloseArguments = false)
  @MethodSource("servers")
  void confirm_sameAtOnce_isOneChange(TestServer server) {
    Draft draft = new Draft(server).scope("books:read", "");
    draft.put("").ok();
    server.tenant().keyOfAll(draft.api);
    Draft next = new Draft(draft).scope("books:lend", "");
    String confirmation = confirmation(next);
    List<TestServer.Reply> replies = Race.of(4, runner -> next.put("?confirm=" + confirmation));
    replies.forEach(reply -> assertThat(reply.ok().json().path("version").asInt()).isEqualTo(2));
    assertThat(next.shown().path("version").asInt()).isEqualTo(2);
    assertThat(
            server.items(
                server.ownerToken(),
                "/v1/audit-events?action=catalog.changed&target=" + draft.api,
                200))
        .hasSize(2);
  }

  /** Of two confirmed changes that differ, one is made; the other was of a catalog that is gone. */
  @ParameterizedTest(autoCloseArguments = false)
  @MethodSource("servers")
  void confirm_differentAtOnce_isOneOfThem(TestServer server) {
    Draft draft = new Draft(server).scope("books:read", "").scope("books:write", "");
    draft.put("").ok();
    server.tenant().key(draft.api, "books:read");
    server.tenant().key(draft.api, "books:write");
    List<Draft> drafts =
        List.of(
            new Draft(draft).scope("books:read", "implies: [books:write]"),
            new Draft(draft).scope("books:write", "implies: [books:read]"));
    List<String> confirmations =
        drafts.stream().map(CatalogConfirmationTest::confirmation).toList();
    List<TestServer.Reply> replies =
        Race.of(2, i -> drafts.get(i).put("?confirm=" + confirmations.get(i)));
    assertThat(replies.stream().map(TestServer.Reply::status)).containsExactlyInAnyOrder(200, 409);
    assertThat(draft.shown().path("version").asInt()).isEqualTo(2);
  }

  /**
   * While a catalog is applied unconfirmed, since no key gains, keys with all scopes are made: each
   * is made before, and then the change is not made; or after, and then it gained nothing.
   */
  @ParameterizedTest(autoCloseArguments = false)
  @MethodSource("servers")
  void put_whileKeysAreMade_letsNoneGainUnnamed(TestServer server) {
    Tenant tenant = server.tenant();
    List<String> faults = new ArrayList<>();
    int applied = 0;
    for (int round = 0; round < 12; round++) {
      Draft draft = new Draft(server).scope("books:read", "");
      draft.put("").ok();
      Draft next = new Draft(draft).scope("books:lend", "");
      String key =
          TestServer.json("api", draft.api, "name", server.unique("racer"), "all_scopes", true);
      List<TestServer.Reply> replies =
          Race.of(
              2,
              runner ->
                  runner == 0
                      ? next.put("")
                      : server.post(tenant.owner(), tenant.path("/api-keys"), key));
      TestServer.Reply put = replies.get(0);
      if (put.status() == 200) {
        applied++;
        if (revision(replies.get(1).ok()) < revision(put)) {
          faults.add("round " + round + ": the key of " + replies.get(1) + " gained by " + put);
        }
      } else {
        Problems.expect(put, 409, "confirmation_required");
      }
    }
    assertThat(faults).isEmpty();
    System.out.println("catalogs applied while keys were made: " + applied + " of 12");
  }

  private static long revision(TestServer.Reply reply) {
    String position = reply.header("Bitting-As-Of");
    return Long.parseLong(position.substring(position.lastIndexOf('.') + 1));
  }

  @Test
  void put_byWhoMayNotManageApis_isRefused_andTellsNothing() {
    Draft draft = applied();
    Draft next = new Draft(draft).scope("books:lend", "");
    Tenant tenant = SERVER.tenant();
    Tenant.Made product = tenant.keyOfAll(draft.api);
    Tenant.Made reader = SERVER.operator().key("bitting", "apis:read", "keys:read", "keys:issue");
    String confirmation = confirmation(next);
    String before = SERVER.position();
    for (String query : List.of("", "?dry_run=true", "?confirm=" + confirmation)) {
      for (String token : List.of(tenant.owner(), reader.token())) {
        JsonNode problem = Problems.expect(put(token, next, query), 403, "insufficient_scope");
        assertThat(problem.path("missing_scopes").toString()).isEqualTo("[\"apis:manage\"]");
        assertThat(problem.has("gaining") || problem.has("confirmation")).isFalse();
      }
      Problems.expect(put(product.token(), next, query), 401, "credential_invalid");
      Problems.expect(put("", next, query), 401, "credential_missing");
    }
    assertThat(SERVER.position()).isEqualTo(before);
    Tenant.Made manager = SERVER.operator().key("bitting", "apis:manage");
    String shown =
        put(manager.token(), next, "?dry_run=true").ok().json().path("confirmation").asText();
    put(manager.token(), next, "?confirm=" + shown).ok();
  }

  private static TestServer.Reply put(String token, Draft draft, String query) {
    return SERVER.send(
        "PUT",
        token,
        "/v1/apis/" + draft.api + "/catalog" + query,
        "application/yaml",
        draft.yaml(TestServer.prefix(draft.api)));
  }
}
