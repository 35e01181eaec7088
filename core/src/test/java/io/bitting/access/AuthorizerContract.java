package io.bitting.access;

import static io.bitting.access.SampleInstallation.ACME;
import static io.bitting.access.SampleInstallation.APPSEC;
import static io.bitting.access.SampleInstallation.APPSEC_CATALOG;
import static io.bitting.access.SampleInstallation.BITTING;
import static io.bitting.access.SampleInstallation.GLOBEX;
import static io.bitting.access.SampleInstallation.LIBRARY;
import static io.bitting.access.SampleInstallation.LIBRARY_CATALOG;
import static io.bitting.access.SampleInstallation.OPERATOR;
import static io.bitting.access.SampleInstallation.own;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bitting.access.SampleInstallation.SampleKey;
import io.bitting.fixtures.MutableClock;
import io.bitting.fixtures.SeededRandom;
import io.bitting.id.ApiId;
import io.bitting.id.KeyId;
import io.bitting.key.KeyPrefix;
import io.bitting.key.KeyState;
import io.bitting.key.MintedToken;
import io.bitting.key.Replacement;
import io.bitting.organization.Organization;
import io.bitting.scope.BuiltInScope;
import io.bitting.scope.Catalog;
import io.bitting.scope.CatalogEntry;
import io.bitting.scope.Requirement;
import io.bitting.scope.Scope;
import io.bitting.seal.SealVerdict;
import io.bitting.store.Api;
import io.bitting.store.Position;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Authorizer} does, wherever it has its rows from. A subclass is a factory and
 * nothing else.
 */
public abstract class AuthorizerContract {
  private static final Requirement SCANS_READ = Requirement.allOf("scans:read");
  private static final Requirement ANY_KEY = new Requirement.AnyValidKey();
  private static final Requirement ANONYMOUS = new Requirement.Anonymous();
  private static final Duration DAY = Duration.ofDays(1);

  private final SampleInstallation installation = new SampleInstallation();
  private final InMemoryChangeSource rows = installation.rows();
  private final MutableClock clock = new MutableClock();

  /** An authorizer under test. */
  public interface Subject extends AutoCloseable {
    /** Returns it. */
    Authorizer authorizer();

    /** Waits until it has taken note of a change. */
    void await(Position position);

    @Override
    void close();
  }

  private Subject subject;

  /**
   * Starts an authorizer over rows.
   *
   * @param rows the rows; do not wake anybody by themselves
   * @param clock the time
   */
  public abstract Subject start(InMemoryChangeSource rows, Clock clock);

  @AfterEach
  final void closeSubject() {
    if (subject != null) {
      subject.close();
    }
  }

  // Rule 7: the order of a check.

  @Test
  final void authorize_unknownApi_deniesWhateverElse() {
    SampleKey key = installation.key(ACME, APPSEC).put();
    for (Requirement requirement : List.of(SCANS_READ, ANY_KEY, ANONYMOUS)) {
      Decision decision = authorize(key.token(), new ApiId("nowhere"), requirement);
      assertDenied(decision, DenialReason.API_UNKNOWN);
      assertThat(((Decision.Denied) decision).key()).isNull();
    }
  }

  @Test
  final void authorize_anonymousOperation_allowsAndLooksAtNoCredential() {
    SampleKey revoked = installation.key(ACME, APPSEC).state(KeyState.REVOKED).put();
    for (String token : List.of("", "garbage", revoked.token())) {
      Decision decision = authorize(token, APPSEC, ANONYMOUS);
      assertThat(decision).isInstanceOf(Decision.Allowed.class);
      assertThat(((Decision.Allowed) decision).key()).isNull();
    }
  }

  /** Rule 7: what nobody has declared is refused to every key, and to whoever has none. */
  @Test
  final void authorize_undeclaredOperation_deniesEveryKey() {
    SampleKey all = installation.key(ACME, APPSEC).put();
    for (String token : List.of("", "garbage", all.token())) {
      Decision decision = authorize(token, APPSEC, new Requirement.Undeclared());
      assertDenied(decision, DenialReason.OPERATION_UNDECLARED);
      assertThat(((Decision.Denied) decision).key()).isNull();
    }
  }

  @Test
  final void authorize_noCredential_isMissingAndNotInvalid() {
    assertDenied(authorize("", APPSEC, SCANS_READ), DenialReason.CREDENTIAL_MISSING);
    assertDenied(authorize("", APPSEC, ANY_KEY), DenialReason.CREDENTIAL_MISSING);
  }

  @Test
  final void authorize_validKeyWithTheScope_allowsAndNamesTheKey() {
    Instant expiresAt = SampleInstallation.BEGINNING.plus(DAY);
    SampleKey key =
        installation.key(ACME, APPSEC).scopes("scans:read").secretUntil(expiresAt).put();
    Decision decision = authorize(key.token(), APPSEC, SCANS_READ);
    assertThat(decision.isAllowed()).isTrue();
    VerifiedKey verified = ((Decision.Allowed) decision).key();
    assertThat(verified.id()).isEqualTo(key.key().id());
    assertThat(verified.organization()).isEqualTo(ACME.id());
    assertThat(verified.api()).isEqualTo(APPSEC.id());
    assertThat(verified.expiresAt()).contains(expiresAt);
    assertThat(decision.asOf().hasReached(rows.position())).isTrue();
  }

  /** Each key has one fault less than the one before it; the first in the rule's order is named. */
  @Test
  final void authorize_severalFaultsAtOnce_namesTheFirstOfTheOrder() {
    Instant past = SampleInstallation.BEGINNING;
    Organization suspended = GLOBEX.suspended(true);
    rows.put(suspended);
    Requirement lacking = Requirement.allOf("scans:stop");
    Requirement unknown = Requirement.allOf("scans:nonsense");

    SampleKey revoked =
        key(suspended).state(KeyState.REVOKED).scopes("bot").secretUntil(past).put();
    SampleKey disabled =
        key(suspended).state(KeyState.DISABLED).scopes("bot").secretUntil(past).put();
    SampleKey expired = key(suspended).scopes("bot").secretUntil(past).put();
    SampleKey ofSuspended = key(suspended).scopes("bot").put();
    SampleKey live = key(ACME).scopes("bot").put();

    for (Requirement requirement : List.of(lacking, unknown)) {
      String wrong = wrongSecret(revoked);
      assertDenied(authorize(wrong, APPSEC, requirement), DenialReason.CREDENTIAL_INVALID);
      assertDenied(authorize(revoked.token(), APPSEC, requirement), DenialReason.KEY_REVOKED);
      assertDenied(authorize(disabled.token(), APPSEC, requirement), DenialReason.KEY_DISABLED);
      assertDenied(authorize(expired.token(), APPSEC, requirement), DenialReason.KEY_EXPIRED);
      assertDenied(
          authorize(ofSuspended.token(), APPSEC, requirement), DenialReason.ORGANIZATION_SUSPENDED);
    }
    assertDenied(authorize(live.token(), APPSEC, unknown), DenialReason.REQUIREMENT_UNKNOWN);
    assertDenied(authorize(live.token(), APPSEC, lacking), DenialReason.INSUFFICIENT_SCOPE);
    assertAllowed(authorize(live.token(), APPSEC, ANY_KEY));
  }

  @Test
  final void authorize_anyValidKey_wantsAValidOne() {
    SampleKey disabled = key(ACME).state(KeyState.DISABLED).put();
    SampleKey expired = key(ACME).secretUntil(SampleInstallation.BEGINNING).put();
    assertDenied(authorize("nonsense", APPSEC, ANY_KEY), DenialReason.CREDENTIAL_INVALID);
    assertDenied(authorize(disabled.token(), APPSEC, ANY_KEY), DenialReason.KEY_DISABLED);
    assertDenied(authorize(expired.token(), APPSEC, ANY_KEY), DenialReason.KEY_EXPIRED);
    assertAllowed(authorize(key(ACME).scopes("bot").put().token(), APPSEC, ANY_KEY));
  }

  // Rule 1: one API.

  @Test
  final void authorize_keyOfAnotherApi_isAsUnknownAsAnInventedOne() {
    SampleKey library = installation.key(ACME, LIBRARY).put();
    Decision foreign = authorize(library.token(), APPSEC, SCANS_READ);
    Decision invented = authorize(invented(), APPSEC, SCANS_READ);
    assertDenied(foreign, DenialReason.CREDENTIAL_INVALID);
    assertThat(foreign).isEqualTo(invented);
    assertAllowed(authorize(library.token(), LIBRARY, SCANS_READ));
  }

  @Test
  final void authorize_keyOfBittingOnAProduct_isUnknown() {
    SampleKey key = installation.key(OPERATOR, BITTING).put();
    for (Requirement requirement : List.of(SCANS_READ, ANY_KEY, Requirement.allOf("org:read"))) {
      assertDenied(authorize(key.token(), APPSEC, requirement), DenialReason.CREDENTIAL_INVALID);
    }
  }

  /** The right id and the right secret behind another API's prefix, checksum and all. */
  @Test
  final void authorize_tokenWithAnotherPrefix_isInvalid() {
    Api twin =
        new Api(new ApiId("twin"), "twin", new KeyPrefix("twin"), null, APPSEC.createdAt(), 1);
    rows.put(twin);
    rows.put(Catalog.of(twin.id(), 1, List.of(own("scans:read"))));
    SampleKey key = key(ACME).put();
    String disguised = withPrefix(key.token(), "twin");
    assertDenied(authorize(disguised, twin, SCANS_READ), DenialReason.CREDENTIAL_INVALID);
    assertDenied(authorize(disguised, APPSEC, SCANS_READ), DenialReason.CREDENTIAL_INVALID);
    assertAllowed(authorize(key.token(), APPSEC, SCANS_READ));
  }

  // Rule 2: inclusion, not spelling.

  @Test
  final void authorize_includedScope_worksOnBittingToo() {
    SampleKey key = key(ACME).scopes("org:read", "scans:read").put();
    assertAllowed(authorize(key.token(), BITTING, Requirement.allOf("org:read")));
    assertAllowed(authorize(key.token(), APPSEC, Requirement.allOf("org:read")));
    assertAllowed(authorize(key.token(), BITTING, ANY_KEY));
    assertMissing(
        authorize(key.token(), BITTING, Requirement.allOf("org:write")), "org:write", "org:write");
    assertMissing(
        authorize(key.token(), BITTING, Requirement.allOf("keys:issue")),
        "keys:issue",
        "keys:issue");
  }

  @Test
  final void authorize_allScopesOfAProduct_opensOnBittingWhatIsIncludedOnly() {
    SampleKey key = key(ACME).put();
    for (BuiltInScope scope : BuiltInScope.values()) {
      Decision decision = authorize(key.token(), BITTING, Requirement.allOf(scope.scope()));
      boolean included = scope == BuiltInScope.ORG_READ || scope == BuiltInScope.KEYS_ISSUE;
      assertThat(decision.isAllowed()).as("%s", scope).isEqualTo(included);
    }
  }

  @Test
  final void authorize_scopeThatIsOnlySpelledLikeABuiltInOne_opensNothingOnBitting() {
    SampleKey tenant = installation.key(ACME, LIBRARY).put();
    SampleKey operator = installation.key(OPERATOR, LIBRARY).put();
    for (String scope : List.of("org:read", "keys:issue", "apis:manage")) {
      for (SampleKey key : List.of(tenant, operator)) {
        assertDenied(
            authorize(key.token(), BITTING, Requirement.allOf(scope)),
            DenialReason.CREDENTIAL_INVALID);
        assertAllowed(authorize(key.token(), LIBRARY, Requirement.allOf(scope)));
      }
    }
    assertDenied(authorize(tenant.token(), BITTING, ANY_KEY), DenialReason.CREDENTIAL_INVALID);
  }

  /** The inclusion is withdrawn with the catalog that had it; nothing else remembers it. */
  @Test
  final void authorize_inclusionGone_isGoneOnBittingToo() {
    SampleKey key = key(ACME).scopes("org:read").put();
    assertAllowed(authorize(key.token(), BITTING, Requirement.allOf("org:read")));
    rows.put(Catalog.of(APPSEC.id(), 2, List.of(own("org:read"))));
    assertDenied(
        authorize(key.token(), BITTING, Requirement.allOf("org:read")),
        DenialReason.CREDENTIAL_INVALID);
    assertAllowed(authorize(key.token(), APPSEC, Requirement.allOf("org:read")));
  }

  /** Installation scopes never leave the operator organization, by name or as a part of all. */
  @Test
  final void authorize_installationScopes_areHeldByTheOperatorOnly() {
    for (BuiltInScope scope : BuiltInScope.values()) {
      boolean installationScope = scope.family() == BuiltInScope.Family.INSTALLATION;
      String name = scope.scope().text();
      for (boolean byName : new boolean[] {true, false}) {
        SampleKey tenant = bittingKey(ACME, byName, name);
        SampleKey operator = bittingKey(OPERATOR, byName, name);
        Requirement requirement = Requirement.allOf(scope.scope());
        assertThat(authorize(tenant.token(), BITTING, requirement).isAllowed())
            .as("%s", scope)
            .isEqualTo(!installationScope);
        assertAllowed(authorize(operator.token(), BITTING, requirement));
        if (installationScope) {
          assertMissing(authorize(tenant.token(), BITTING, requirement), name, name);
        }
      }
    }
  }

  private SampleKey bittingKey(Organization owner, boolean byName, String name) {
    SampleInstallation.KeyBuilder builder = installation.key(owner, BITTING);
    return (byName ? builder.scopes(name) : builder).put();
  }

  // Rule 4: all scopes.

  @Test
  final void authorize_allScopes_hasTodaysAndTomorrows() {
    SampleKey all = key(ACME).put();
    List<String> names = APPSEC_CATALOG.scopes().stream().map(Scope::text).toList();
    SampleKey named = key(ACME).scopes(names.toArray(new String[0])).put();
    for (Scope scope : APPSEC_CATALOG.scopes()) {
      assertAllowed(authorize(all.token(), APPSEC, Requirement.allOf(scope)));
    }
    Requirement tomorrows = Requirement.allOf("files:read");
    assertDenied(authorize(all.token(), APPSEC, tomorrows), DenialReason.REQUIREMENT_UNKNOWN);

    rows.put(extended(own("files:read")));

    assertAllowed(authorize(all.token(), APPSEC, tomorrows));
    assertMissing(authorize(named.token(), APPSEC, tomorrows), "files:read", "files:read");
  }

  /** Rule 7: a required scope that the catalog lacks denies, all scopes included. */
  @Test
  final void authorize_requiredScopeThatTheCatalogLacks_deniesAllScopesToo() {
    SampleKey all = key(ACME).put();
    Decision decision =
        authorize(all.token(), APPSEC, Requirement.allOf("scans:read", "scans:raed", "zzz"));
    assertDenied(decision, DenialReason.REQUIREMENT_UNKNOWN);
    Decision.Denied denied = (Decision.Denied) decision;
    assertThat(denied.required()).isEqualTo(scopes("scans:read", "scans:raed", "zzz"));
    assertThat(denied.missing()).isEqualTo(scopes("scans:raed", "zzz"));
  }

  // Rule 5: exactly, and implications only where they are declared.

  @Test
  final void authorize_spellingsThatSuggestMore_openNothing() {
    SampleKey key = key(ACME).scopes("scans:stop").put();
    for (String wanted : List.of("scans:read", "scans:run", "scans:manage", "scans:admin", "bot")) {
      assertMissing(authorize(key.token(), APPSEC, Requirement.allOf(wanted)), wanted, wanted);
    }
    for (String unknown :
        List.of("scans", "stop:scans", "scans:sto", "scans:stop2", "scans.stop")) {
      assertDenied(
          authorize(key.token(), APPSEC, Requirement.allOf(unknown)),
          DenialReason.REQUIREMENT_UNKNOWN);
    }
    assertDenied(
        authorize(key.token(), APPSEC, Requirement.allOf(new Scope("SCANS:STOP"))),
        DenialReason.REQUIREMENT_UNKNOWN);
    assertDenied(
        authorize(key.token(), APPSEC, Requirement.allOf(new Scope("scans:*"))),
        DenialReason.REQUIREMENT_UNKNOWN);
  }

  @Test
  final void authorize_declaredImplications_areFollowedOneWayOnly() {
    SampleKey admin = key(ACME).scopes("scans:admin").put();
    assertAllowed(
        authorize(
            admin.token(),
            APPSEC,
            Requirement.allOf("scans:admin", "scans:manage", "scans:read", "scans:run")));
    assertMissing(
        authorize(admin.token(), APPSEC, Requirement.allOf("scans:stop")),
        "scans:stop",
        "scans:stop");
    SampleKey reader = key(ACME).scopes("scans:read").put();
    assertMissing(
        authorize(reader.token(), APPSEC, Requirement.allOf("scans:manage")),
        "scans:manage",
        "scans:manage");
  }

  @Test
  final void authorize_implicationAddedAndWithdrawn_followsTheCatalog() {
    SampleKey key = key(ACME).scopes("bot").put();
    assertMissing(authorize(key.token(), APPSEC, SCANS_READ), "scans:read", "scans:read");
    rows.put(Catalog.of(APPSEC.id(), 2, List.of(own("bot", "scans:read"), own("scans:read"))));
    assertAllowed(authorize(key.token(), APPSEC, SCANS_READ));
    rows.put(Catalog.of(APPSEC.id(), 3, List.of(own("bot"), own("scans:read"))));
    assertMissing(authorize(key.token(), APPSEC, SCANS_READ), "scans:read", "scans:read");
  }

  /** A name of the grant that the catalog no longer has is nothing. */
  @Test
  final void authorize_heldScopeThatTheCatalogLost_isNotHeld() {
    SampleKey key = key(ACME).scopes("bot", "scans:read").put();
    rows.put(Catalog.of(APPSEC.id(), 2, List.of(own("scans:read"))));
    assertDenied(
        authorize(key.token(), APPSEC, Requirement.allOf("bot")), DenialReason.REQUIREMENT_UNKNOWN);
    assertAllowed(authorize(key.token(), APPSEC, SCANS_READ));
  }

  // What is missing.

  @Test
  final void authorize_severalScopesRequired_namesExactlyThoseThatAreMissing() {
    SampleKey key = key(ACME).scopes("scans:manage").put();
    Decision decision =
        authorize(
            key.token(), APPSEC, Requirement.allOf("scans:read", "scans:stop", "bot", "scans:run"));
    assertMissing(decision, "bot scans:read scans:run scans:stop", "bot scans:stop");
  }

  @Test
  final void authorize_alternatives_nameTheNearest() {
    Requirement requirement =
        new Requirement.Scopes(
            List.of(
                scopes("scans:read", "scans:run", "scans:stop"),
                scopes("bot", "scans:stop"),
                scopes("scans:admin")));
    assertMissing(
        authorize(key(ACME).scopes("org:read").put().token(), APPSEC, requirement),
        "scans:admin",
        "scans:admin");
    assertMissing(
        authorize(key(ACME).scopes("bot").put().token(), APPSEC, requirement),
        "bot scans:stop",
        "scans:stop");
    assertMissing(
        authorize(key(ACME).scopes("scans:manage").put().token(), APPSEC, requirement),
        "scans:read scans:run scans:stop",
        "scans:stop");
    assertAllowed(
        authorize(
            key(ACME).scopes("scans:manage", "scans:stop").put().token(), APPSEC, requirement));
    assertAllowed(authorize(key(ACME).scopes("scans:admin").put().token(), APPSEC, requirement));
  }

  /** An alternative that no key can meet is not what a key is told to get. */
  @Test
  final void authorize_alternativeThatTheCatalogLacks_isNotTheNearest() {
    Requirement requirement =
        new Requirement.Scopes(List.of(scopes("nonsense"), scopes("bot", "scans:stop")));
    assertMissing(
        authorize(key(ACME).scopes("scans:read").put().token(), APPSEC, requirement),
        "bot scans:stop",
        "bot scans:stop");
    assertAllowed(
        authorize(key(ACME).scopes("bot", "scans:stop").put().token(), APPSEC, requirement));
  }

  // Rule 8: what a caller may be told.

  @Test
  final void authorize_secretNotProved_isOneAndTheSameDenial() {
    SampleKey live = key(ACME).put();
    SampleKey revoked = key(ACME).state(KeyState.REVOKED).put();
    SampleKey disabled = key(ACME).state(KeyState.DISABLED).put();
    SampleKey expired = key(ACME).secretUntil(SampleInstallation.BEGINNING).put();
    rows.put(GLOBEX.suspended(true));
    SampleKey suspended = key(GLOBEX).put();
    SampleKey library = installation.key(ACME, LIBRARY).put();
    SampleKey gone = key(ACME).put();
    rows.removeKey(gone.key().id());

    List<String> tokens =
        new ArrayList<>(
            List.of(
                invented(), gone.token(), library.token(), "nonsense", "nex_", live.token() + " "));
    for (SampleKey key : List.of(live, revoked, disabled, expired, suspended, library)) {
      tokens.add(wrongSecret(key));
    }
    Set<Decision> decisions = new java.util.HashSet<>();
    for (String token : tokens) {
      decisions.add(authorize(token, APPSEC, SCANS_READ));
    }
    assertThat(decisions).hasSize(1);
    Decision.Denied denied = (Decision.Denied) decisions.iterator().next();
    assertThat(denied.reason()).isEqualTo(DenialReason.CREDENTIAL_INVALID);
    assertThat(denied.key()).isNull();
    assertThat(denied.required()).isEmpty();
    assertThat(denied.missing()).isEmpty();
  }

  @Test
  final void authorize_secretProved_namesTheKeyAndItsState() {
    rows.put(GLOBEX.suspended(true));
    SampleKey revoked = key(ACME).state(KeyState.REVOKED).put();
    SampleKey disabled = key(ACME).state(KeyState.DISABLED).put();
    SampleKey expired = key(ACME).secretUntil(SampleInstallation.BEGINNING).put();
    SampleKey suspended = key(GLOBEX).put();
    SampleKey lacking = key(ACME).scopes("bot").put();
    assertTold(revoked, DenialReason.KEY_REVOKED);
    assertTold(disabled, DenialReason.KEY_DISABLED);
    assertTold(expired, DenialReason.KEY_EXPIRED);
    assertTold(suspended, DenialReason.ORGANIZATION_SUSPENDED);
    assertTold(lacking, DenialReason.INSUFFICIENT_SCOPE);
  }

  private void assertTold(SampleKey key, DenialReason reason) {
    Decision decision = authorize(key.token(), APPSEC, SCANS_READ);
    assertDenied(decision, reason);
    assertThat(((Decision.Denied) decision).key().id()).isEqualTo(key.key().id());
  }

  // Time and state.

  @Test
  final void authorize_expiry_isTheFirstInstantThatIsRefused() {
    Instant expiresAt = SampleInstallation.BEGINNING.plus(DAY);
    SampleKey key = key(ACME).secretUntil(expiresAt).put();
    clock.set(expiresAt.minusMillis(1));
    assertAllowed(authorize(key.token(), APPSEC, SCANS_READ));
    clock.set(expiresAt);
    assertDenied(authorize(key.token(), APPSEC, SCANS_READ), DenialReason.KEY_EXPIRED);
    clock.set(Instant.parse("+12000-01-01T00:00:00Z"));
    assertDenied(authorize(key.token(), APPSEC, SCANS_READ), DenialReason.KEY_EXPIRED);
    SampleKey forEver = key(ACME).secretForEver().put();
    assertAllowed(authorize(forEver.token(), APPSEC, SCANS_READ));
    assertThat(
            ((Decision.Allowed) authorize(forEver.token(), APPSEC, SCANS_READ)).key().expiresAt())
        .isEmpty();
  }

  /**
   * Row A14 of the threats: while a rotation overlaps, both secrets prove the key, each with its
   * own end.
   */
  @Test
  final void authorize_priorSecret_worksUntilItsOwnExpiry() {
    Instant overlapEnds = SampleInstallation.BEGINNING.plus(DAY);
    Instant expiresAt = overlapEnds.plus(DAY);
    SampleKey key = key(ACME).secretUntil(expiresAt).secretUntil(overlapEnds).put();
    assertExpiry(key.tokens().get(0), expiresAt);
    assertExpiry(key.tokens().get(1), overlapEnds);

    clock.set(overlapEnds);
    assertExpiry(key.tokens().get(0), expiresAt);
    assertDenied(authorize(key.tokens().get(1), APPSEC, SCANS_READ), DenialReason.KEY_EXPIRED);

    clock.set(expiresAt);
    assertDenied(authorize(key.tokens().get(0), APPSEC, SCANS_READ), DenialReason.KEY_EXPIRED);

    clock.set(SampleInstallation.BEGINNING);
    installation.put(key.with(key.key().revoked(clock.instant())));
    for (String token : key.tokens()) {
      assertDenied(authorize(token, APPSEC, SCANS_READ), DenialReason.KEY_REVOKED);
    }
  }

  private void assertExpiry(String token, Instant expiresAt) {
    Decision decision = authorize(token, APPSEC, SCANS_READ);
    assertAllowed(decision);
    assertThat(((Decision.Allowed) decision).key().expiresAt()).contains(expiresAt);
  }

  /** Who proves an old secret is told that it has a successor, and of which number it is. */
  @Test
  final void authorize_bothSecrets_areToldApart() {
    SampleKey key = key(ACME).secretForEver().secretUntil(clock.instant().plus(DAY)).put();
    VerifiedKey newest = proved(key.tokens().get(0));
    VerifiedKey prior = proved(key.tokens().get(1));
    assertThat(newest.secret()).isEqualTo(prior.secret() + 1);
    assertThat(newest.supersededAt()).isEmpty();
    assertThat(prior.supersededAt()).contains(SampleInstallation.BEGINNING);
  }

  private VerifiedKey proved(String token) {
    Decision decision = authorize(token, APPSEC, SCANS_READ);
    assertAllowed(decision);
    return java.util.Objects.requireNonNull(((Decision.Allowed) decision).key());
  }

  /** A replaced key ends by time itself: its row says nothing of a revocation. */
  @Test
  final void authorize_replacedKey_worksUntilItEnds_andIsAsRevokedThen() {
    Instant replacedAt = SampleInstallation.BEGINNING.plus(DAY);
    Instant endsAt = replacedAt.plus(DAY);
    SampleKey key = key(ACME).secretForEver().secretUntil(endsAt.plus(DAY)).put();
    installation.put(
        key.with(key.key().replaced(new Replacement(new KeyId(1, 1), replacedAt, endsAt))));
    clock.set(endsAt.minusMillis(1));
    for (String token : key.tokens()) {
      assertExpiry(token, endsAt);
    }
    assertThat(proved(key.tokens().get(0)).supersededAt()).contains(replacedAt);
    clock.set(endsAt);
    for (String token : key.tokens()) {
      assertDenied(authorize(token, APPSEC, SCANS_READ), DenialReason.KEY_REVOKED);
    }
  }

  /** Of a third secret nothing is left, whatever its expiry. */
  @Test
  final void authorize_secretBeforeThePriorOne_isInvalid() {
    SampleKey key = key(ACME).secretForEver().secretForEver().secretForEver().put();
    assertAllowed(authorize(key.tokens().get(1), APPSEC, SCANS_READ));
    assertDenied(
        authorize(key.tokens().get(2), APPSEC, SCANS_READ), DenialReason.CREDENTIAL_INVALID);
  }

  @Test
  final void authorize_changesOfState_areFollowed() {
    SampleKey key = key(ACME).put();
    assertAllowed(authorize(key.token(), APPSEC, SCANS_READ));
    installation.put(key.with(key.key().disabled(true)));
    assertDenied(authorize(key.token(), APPSEC, SCANS_READ), DenialReason.KEY_DISABLED);
    installation.put(key.with(key.key().disabled(true).disabled(false)));
    assertAllowed(authorize(key.token(), APPSEC, SCANS_READ));
    installation.put(key.with(key.key().revoked(clock.instant())));
    assertDenied(authorize(key.token(), APPSEC, SCANS_READ), DenialReason.KEY_REVOKED);
    rows.removeKey(key.key().id());
    assertDenied(authorize(key.token(), APPSEC, SCANS_READ), DenialReason.CREDENTIAL_INVALID);
  }

  @Test
  final void authorize_organizationSuspendedAndResumed_isFollowedForItsKeysOnly() {
    SampleKey acme = key(ACME).put();
    SampleKey globex = key(GLOBEX).put();
    rows.put(ACME.suspended(true));
    assertDenied(authorize(acme.token(), APPSEC, SCANS_READ), DenialReason.ORGANIZATION_SUSPENDED);
    assertAllowed(authorize(globex.token(), APPSEC, SCANS_READ));
    rows.put(ACME.suspended(true).suspended(false));
    assertAllowed(authorize(acme.token(), APPSEC, SCANS_READ));
    rows.removeOrganization(ACME.id());
    assertDenied(authorize(acme.token(), APPSEC, SCANS_READ), DenialReason.CREDENTIAL_INVALID);
  }

  @Test
  final void authorize_apiGone_deniesItsKeysEverywhere() {
    SampleKey key = key(ACME).put();
    rows.removeApi(APPSEC.id());
    assertDenied(authorize(key.token(), APPSEC, SCANS_READ), DenialReason.API_UNKNOWN);
    assertDenied(
        authorize(key.token(), BITTING, Requirement.allOf("org:read")),
        DenialReason.CREDENTIAL_INVALID);
  }

  // Row K5 of the threats: rows that were altered.

  @Test
  final void authorize_alteredRowOfAnyKind_grantsNothing() {
    SampleKey key = key(ACME).put();
    for (Runnable alteration :
        List.<Runnable>of(
            () -> rows.put(key.row(), SealVerdict.BROKEN),
            () -> rows.put(key.row(SealVerdict.BROKEN)),
            () -> rows.put(ACME, SealVerdict.BROKEN),
            () -> rows.put(APPSEC, SealVerdict.BROKEN),
            () -> rows.put(APPSEC_CATALOG, SealVerdict.BROKEN))) {
      assertAllowed(authorize(key.token(), APPSEC, SCANS_READ));
      alteration.run();
      Decision decision = authorize(key.token(), APPSEC, SCANS_READ);
      assertThat(((Decision.Denied) decision).reason())
          .isIn(DenialReason.CREDENTIAL_INVALID, DenialReason.API_UNKNOWN);
      assertThat(((Decision.Denied) decision).key()).isNull();
      restore(key);
    }
  }

  @Test
  final void authorize_rowWhosePepperIsUnknown_cannotBeDecided() {
    SampleKey key = key(ACME).put();
    for (Runnable loss :
        List.<Runnable>of(
            () -> rows.put(key.row(), SealVerdict.UNKNOWN_VERSION),
            () -> rows.put(key.row(SealVerdict.UNKNOWN_VERSION)),
            () -> rows.put(ACME, SealVerdict.UNKNOWN_VERSION),
            () -> rows.put(APPSEC, SealVerdict.UNKNOWN_VERSION),
            () -> rows.put(APPSEC_CATALOG, SealVerdict.UNKNOWN_VERSION))) {
      assertAllowed(authorize(key.token(), APPSEC, SCANS_READ));
      loss.run();
      assertThatThrownBy(() -> authorize(key.token(), APPSEC, SCANS_READ))
          .isInstanceOf(VerificationUnavailableException.class);
      restore(key);
    }
  }

  private void restore(SampleKey key) {
    rows.put(ACME);
    rows.put(APPSEC);
    rows.put(APPSEC_CATALOG);
    installation.put(key);
  }

  /** While a rotation overlaps, one secret of two may be altered: the other goes on. */
  @Test
  final void authorize_oneOfTwoSecretsAltered_theOtherProves() {
    SampleKey key = key(ACME).secretForEver().secretForEver().put();
    rows.put(key.row(SealVerdict.INTACT, SealVerdict.BROKEN));
    assertAllowed(authorize(key.tokens().get(0), APPSEC, SCANS_READ));
    assertDenied(
        authorize(key.tokens().get(1), APPSEC, SCANS_READ), DenialReason.CREDENTIAL_INVALID);

    rows.put(key.row(SealVerdict.BROKEN, SealVerdict.INTACT));
    assertDenied(
        authorize(key.tokens().get(0), APPSEC, SCANS_READ), DenialReason.CREDENTIAL_INVALID);
    assertAllowed(authorize(key.tokens().get(1), APPSEC, SCANS_READ));

    rows.put(key.row(SealVerdict.UNKNOWN_VERSION, SealVerdict.INTACT));
    assertThatThrownBy(() -> authorize(key.tokens().get(0), APPSEC, SCANS_READ))
        .isInstanceOf(VerificationUnavailableException.class);
    assertAllowed(authorize(key.tokens().get(1), APPSEC, SCANS_READ));
  }

  /**
   * A key row of one organization with another's grant or secret is caught by what refers to what.
   */
  @Test
  final void authorize_secretOfAnotherKey_provesNothing() {
    SampleKey mine = key(ACME).scopes("bot").put();
    SampleKey theirs = key(GLOBEX).make();
    SampleKey swapped = new SampleKey(theirs.key(), mine.secrets(), mine.tokens());
    installation.put(swapped);
    String forged = sameSecret(mine.token(), theirs.key().id());
    assertDenied(authorize(forged, APPSEC, SCANS_READ), DenialReason.CREDENTIAL_INVALID);
  }

  /** Nothing of one API's catalog shows at another's. */
  @Test
  final void authorize_sameScopeNameInTwoCatalogs_isTwoScopes() {
    SampleKey library = installation.key(ACME, LIBRARY).scopes("scans:read").put();
    assertAllowed(authorize(library.token(), LIBRARY, SCANS_READ));
    assertDenied(authorize(library.token(), APPSEC, SCANS_READ), DenialReason.CREDENTIAL_INVALID);
    List<CatalogEntry> less = new ArrayList<>(LIBRARY_CATALOG.entries());
    less.remove(0);
    rows.put(Catalog.of(LIBRARY.id(), 2, less));
    assertDenied(authorize(library.token(), LIBRARY, SCANS_READ), DenialReason.REQUIREMENT_UNKNOWN);
    assertAllowed(authorize(key(ACME).put().token(), APPSEC, SCANS_READ));
  }

  // ---

  private SampleInstallation.KeyBuilder key(Organization owner) {
    return installation.key(owner, APPSEC);
  }

  private Decision authorize(String token, Api api, Requirement requirement) {
    return authorize(token, api.id(), requirement);
  }

  private Decision authorize(String token, ApiId api, Requirement requirement) {
    if (subject == null) {
      subject = start(rows, clock);
    }
    subject.await(rows.position());
    return subject.authorizer().authorize(new AccessRequest(token, api, requirement));
  }

  private static Catalog extended(CatalogEntry entry) {
    List<CatalogEntry> entries = new ArrayList<>(APPSEC_CATALOG.entries());
    entries.add(entry);
    return Catalog.of(APPSEC.id(), 2, entries);
  }

  private static String invented() {
    SeededRandom random = new SeededRandom(987_654_321);
    return MintedToken.mint(APPSEC.prefix(), KeyId.generate(random), random).revealOnce();
  }

  /** A token of AppSec with a key's id, a right checksum and another secret. */
  private static String wrongSecret(SampleKey key) {
    return MintedToken.mint(APPSEC.prefix(), key.key().id(), new SeededRandom(123_456_789))
        .revealOnce();
  }

  private static String withPrefix(String token, String prefix) {
    return Tokens.of(prefix, token.substring(token.length() - 50, token.length() - 6));
  }

  private static String sameSecret(String token, KeyId id) {
    return Tokens.of(
        APPSEC.prefix().text(),
        id.text() + token.substring(token.length() - 38, token.length() - 6));
  }

  private static SortedSet<Scope> scopes(String... names) {
    SortedSet<Scope> scopes = new TreeSet<>();
    for (String name : names) {
      scopes.add(new Scope(name));
    }
    return scopes;
  }

  private static void assertAllowed(Decision decision) {
    assertThat(decision).isInstanceOf(Decision.Allowed.class);
  }

  private static void assertDenied(Decision decision, DenialReason reason) {
    assertThat(decision).isInstanceOf(Decision.Denied.class);
    assertThat(((Decision.Denied) decision).reason()).isEqualTo(reason);
  }

  private static void assertMissing(Decision decision, String required, String missing) {
    assertDenied(decision, DenialReason.INSUFFICIENT_SCOPE);
    Decision.Denied denied = (Decision.Denied) decision;
    assertThat(denied.required()).isEqualTo(scopes(required.split(" ")));
    assertThat(denied.missing()).isEqualTo(scopes(missing.split(" ")));
  }
}
