package io.bitting.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bitting.fixtures.CatalogMother;
import io.bitting.fixtures.OrganizationMother;
import io.bitting.grant.Grant;
import io.bitting.grant.GrantedScopes;
import io.bitting.grant.Reach;
import io.bitting.id.ApiId;
import io.bitting.organization.Organization;
import io.bitting.scope.AccessLevel;
import io.bitting.scope.BuiltInScope;
import io.bitting.scope.Catalog;
import io.bitting.scope.Requirement;
import io.bitting.scope.Scope;
import io.bitting.usage.KeyUse;
import io.bitting.usage.Use;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class RightSizeTest {
  private static final Organization ORGANIZATION = OrganizationMother.organization().build();
  private static final Organization OPERATOR = OrganizationMother.organization().operator().build();
  private static final Catalog CATALOG =
      CatalogMother.empty(Reviews.APPSEC)
          .scope("scans:read", AccessLevel.READ)
          .scope("scans:run", AccessLevel.WRITE, "scans:read")
          .scope("scans:manage", AccessLevel.DANGER, "scans:run")
          .scope("users:read", AccessLevel.READ)
          .scope("users:manage", AccessLevel.DANGER)
          .retired("old:read")
          .build();

  @Test
  void of_impliedScopeUsed_namesItAndNotTheOneThatImpliesIt() {
    assertThat(proposed(grant("scans:manage"), use("scans:run"))).containsExactly("scans:run");
    assertThat(proposed(grant("scans:manage"), use("scans:read"))).containsExactly("scans:read");
    assertThat(proposed(grant("scans:manage"), use("scans:read"), use("scans:run")))
        .containsExactly("scans:run");
  }

  @Test
  void of_allScopes_namesThoseThatWereNeeded() {
    assertThat(proposed(Grant.of(Reviews.APPSEC, GrantedScopes.all()), use("users:manage")))
        .containsExactly("users:manage");
  }

  /** All scopes are more than every scope of today. */
  @Test
  void of_allScopesAllNeeded_isNarrowerNevertheless() {
    RightSize size =
        RightSize.of(
            Grant.of(Reviews.APPSEC, GrantedScopes.all()),
            CatalogMother.empty(Reviews.APPSEC).scope("bot", AccessLevel.WRITE).build(),
            ORGANIZATION,
            Reviews.recorded(use("bot")));
    assertThat(size).isEqualTo(new RightSize.Narrower(grant("bot"), new java.util.TreeSet<>()));
  }

  @Test
  void of_alternatives_prefersTheLowerLevelThenTheNarrowerThenTheFewer() {
    Grant all = Grant.of(Reviews.APPSEC, GrantedScopes.all());
    assertThat(proposed(all, any("users:manage", "scans:run"))).containsExactly("scans:run");
    assertThat(proposed(all, any("scans:read", "scans:run"))).containsExactly("scans:read");
    // One scope that serves two requirements is better than two that serve one each.
    assertThat(
            proposed(
                all,
                any("scans:read", "users:read"),
                any("users:read", "users:manage"),
                any("scans:manage", "users:read")))
        .containsExactly("users:read");
  }

  @Test
  void of_everyScopeNeeded_fits() {
    assertThat(size(grant("scans:run"), use("scans:run"))).isInstanceOf(RightSize.Fits.class);
    assertThat(size(grant("scans:run", "scans:read"), use("scans:run")))
        .isInstanceOf(RightSize.Fits.class);
  }

  @Test
  void of_noScopeNeeded_proposesNoGrantOfNothing() {
    Use anyKey = Reviews.use(new Requirement.AnyValidKey(), 5, 0);
    assertThat(size(grant("scans:run"))).isInstanceOf(RightSize.NothingNeeded.class);
    assertThat(size(grant("scans:run"), anyKey)).isInstanceOf(RightSize.NothingNeeded.class);
    // What was denied is no use of a scope.
    Use denied = Reviews.use(Requirement.allOf("users:read"), 0, 3);
    assertThat(size(grant("scans:run"), denied)).isInstanceOf(RightSize.NothingNeeded.class);
  }

  @Test
  void of_lostCounters_isDoubtfulAndSaysWhatWasSeen() {
    KeyUse lost = Reviews.recorded(List.of(use("scans:read")), false);
    assertThat(RightSize.of(grant("scans:run"), CATALOG, ORGANIZATION, lost))
        .isEqualTo(
            new RightSize.Doubtful(
                java.util.Optional.of(grant("scans:read")),
                new java.util.TreeSet<>(Set.of(new Scope("scans:run")))));
    KeyUse nothingLeft = Reviews.recorded(List.of(), false);
    assertThat(RightSize.of(grant("scans:run"), CATALOG, ORGANIZATION, nothingLeft))
        .isInstanceOf(RightSize.Doubtful.class);
  }

  @Test
  void of_retiredScopeNeeded_isOutOfReachOfNewKeys() {
    Use old = use("old:read");
    assertThat(size(grant("old:read", "users:read"), old, use("users:read")))
        .isEqualTo(new RightSize.OutOfReach(List.of(old)));
    assertThat(size(grant("old:read"), old)).isEqualTo(new RightSize.OutOfReach(List.of(old)));
  }

  /** What the catalog took away since is not given back. */
  @Test
  void of_useThatTheCatalogNoLongerAllows_isOutOfReach() {
    Use once = use("users:manage");
    assertThat(size(grant("users:read"), once, use("users:read")))
        .isEqualTo(new RightSize.OutOfReach(List.of(once)));
  }

  @Test
  void of_keyThatIssues_keepsTheReachThatItHasAUseFor() {
    GrantedScopes most = GrantedScopes.specific(List.of(new Scope("scans:run")));
    java.util.TreeMap<ApiId, GrantedScopes> issue = new java.util.TreeMap<>();
    issue.put(Reviews.APPSEC, most);
    Reach reach = new Reach.Limited(issue, new java.util.TreeSet<>(Set.of(Reviews.APPSEC)));
    Grant grant =
        new Grant(
            ApiId.BITTING,
            GrantedScopes.specific(
                Reviews.scopes(List.of("keys:issue", "keys:read", "keys:verify"))),
            reach);

    assertThat(ofBitting(grant, use("keys:issue")).reach())
        .isEqualTo(Reach.issuing(Reviews.APPSEC, most));
    assertThat(ofBitting(grant, use("keys:verify")).reach())
        .isEqualTo(Reach.verifying(List.of(Reviews.APPSEC)));
    assertThat(ofBitting(grant, use("keys:read")).reach()).isEqualTo(Reach.none());

    Grant everything = new Grant(ApiId.BITTING, GrantedScopes.all(), Reach.everything());
    assertThat(ofBitting(everything, use("keys:issue")).reach()).isEqualTo(Reach.everything());
    assertThat(ofBitting(everything, use("keys:read")).reach()).isEqualTo(Reach.none());
  }

  /** Scopes of the installation count for nothing in an organization that does not operate it. */
  @Test
  void of_tenantsKeyOfBitting_doesNotDropWhatItNeverHad() {
    Grant all = Grant.of(ApiId.BITTING, GrantedScopes.all());
    RightSize size =
        RightSize.of(
            all, Catalog.builtIn(), ORGANIZATION, Reviews.recorded(onBitting(use("keys:read"))));
    assertThat(((RightSize.Narrower) size).dropped())
        .doesNotContain(new Scope("organizations:manage"))
        .contains(new Scope("keys:manage"));
  }

  @Test
  void of_catalogOfAnotherApi_throws() {
    assertThatThrownBy(() ->
            RightSize.of(grant("scans:run"), Catalog.builtIn(), ORGANIZATION, Reviews.recorded()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the catalog is of bitting, the grant of appsec");
  }

  @Test
  void replay_grantOfAnotherApi_throws() {
    assertThatThrownBy(() ->
            WhatIf.replay(
                grant("scans:run"),
                Grant.of(ApiId.BITTING, GrantedScopes.all()),
                CATALOG,
                ORGANIZATION,
                Reviews.recorded()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void replay_narrowerGrant_namesUsesCallsAndWhatIsMissing() {
    Use run = use("scans:run");
    WhatIf whatIf =
        WhatIf.replay(
            grant("scans:manage"),
            grant("scans:read"),
            CATALOG,
            ORGANIZATION,
            Reviews.recorded(use("scans:read"), run, Reviews.use(Requirement.allOf("x"), 0, 9)));
    assertThat(whatIf.denials())
        .containsExactly(
            new WhatIf.Denial(run, new java.util.TreeSet<>(Set.of(new Scope("scans:run")))));
    assertThat(whatIf.calls()).isEqualTo(14);
    assertThat(whatIf.deniedCalls()).isEqualTo(7);
  }

  /** What only has the name of one of Bitting's scopes does not count on Bitting. */
  @Test
  void of_callsOfBitting_needTheScopeThatIsIncluded() {
    Catalog catalog =
        CatalogMother.empty(Reviews.APPSEC)
            .including(BuiltInScope.ORG_READ)
            .scope("organizations:read", AccessLevel.READ)
            .build();
    Use either = any("org:read", "organizations:read");
    Grant both = grant("org:read", "organizations:read");
    Use own = use("organizations:read");

    RightSize onBitting =
        RightSize.of(both, catalog, ORGANIZATION, Reviews.recorded(onBitting(either)));
    assertThat(Reviews.names(((RightSize.Narrower) onBitting).grant())).containsExactly("org:read");
    RightSize onOwn = RightSize.of(both, catalog, ORGANIZATION, Reviews.recorded(either, own));
    assertThat(Reviews.names(((RightSize.Narrower) onOwn).grant()))
        .containsExactly("organizations:read");
  }

  private static Use onBitting(Use use) {
    return Reviews.use(ApiId.BITTING, use.requirement(), use.allowed(), use.denied());
  }

  private static Grant ofBitting(Grant grant, Use use) {
    RightSize size =
        RightSize.of(grant, Catalog.builtIn(), OPERATOR, Reviews.recorded(onBitting(use)));
    return ((RightSize.Narrower) size).grant();
  }

  private static Set<String> proposed(Grant present, Use... uses) {
    return Reviews.names(((RightSize.Narrower) size(present, uses)).grant());
  }

  private static RightSize size(Grant present, Use... uses) {
    return RightSize.of(present, CATALOG, ORGANIZATION, Reviews.recorded(uses));
  }

  private static Grant grant(String... names) {
    return Reviews.grant(List.of(names));
  }

  private static Use use(String scope) {
    return Reviews.use(Requirement.allOf(scope), 7, 0);
  }

  private static Use any(String... scopes) {
    return Reviews.use(
        new Requirement.Scopes(
            List.of(scopes).stream().map(scope -> Set.of(new Scope(scope))).toList()),
        7,
        0);
  }
}
