package io.bitting.grant;

import static org.assertj.core.api.Assertions.assertThat;

import io.bitting.id.ApiId;
import io.bitting.organization.Role;
import io.bitting.scope.AccessLevel;
import io.bitting.scope.BuiltInScope;
import io.bitting.scope.Catalog;
import io.bitting.scope.CatalogEntry;
import io.bitting.scope.Scope;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rule 6 in single cases; at random, and against a model, it is tried where keys are issued. */
final class CeilingTest {
  private static final ApiId APPSEC = new ApiId("appsec");
  private static final ApiId LIBRARY = new ApiId("library");
  private static final Catalog APPSEC_CATALOG =
      Catalog.of(
          APPSEC,
          1,
          List.of(
              own("scans:read", AccessLevel.READ),
              own("scans:run", AccessLevel.WRITE),
              own("scans:delete", AccessLevel.DANGER),
              own("scans:quick", AccessLevel.READ, "scans:delete"),
              CatalogEntry.including(BuiltInScope.ORG_READ, "Organization"),
              CatalogEntry.including(BuiltInScope.ORG_WRITE, "Organization")));
  private static final Catalog LIBRARY_CATALOG =
      Catalog.of(
          LIBRARY,
          1,
          List.of(own("books:read", AccessLevel.READ), own("org:write", AccessLevel.READ)));

  @Test
  void owner_anything_isCovered() {
    Ceiling owner = Ceiling.of(Role.OWNER);
    assertThat(covers(owner, Grant.of(ApiId.BITTING, GrantedScopes.all()))).isTrue();
    assertThat(covers(owner, new Grant(APPSEC, GrantedScopes.all(), Reach.everything()))).isTrue();
    assertThat(covers(owner, Grant.of(new ApiId("nowhere"), GrantedScopes.all())))
        .as("but not what has no catalog")
        .isFalse();
  }

  /** No key makes an owner or admin: an admin hands out neither members' nor keys' creation. */
  @Test
  void admin_builtInScopes_areThoseThatHandOutNoPower() {
    Ceiling admin = Ceiling.of(Role.ADMIN);
    for (BuiltInScope scope : BuiltInScope.values()) {
      boolean harmless =
          List.of(
                  BuiltInScope.ORG_READ,
                  BuiltInScope.MEMBERSHIPS_READ,
                  BuiltInScope.KEYS_READ,
                  BuiltInScope.KEYS_MANAGE,
                  BuiltInScope.AUDIT_READ)
              .contains(scope);
      assertThat(covers(admin, grant(ApiId.BITTING, scope.scope().text())))
          .as("%s", scope)
          .isEqualTo(harmless);
    }
    assertThat(covers(admin, Grant.of(ApiId.BITTING, GrantedScopes.all()))).isFalse();
    assertThat(covers(admin, grant(APPSEC, "scans:delete", "scans:quick", "org:read"))).isTrue();
    assertThat(covers(admin, grant(APPSEC, "org:write"))).isFalse();
    assertThat(covers(admin, Grant.of(APPSEC, GrantedScopes.all())))
        .as("all scopes would hand out org:write")
        .isFalse();
    assertThat(covers(admin, Grant.of(LIBRARY, GrantedScopes.all())))
        .as("here org:write is the product's own")
        .isTrue();
    assertThat(covers(admin, new Grant(LIBRARY, GrantedScopes.all(), Reach.everything())))
        .isFalse();
    assertThat(
            covers(
                admin, new Grant(LIBRARY, GrantedScopes.all(), Reach.verifying(List.of(LIBRARY)))))
        .isFalse();
  }

  @Test
  void member_scopes_areNamedAndNotDangerousNorImplyDanger() {
    Ceiling member = Ceiling.of(Role.MEMBER);
    assertThat(covers(member, grant(APPSEC, "scans:read", "scans:run", "org:read"))).isTrue();
    assertThat(covers(member, grant(APPSEC, "scans:delete"))).isFalse();
    assertThat(covers(member, grant(APPSEC, "scans:quick"))).as("implies danger").isFalse();
    assertThat(covers(member, grant(APPSEC, "org:write"))).isFalse();
    assertThat(covers(member, grant(LIBRARY, "org:write"))).as("spelling is nothing").isTrue();
    assertThat(covers(member, Grant.of(LIBRARY, GrantedScopes.all()))).isFalse();
    assertThat(covers(member, grant(ApiId.BITTING, "org:read"))).isTrue();
    assertThat(covers(member, grant(ApiId.BITTING, "keys:read"))).isFalse();
    assertThat(covers(member, grant(APPSEC, "nonsense"))).isFalse();
  }

  /** ASVS 7.5.1: whoever found an open browser makes no key that changes the organization. */
  @Test
  void withoutAdministration_scopesThatChangeTheOrganization_areNotCovered() {
    Ceiling owner = Ceiling.of(Role.OWNER).withoutAdministration();
    for (BuiltInScope scope : BuiltInScope.values()) {
      assertThat(covers(owner, grant(ApiId.BITTING, scope.scope().text())))
          .as("%s", scope)
          .isEqualTo(scope.access() == AccessLevel.READ);
    }
    assertThat(covers(owner, grant(APPSEC, "scans:delete", "org:read"))).isTrue();
    assertThat(covers(owner, grant(APPSEC, "org:write"))).isFalse();
    assertThat(covers(owner, Grant.of(APPSEC, GrantedScopes.all())))
        .as("all scopes would hand out org:write")
        .isFalse();
    assertThat(covers(owner, Grant.of(LIBRARY, GrantedScopes.all()))).isTrue();

    Ceiling admin = Ceiling.of(Role.ADMIN).withoutAdministration();
    assertThat(covers(admin, grant(ApiId.BITTING, "keys:read"))).isTrue();
    assertThat(covers(admin, grant(ApiId.BITTING, "keys:manage"))).isFalse();
    assertThat(covers(admin, grant(APPSEC, "org:write"))).as("never more").isFalse();
    assertThat(Ceiling.of(Role.AUDITOR).withoutAdministration())
        .isInstanceOf(Ceiling.Nothing.class);
  }

  @Test
  void auditor_anything_isNotCovered() {
    assertThat(covers(Ceiling.of(Role.AUDITOR), grant(APPSEC, "scans:read"))).isFalse();
    assertThat(covers(new Ceiling.Nothing(), grant(APPSEC, "scans:read"))).isFalse();
  }

  @Test
  void key_withoutTheScopeToIssue_grantsNothing() {
    Grant all = new Grant(APPSEC, GrantedScopes.all(), Reach.everything());
    assertThat(covers(Ceiling.of(all, false), grant(APPSEC, "scans:read"))).isFalse();
    assertThat(covers(Ceiling.of(all, true), grant(APPSEC, "scans:read"))).isTrue();
  }

  @Test
  void key_reach_boundsApisAndScopes() {
    Ceiling ceiling = within(Map.of(APPSEC, specific("scans:quick")));
    assertThat(covers(ceiling, grant(APPSEC, "scans:quick"))).isTrue();
    assertThat(covers(ceiling, grant(APPSEC, "scans:delete"))).as("implied").isTrue();
    assertThat(covers(ceiling, grant(APPSEC, "scans:quick", "scans:read"))).isFalse();
    assertThat(covers(ceiling, Grant.of(APPSEC, GrantedScopes.all()))).isFalse();
    assertThat(covers(ceiling, grant(LIBRARY, "books:read"))).isFalse();
    assertThat(covers(within(Map.of()), grant(APPSEC, "scans:read"))).isFalse();
  }

  /** All scopes includes tomorrow's: a list of every scope of today does not cover it. */
  @Test
  void key_everyScopeByName_doesNotCoverAllScopes() {
    GrantedScopes everyName = GrantedScopes.specific(LIBRARY_CATALOG.scopes());
    assertThat(covers(within(Map.of(LIBRARY, everyName)), Grant.of(LIBRARY, GrantedScopes.all())))
        .isFalse();
    assertThat(covers(within(Map.of(LIBRARY, GrantedScopes.all())), Grant.of(LIBRARY, everyName)))
        .isTrue();
    assertThat(
            covers(
                within(Map.of(LIBRARY, GrantedScopes.all())),
                Grant.of(LIBRARY, GrantedScopes.all())))
        .isTrue();
  }

  @Test
  void key_theReachAskedFor_staysWithinItsOwn() {
    Ceiling ceiling =
        Ceiling.of(
            new Grant(
                ApiId.BITTING,
                specific("keys:issue"),
                new Reach.Limited(
                    new TreeMap<>(
                        Map.of(
                            ApiId.BITTING, specific("keys:issue"), APPSEC, specific("scans:read"))),
                    new TreeSet<>(List.of(APPSEC)))),
            true);
    GrantedScopes issue = specific("keys:issue");
    assertThat(
            covers(
                ceiling,
                new Grant(ApiId.BITTING, issue, Reach.issuing(APPSEC, specific("scans:read")))))
        .isTrue();
    assertThat(
            covers(
                ceiling,
                new Grant(ApiId.BITTING, issue, Reach.issuing(APPSEC, specific("scans:run")))))
        .isFalse();
    assertThat(
            covers(
                ceiling,
                new Grant(ApiId.BITTING, issue, Reach.issuing(APPSEC, GrantedScopes.all()))))
        .isFalse();
    assertThat(
            covers(
                ceiling,
                new Grant(ApiId.BITTING, issue, Reach.issuing(LIBRARY, specific("books:read")))))
        .isFalse();
    assertThat(covers(ceiling, new Grant(ApiId.BITTING, issue, Reach.everything()))).isFalse();
    assertThat(covers(ceiling, new Grant(ApiId.BITTING, issue, Reach.verifying(List.of(APPSEC)))))
        .isTrue();
    assertThat(covers(ceiling, new Grant(ApiId.BITTING, issue, Reach.verifying(List.of(LIBRARY)))))
        .isFalse();
  }

  @Test
  void covers_grantedScopes_isReflexiveAndTransitive() {
    List<GrantedScopes> all =
        List.of(
            GrantedScopes.all(),
            specific("scans:read"),
            specific("scans:quick"),
            specific("scans:delete"),
            specific("scans:read", "scans:quick"),
            specific("scans:delete", "scans:quick"),
            GrantedScopes.specific(APPSEC_CATALOG.scopes()));
    for (GrantedScopes a : all) {
      assertThat(a.covers(a, APPSEC_CATALOG)).isTrue();
      for (GrantedScopes b : all) {
        for (GrantedScopes c : all) {
          if (a.covers(b, APPSEC_CATALOG) && b.covers(c, APPSEC_CATALOG)) {
            assertThat(a.covers(c, APPSEC_CATALOG)).isTrue();
          }
        }
        if (a.covers(b, APPSEC_CATALOG)) {
          assertThat(a.covered(APPSEC_CATALOG)).containsAll(b.covered(APPSEC_CATALOG));
        }
      }
    }
  }

  private static boolean covers(Ceiling ceiling, Grant grant) {
    return ceiling.covers(grant, CeilingTest::catalog);
  }

  private static Optional<Catalog> catalog(ApiId api) {
    return Stream.of(APPSEC_CATALOG, LIBRARY_CATALOG, Catalog.builtIn())
        .filter(catalog -> catalog.api().equals(api))
        .findFirst();
  }

  private static Ceiling within(Map<ApiId, GrantedScopes> issue) {
    return new Ceiling.Within(new Reach.Limited(new TreeMap<>(issue), new TreeSet<>()));
  }

  private static Grant grant(ApiId api, String... scopes) {
    return Grant.of(api, specific(scopes));
  }

  private static GrantedScopes specific(String... names) {
    return GrantedScopes.specific(Arrays.stream(names).map(Scope::new).toList());
  }

  private static CatalogEntry own(String name, AccessLevel level, String... implies) {
    return new CatalogEntry(
        new Scope(name),
        "Things",
        level,
        "Does it.",
        false,
        new TreeSet<>(Arrays.stream(implies).map(Scope::new).toList()),
        false);
  }
}
