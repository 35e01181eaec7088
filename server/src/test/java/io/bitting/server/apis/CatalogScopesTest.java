package io.bitting.server.apis;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bitting.server.Problems;
import io.bitting.server.Tenant;
import io.bitting.server.TestServer;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Guarantees that no key comes to a scope by its name: not by one that was used before, not by that
 * of another API, not by a rename (A7). All scopes are those of the catalog, as it is written.
 */
final class CatalogScopesTest {
  private static final TestServer SERVER = TestServer.shared();

  private static Draft applied() {
    Draft draft = new Draft(SERVER).scope("books:read", "").scope("books:write", "");
    draft.put("").ok();
    return draft;
  }

  private static void confirm(Draft draft) {
    String confirmation = draft.put("?dry_run=true").ok().json().path("confirmation").asText();
    draft.put("?confirm=" + confirmation).ok();
  }

  /** A scope cannot be deleted, so its name cannot become that of something else. */
  @Test
  void scopeOfKeys_cannotVanish_noMatterHow() {
    Draft draft = applied();
    Tenant.Made key = SERVER.tenant().key(draft.api, "books:write");
    Draft retired = new Draft(draft).scope("books:write", "retired: true");
    for (Draft force : List.of(draft, retired)) {
      force.put("").ok();
      String before = SERVER.position();
      for (Draft without :
          List.of(
              new Draft(force).without("books:write"),
              new Draft(force).without("books:write").scope("books:own", "implies: [books:read]"),
              new Draft(force).without("books:write").scope("books.write", ""))) {
        for (String query : List.of("", "?dry_run=true")) {
          JsonNode faults =
              Problems.expectFaults(without.put(query), "/scopes catalog_scope_changed");
          assertThat(faults.at("/0/message").asText()).contains("\"books:write\" is missing");
        }
      }
      assertThat(SERVER.position()).isEqualTo(before);
      assertThat(SERVER.verify(key.token(), draft.api, "books:write")).isEqualTo("allowed");
    }
  }

  /** The name of a scope of one API is nothing to another. */
  @Test
  void nameOfScope_inAnotherApi_givesNothing() {
    Draft one = applied();
    Draft other = applied();
    Tenant tenant = SERVER.tenant();
    for (Tenant.Made key : List.of(tenant.key(one.api, "books:read"), tenant.keyOfAll(one.api))) {
      assertThat(SERVER.verify(key.token(), one.api, "books:read")).isEqualTo("allowed");
      assertThat(SERVER.verify(key.token(), other.api, "books:read"))
          .isEqualTo("denied credential_invalid");
    }
  }

  /** One who is called otherwise is the same; keys are as before. */
  @Test
  void api_renamed_keepsItsKeys() {
    Draft draft = applied();
    Tenant.Made key = SERVER.tenant().key(draft.api, "books:read");
    SERVER
        .put(
            SERVER.ownerToken(),
            "/v1/apis/" + draft.api,
            TestServer.json("name", "Archive", "prefix", TestServer.prefix(draft.api)))
        .ok();
    assertThat(SERVER.verify(key.token(), draft.api, "books:read")).isEqualTo("allowed");
    assertThat(SERVER.verify(key.token(), draft.api, "books:write"))
        .isEqualTo("denied insufficient_scope");
  }

  /** All scopes are today's and tomorrow's; chosen ones are those that were chosen. */
  @Test
  void scopeAddedLater_isOfKeysWithAll_andOfNoOther() {
    Draft draft = applied();
    Tenant tenant = SERVER.tenant();
    Tenant.Made all = tenant.keyOfAll(draft.api);
    Tenant.Made every = tenant.key(draft.api, "books:read", "books:write");
    confirm(new Draft(draft).scope("books:lend", "implies: [books:read]"));
    assertThat(SERVER.verify(all.token(), draft.api, "books:lend")).isEqualTo("allowed");
    assertThat(SERVER.verify(every.token(), draft.api, "books:lend"))
        .isEqualTo("denied insufficient_scope");
    JsonNode shown = SERVER.get(tenant.owner(), tenant.path(all, "")).ok().json();
    assertThat(shown.path("all_scopes").asBoolean()).isTrue();
    assertThat(shown.path("scopes")).isEmpty();
    assertThat(SERVER.get(tenant.owner(), tenant.path(every, "")).json().path("scopes").toString())
        .isEqualTo("[\"books:read\",\"books:write\"]");
  }

  /** What is included later opens Bitting's own endpoints, so the keys that gain it are named. */
  @Test
  void scopeIncludedLater_opensBitting_onlyOnceConfirmed() {
    Draft draft = applied();
    Tenant tenant = SERVER.tenant();
    Tenant.Made all = tenant.keyOfAll(draft.api);
    String rename = TestServer.json("name", "Renamed by a product's key");
    Draft next = new Draft(draft).include("org:write");
    JsonNode problem = Problems.expect(next.put(""), 409, "confirmation_required");
    assertThat(problem.at("/gaining/0/gains").toString()).isEqualTo("[\"org:write\"]");
    TestServer.Reply before = SERVER.patch(all.token(), tenant.path(""), rename);
    assertThat(before.status()).as(before.text()).isEqualTo(401);
    next.put("?confirm=" + problem.path("confirmation").asText()).ok();
    SERVER.patch(all.token(), tenant.path(""), rename).ok();
    Problems.expect(
        SERVER.patch(all.token(), SERVER.operator().path(""), rename), 404, "not_found");
  }

  /** Retiring takes nothing away, so offering again gives nothing: nobody has to confirm. */
  @Test
  void retiredScope_goesOnForAll_andItsReturnIsNoGain() {
    Draft draft = applied();
    Tenant tenant = SERVER.tenant();
    Tenant.Made all = tenant.keyOfAll(draft.api);
    new Draft(draft).scope("books:write", "retired: true").put("").ok();
    assertThat(SERVER.verify(all.token(), draft.api, "books:write")).isEqualTo("allowed");
    JsonNode restored = draft.put("").ok().json();
    assertThat(restored.at("/difference/restored").toString()).isEqualTo("[\"books:write\"]");
    assertThat(restored.path("gaining_total").asInt()).isZero();
  }

  /** A retired scope that comes to imply another widens its old keys like any other. */
  @Test
  void retiredScope_thatImpliesMore_wantsConfirmation() {
    Draft draft = applied();
    Tenant.Made old = SERVER.tenant().key(draft.api, "books:write");
    new Draft(draft).scope("books:write", "retired: true").put("").ok();
    Draft next = new Draft(draft).scope("books:write", "retired: true, implies: [books:read]");
    JsonNode problem = Problems.expect(next.put(""), 409, "confirmation_required");
    assertThat(problem.at("/gaining/0/id").asText()).isEqualTo(old.id());
    assertThat(SERVER.verify(old.token(), draft.api, "books:read"))
        .isEqualTo("denied insufficient_scope");
  }

  /** Nobody comes to a scope of Bitting by an implication (the power is in the inclusion). */
  @Test
  void scopeThatImpliesAnIncludedOne_isRefused() {
    Draft draft = applied();
    String before = SERVER.position();
    JsonNode faults =
        Problems.expectFaults(
            new Draft(draft)
                .include("org:write")
                .scope("books:write", "implies: [org:write]")
                .put(""),
            "/scopes/1/implies/0 catalog_implied_included");
    assertThat(faults.at("/0/message").asText()).contains("\"org:write\"");
    assertThat(SERVER.position()).isEqualTo(before);
  }

  @Test
  void catalogOfBitting_cannotBeChanged_inAnyForm() {
    String before = SERVER.position();
    for (String query : List.of("", "?dry_run=true", "?confirm=x")) {
      Problems.expect(
          SERVER.put(
              SERVER.ownerToken(),
              "/v1/apis/bitting/catalog" + query,
              TestServer.json(
                  "catalog",
                  1,
                  "api",
                  "bitting",
                  "name",
                  "Mine",
                  "prefix",
                  "bit",
                  "scopes",
                  List.of(
                      TestServer.parse(
                          "{\"scope\":\"keys:own\",\"category\":\"x\",\"access\":\"danger\",\"description\":\"x\"}")))),
          409,
          "api_immutable");
    }
    assertThat(SERVER.position()).isEqualTo(before);
  }
}
