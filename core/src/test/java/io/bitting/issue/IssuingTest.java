package io.bitting.issue;

import static org.assertj.core.api.Assertions.assertThat;

import io.bitting.access.SampleInstallation;
import io.bitting.audit.Actor;
import io.bitting.audit.AuditEvent;
import io.bitting.fixtures.Attack;
import io.bitting.fixtures.MutableClock;
import io.bitting.fixtures.OrganizationMother;
import io.bitting.fixtures.SeededRandom;
import io.bitting.grant.Ceiling;
import io.bitting.grant.GrantedScopes;
import io.bitting.grant.Reach;
import io.bitting.id.ApiId;
import io.bitting.id.KeyId;
import io.bitting.key.Key;
import io.bitting.key.KeySecret;
import io.bitting.key.TokenReader;
import io.bitting.organization.Organization;
import io.bitting.organization.Role;
import io.bitting.scope.AccessLevel;
import io.bitting.scope.Catalog;
import io.bitting.scope.CatalogEntry;
import io.bitting.scope.Scope;
import io.bitting.seal.SealVerdict;
import io.bitting.seal.Sealed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The one function by which keys come into being: what it stores, and every fault that it names.
 */
final class IssuingTest {
  private static final Organization TENANT = OrganizationMother.organization().slug("acme").build();
  private static final Organization OPERATOR = OrganizationMother.organization().operator().build();
  private static final Issuer OWNER =
      new Issuer(
          new Actor(Actor.Kind.MEMBER, "m1"),
          Ceiling.of(Role.OWNER),
          Optional.of("req-1"),
          Optional.of("192.0.2.7"));

  private final InMemoryWriter store = new InMemoryWriter();
  private final MutableClock clock = new MutableClock();
  private final Issuing issuing = new Issuing(clock, new SeededRandom(1));

  @BeforeEach
  void fill() {
    store.add(SampleInstallation.BITTING, Catalog.builtIn());
    List<CatalogEntry> entries = new ArrayList<>(SampleInstallation.APPSEC_CATALOG.entries());
    entries.add(
        new CatalogEntry(
            new Scope("scans:old"),
            "Things",
            AccessLevel.READ,
            "Did it.",
            false,
            new TreeSet<>(),
            true));
    store.add(SampleInstallation.APPSEC, Catalog.of(SampleInstallation.APPSEC.id(), 2, entries));
    store.add(SampleInstallation.LIBRARY, SampleInstallation.LIBRARY_CATALOG);
  }

  // What is stored.

  @Test
  void issue_wellFormedRequest_storesKeySecretAndEvent() {
    clock.set(Instant.parse("2026-03-01T09:00:00.123456Z"));
    Instant now = Instant.parse("2026-03-01T09:00:00.123Z");
    IssuedKey issued = issued(request().name("  Nightly\u00a0").purpose("Imports").build());

    assertThat(store.keys).hasSize(1);
    Key key = store.keys.get(0);
    assertThat(issued.row().key()).isEqualTo(key);
    assertThat(key.organization()).isEqualTo(TENANT.id());
    assertThat(key.name()).isEqualTo("Nightly");
    assertThat(key.purpose()).isEqualTo("Imports");
    assertThat(key.api()).isEqualTo(new ApiId("appsec"));
    assertThat(key.grant().scopes()).isEqualTo(scopes("scans:read"));
    assertThat(key.grant().reach()).isEqualTo(Reach.none());
    assertThat(key.grantId()).isEqualTo(key.grant().id());
    assertThat(key.createdAt()).isEqualTo(now);
    assertThat(key.createdBy()).isEqualTo(OWNER.actor());
    assertThat(key.revokedAt()).isNull();
    assertThat(key.revision()).isEqualTo(1);

    assertThat(store.secrets).hasSize(1);
    KeySecret secret = store.secrets.get(0);
    assertThat(secret.key()).isEqualTo(key.id());
    assertThat(secret.number()).isEqualTo(1);
    assertThat(secret.createdAt()).isEqualTo(now);
    assertThat(secret.expiresAt()).isEqualTo(now.plus(Duration.ofDays(90)));
    assertThat(issued.row().expiresAt()).contains(now.plus(Duration.ofDays(90)));
    assertThat(issued.row().secrets().get(0).intact()).contains(secret);

    String token = issued.revealOnce();
    try (TokenReader reader = TokenReader.open()) {
      assertThat(reader.read(token)).isTrue();
      reader.digestSecret();
      assertThat(reader.id()).isEqualTo(key.id());
      assertThat(reader.hasPrefix(SampleInstallation.APPSEC.prefix())).isTrue();
      assertThat(reader.proves(secret.digest())).isTrue();
    }
  }

  /** Rule 10, and rule 9: the event says what was made, and nothing of the token. */
  @Test
  void issue_wellFormedRequest_tellsTheChainOfTheOrganization() {
    IssuedKey issued = issued(request().name("nightly").purpose("Imports").build());
    String secret = issued.revealOnce().substring(16);

    assertThat(store.events).hasSize(1);
    AuditEvent event = store.events.get(0);
    assertThat(event.chain().text()).isEqualTo(TENANT.id().text());
    assertThat(event.act().action()).isEqualTo("key.created");
    assertThat(event.act().actor()).isEqualTo(OWNER.actor());
    assertThat(event.act().target())
        .isEqualTo(new AuditEvent.Target("key", issued.row().key().id().text()));
    assertThat(event.act().requestId()).contains("req-1");
    assertThat(event.source().value()).isEqualTo("192.0.2.7");
    assertThat(event.act().changes())
        .containsExactly(
            new AuditEvent.Change("name", null, "nightly"),
            new AuditEvent.Change("purpose", null, "Imports"),
            new AuditEvent.Change("api", null, "appsec"),
            new AuditEvent.Change("scopes", null, "scans:read"),
            new AuditEvent.Change("expires_at", null, "2026-05-30T09:00:00Z"));
    assertThat(event.toString()).doesNotContain(secret.substring(0, 8));
  }

  @Test
  void issue_allScopesWithReachAndNoExpiry_isSaidInTheEvent() {
    issued(
        request()
            .api("bitting")
            .all()
            .expiry(new KeyRequest.NoExpiry())
            .reach(new KeyRequest.ReachingEverything())
            .build());
    assertThat(store.secrets.get(0).expiresAt()).isNull();
    assertThat(store.events.get(0).act().changes())
        .contains(
            new AuditEvent.Change("all_scopes", null, "true"),
            new AuditEvent.Change("reach", null, "everything"),
            new AuditEvent.Change("expires_at", null, "never"));
  }

  /** What is hashed into the chain has a form of its own, whatever a toString says one day. */
  @Test
  void issue_reachOfSomeApis_isSaidInTheEvent_apiByApi() {
    issued(
        request()
            .scopes("keys:issue")
            .reach(
                new KeyRequest.ReachingSome(
                    List.of(
                        new KeyRequest.IssueUpTo(
                            "appsec", new KeyRequest.SomeScopes(List.of("scans:read", "bot"))),
                        new KeyRequest.IssueUpTo("bitting", new KeyRequest.AllScopes())),
                    List.of()))
            .build());
    assertThat(store.events.get(0).act().changes())
        .contains(
            new AuditEvent.Change("reach_issue", null, "appsec bot scans:read"),
            new AuditEvent.Change("reach_issue_all", null, "bitting"));
  }

  @Test
  void issue_expiryGiven_isCutToMilliseconds() {
    Instant at = clock.instant().plusNanos(5_999_999);
    issued(request().expiry(new KeyRequest.ExpiryAt(at)).build());
    assertThat(store.secrets.get(0).expiresAt()).isEqualTo(clock.instant().plusMillis(5));
  }

  @Test
  void issue_twice_givesTwoIdsAndTwoSecrets() {
    IssuedKey first = issued(request().name("one").build());
    IssuedKey second = issued(request().name("two").build());
    assertThat(first.row().key().id()).isNotEqualTo(second.row().key().id());
    assertThat(first.revealOnce().substring(16)).isNotEqualTo(second.revealOnce().substring(16));
  }

  // Rule 6: the reach, if nothing is said of it.

  @Test
  void issue_noReachAskedFor_isItsOwnApiAndGrantForAKeyThatIssues() {
    assertThat(reachOf(request().build())).isEqualTo(Reach.none());
    assertThat(reachOf(request().scopes("scans:read", "keys:issue").build()))
        .isEqualTo(Reach.issuing(new ApiId("appsec"), scopes("scans:read", "keys:issue")));
    assertThat(reachOf(request().all().build()))
        .isEqualTo(Reach.issuing(new ApiId("appsec"), GrantedScopes.all()));
    assertThat(reachOf(request().api("library").scopes("keys:issue").build()))
        .as("a scope that is only spelled so")
        .isEqualTo(Reach.none());
    assertThat(reachOf(request().api("bitting").scopes("org:read").build()))
        .isEqualTo(Reach.none());
  }

  private Reach reachOf(KeyRequest request) {
    store.keys.clear();
    return issued(request).row().key().grant().reach();
  }

  // Faults.

  @Test
  void issue_eachFault_isNamedWithItsPlace() {
    assertFault(request().api("nowhere"), "/api api_unknown", "there is no API \"nowhere\"");
    assertFault(request().api("Not a Slug\u202e"), "/api api_unknown", "\\u{202E}");
    assertFault(request().scopes(), "/scopes grant_empty", "may do nothing");
    assertFault(
        request().scopes("scans:read", "scan:run"),
        "/scopes/1 scope_unknown",
        "scope \"scan:run\" is not in the catalog of appsec");
    assertFault(
        request().scopes("scаns:read"),
        "/scopes/0 scope_malformed",
        "U+0430 (CYRILLIC SMALL LETTER A)");
    assertFault(request().scopes("scans:old"), "/scopes/0 scope_retired", "is retired");
    assertFault(
        request().scopes("bot", "scans:read", "bot"), "/scopes/2 scope_repeated", "stands twice");
    assertFault(
        request().api("bitting").scopes("apis:manage"),
        "/scopes/0 scope_of_installation",
        "organization \"acme\" does not operate it");
    assertFault(request().name(" \u00a0 "), "/name name_missing", "name is empty");
    assertFault(request().name("a\u202eb"), "/name name_invalid", "U+202E at position 2");
    assertFault(request().purpose("a\u0000b"), "/purpose purpose_invalid", "U+0000 at position 2");
    assertFault(
        request().expiry(new KeyRequest.ExpiryAt(clock.instant())),
        "/expires_at expiry_in_past",
        "is not after now");
    assertFault(
        request().expiry(new KeyRequest.ExpiryAt(Instant.MIN)),
        "/expires_at expiry_in_past",
        "is not after now");
    assertFault(
        request().expiry(new KeyRequest.ExpiryAt(Instant.parse("+10000-01-01T00:00:00Z"))),
        "/expires_at value_out_of_range",
        "is not before");
    assertFault(
        request().expiry(new KeyRequest.ExpiryAt(Instant.MAX)),
        "/expires_at value_out_of_range",
        "is not before");
  }

  @Test
  void issue_eachFaultOfAReach_isNamedWithItsPlace() {
    KeyRequest.Reaching nothing = new KeyRequest.ReachingSome(List.of(), List.of());
    assertThat(outcome(request().reach(nothing).build())).isInstanceOf(Issuing.Issued.class);
    assertFault(
        request().reach(new KeyRequest.ReachingEverything()),
        "/reach reach_useless",
        "without keys:issue or keys:verify");
    assertFault(
        request().reach(issue("appsec", "scans:read")),
        "/reach/issue reach_useless",
        "without keys:issue");
    assertFault(
        request().scopes("keys:issue").reach(verify("appsec")),
        "/reach/verify reach_useless",
        "without keys:verify");
    assertFault(
        request().scopes("keys:issue").reach(issue("nowhere", "scans:read")),
        "/reach/issue/0/api api_unknown",
        "nowhere");
    assertFault(
        request().scopes("keys:issue").reach(issue("appsec", "scans:read", "scans:raed")),
        "/reach/issue/0/scopes/1 scope_unknown",
        "scans:raed");
    assertFault(
        request().scopes("keys:issue").reach(issue("appsec")),
        "/reach/issue/0/scopes grant_empty",
        "is empty");
    assertFault(
        request().scopes("keys:issue").reach(issue("bitting", "keys:verify")),
        "/reach/issue/0/scopes/0 scope_of_installation",
        "does not operate it");
    assertFault(
        request()
            .scopes("keys:issue")
            .reach(
                new KeyRequest.ReachingSome(
                    List.of(
                        new KeyRequest.IssueUpTo("appsec", new KeyRequest.AllScopes()),
                        new KeyRequest.IssueUpTo(
                            "appsec", new KeyRequest.SomeScopes(List.of("bot")))),
                    List.of())),
        "/reach/issue/1/api api_repeated",
        "stands twice");
    KeyRequest verifying = request().api("bitting").scopes("keys:verify").build();
    assertThat(faults(issuing.issue(store, OPERATOR, OWNER, verifying)))
        .containsExactly("/reach reach_missing");
    assertThat(
            faults(
                issuing.issue(
                    store,
                    OPERATOR,
                    OWNER,
                    request()
                        .api("bitting")
                        .scopes("keys:verify")
                        .reach(verify("nowhere"))
                        .build())))
        .containsExactly("/reach/verify/0 api_unknown");
  }

  @Test
  void issue_organizationThatForbidsAllScopes_namesIt() {
    Organization strict =
        OrganizationMother.organization().slug("strict").withoutAllScopes().build();
    Issuing.Outcome outcome = issuing.issue(store, strict, OWNER, request().all().build());
    assertThat(faults(outcome)).containsExactly("/all_scopes all_scopes_forbidden");
    assertThat(issuing.issue(store, strict, OWNER, request().build()))
        .isInstanceOf(Issuing.Issued.class);
  }

  @Test
  void issue_manyFaultsAtOnce_namesThemAll() {
    KeyRequest request =
        request()
            .name("")
            .purpose("a\nb")
            .scopes("scans:raed", "scans:read", "scans read", "scans:old", "scans:read")
            .expiry(new KeyRequest.ExpiryAt(Instant.EPOCH))
            .reach(issue("nowhere", "x"))
            .build();
    assertThat(faults(outcome(request)))
        .containsExactly(
            "/name name_missing",
            "/purpose purpose_invalid",
            "/expires_at expiry_in_past",
            "/scopes/0 scope_unknown",
            "/scopes/2 scope_malformed",
            "/scopes/3 scope_retired",
            "/scopes/4 scope_repeated",
            "/reach/issue/0/api api_unknown");
    assertNothingStored();
  }

  @Test
  void faults_someKnownBefore_areNotSaidAgain() {
    KeyRequest request = request().name("").scopes("scans:raed", "nonsense").build();
    List<Fault> known = List.of(new Fault("/scopes", "type_wrong", "m", "f"));
    assertThat(issuing.faults(store, TENANT, request, known))
        .extracting(Fault::pointer)
        .containsExactly("/scopes", "/name");
    assertThat(issuing.faults(store, TENANT, request, List.of()))
        .extracting(Fault::pointer)
        .containsExactly("/name", "/scopes/0", "/scopes/1");
    assertThat(issuing.faults(store, TENANT, request().build(), List.of())).isEmpty();
    assertNothingStored();
  }

  @Test
  void issue_aSlipInAScope_suggestsTheNearest() {
    Issuing.Faulty faulty = (Issuing.Faulty) outcome(request().scopes("scan:read").build());
    assertThat(faulty.faults().get(0).fix()).isEqualTo("did you mean \"scans:read\"?");
    faulty = (Issuing.Faulty) outcome(request().scopes("everything").build());
    assertThat(faulty.faults().get(0).fix()).contains("GET /v1/apis/{api}/catalog");
  }

  /**
   * Row A6 of the threats: ten thousand names are all answered for, without ten thousand guesses.
   */
  @Test
  void issue_tenThousandWrongScopes_namesThemAll() {
    String[] names =
        IntStream.range(0, 10_000)
            .mapToObj(
                i -> "scans:rea" + (i < 26 ? String.valueOf((char) ('A' + i)) : String.valueOf(i)))
            .toArray(String[]::new);
    Issuing.Faulty faulty = (Issuing.Faulty) outcome(request().scopes(names).build());
    assertThat(faulty.faults()).hasSize(10_000);
    assertThat(faulty.faults()).filteredOn(f -> f.fix().startsWith("did you mean")).hasSize(20);
    assertNothingStored();
  }

  static List<Attack> scopes() {
    return Attack.in("scopes.json");
  }

  /** Rows A6 and U1 of the threats: what is not in the catalog, letter by letter, is refused. */
  @ParameterizedTest
  @MethodSource("scopes")
  void issue_scopeFromTheFile_isRefusedUnlessTheCatalogHasIt(Attack attack) {
    Issuing.Outcome outcome = outcome(request().scopes(attack.input()).build());
    if (SampleInstallation.APPSEC_CATALOG.scopes().stream()
        .anyMatch(scope -> scope.text().equals(attack.input()))) {
      assertThat(outcome).isInstanceOf(Issuing.Issued.class);
    } else {
      String code =
          attack.text("expected").orElseThrow().equals("refused")
              ? "scope_malformed"
              : "scope_unknown";
      assertThat(faults(outcome)).containsExactly("/scopes/0 " + code);
      assertNothingStored();
    }
  }

  @Test
  void issue_apiOrCatalogAltered_isUnknown() {
    store.apis.put(
        SampleInstallation.APPSEC.id(), Sealed.of(SampleInstallation.APPSEC, SealVerdict.BROKEN));
    assertFault(request(), "/api api_unknown", "appsec");
    store.catalogs.put(
        SampleInstallation.LIBRARY.id(),
        Sealed.of(SampleInstallation.LIBRARY_CATALOG, SealVerdict.UNKNOWN_VERSION));
    assertFault(request().api("library"), "/api api_unknown", "library");
  }

  // Ceiling and names.

  @Test
  void issue_beyondTheCeiling_storesNothing() {
    for (Ceiling ceiling :
        List.of(
            new Ceiling.Nothing(),
            Ceiling.of(Role.AUDITOR),
            new Ceiling.Within(
                (Reach.Limited) Reach.issuing(new ApiId("appsec"), scopes("bot"))))) {
      Issuer issuer = new Issuer(OWNER.actor(), ceiling, Optional.empty(), Optional.empty());
      Issuing.Outcome outcome = issuing.issue(store, TENANT, issuer, request().build());
      assertThat(((Issuing.BeyondCeiling) outcome).grant().scopes())
          .isEqualTo(scopes("scans:read"));
      assertNothingStored();
    }
  }

  /** Rule 13: one name, whatever its case and form, among keys that are not revoked. */
  @Test
  void issue_nameOfAnotherKey_isTakenUntilThatIsRevoked() {
    KeyId holder = issued(request().name("Straße").build()).row().key().id();
    int stored = store.keys.size();
    for (String alike : List.of("Straße", "STRASSE", "strasse", "STRAẞE", " straße\u00a0")) {
      Issuing.Outcome outcome = outcome(request().name(alike).build());
      assertThat(outcome).isEqualTo(new Issuing.NameTaken("Straße", holder));
      assertThat(store.keys).hasSize(stored);
    }
    assertThat(issuing.issue(store, OPERATOR, OWNER, request().name("straße").build()))
        .as("in another organization")
        .isInstanceOf(Issuing.Issued.class);
    store.keys.replaceAll(key -> key.revoked(clock.instant()));
    assertThat(outcome(request().name("STRASSE").build())).isInstanceOf(Issuing.Issued.class);
  }

  /** What may not be granted is not told by whether its name is taken. */
  @Test
  void issue_beyondTheCeilingWithATakenName_isBeyondTheCeiling() {
    issued(request().name("one").build());
    Issuer auditor =
        new Issuer(OWNER.actor(), Ceiling.of(Role.AUDITOR), Optional.empty(), Optional.empty());
    assertThat(issuing.issue(store, TENANT, auditor, request().name("one").build()))
        .isInstanceOf(Issuing.BeyondCeiling.class);
  }

  // ---

  private Issuing.Outcome outcome(KeyRequest request) {
    return issuing.issue(store, TENANT, OWNER, request);
  }

  private IssuedKey issued(KeyRequest request) {
    return ((Issuing.Issued) outcome(request)).key();
  }

  private void assertFault(RequestBuilder request, String placeAndCode, String says) {
    store.keys.clear();
    store.secrets.clear();
    store.events.clear();
    Issuing.Outcome outcome = outcome(request.build());
    assertThat(faults(outcome)).containsExactly(placeAndCode);
    Fault fault = ((Issuing.Faulty) outcome).faults().get(0);
    assertThat(fault.message()).contains(says).doesNotContain("\n").doesNotEndWith(".");
    assertThat(fault.fix()).isNotBlank();
    assertNothingStored();
  }

  private void assertNothingStored() {
    assertThat(store.keys).isEmpty();
    assertThat(store.secrets).isEmpty();
    assertThat(store.events).isEmpty();
  }

  private static List<String> faults(Issuing.Outcome outcome) {
    return ((Issuing.Faulty) outcome)
        .faults().stream().map(fault -> fault.pointer() + " " + fault.code()).toList();
  }

  private static KeyRequest.Reaching issue(String api, String... scopes) {
    return new KeyRequest.ReachingSome(
        List.of(new KeyRequest.IssueUpTo(api, new KeyRequest.SomeScopes(List.of(scopes)))),
        List.of());
  }

  private static KeyRequest.Reaching verify(String... apis) {
    return new KeyRequest.ReachingSome(List.of(), List.of(apis));
  }

  private static GrantedScopes scopes(String... names) {
    return GrantedScopes.specific(List.of(names).stream().map(Scope::new).toList());
  }

  private static RequestBuilder request() {
    return new RequestBuilder();
  }

  /** A request for {@code scans:read} of AppSec, unless said otherwise. */
  private static final class RequestBuilder {
    private String api = "appsec";
    private String name = "nightly";
    private String purpose = "";
    private KeyRequest.Scopes scopes = new KeyRequest.SomeScopes(List.of("scans:read"));
    private KeyRequest.Expiry expiry = new KeyRequest.UsualExpiry();
    private Optional<KeyRequest.Reaching> reach = Optional.empty();

    RequestBuilder api(String id) {
      api = id;
      return this;
    }

    RequestBuilder name(String text) {
      name = text;
      return this;
    }

    RequestBuilder purpose(String text) {
      purpose = text;
      return this;
    }

    RequestBuilder scopes(String... names) {
      scopes = new KeyRequest.SomeScopes(List.of(names));
      return this;
    }

    RequestBuilder all() {
      scopes = new KeyRequest.AllScopes();
      return this;
    }

    RequestBuilder expiry(KeyRequest.Expiry when) {
      expiry = when;
      return this;
    }

    RequestBuilder reach(KeyRequest.Reaching of) {
      reach = Optional.of(of);
      return this;
    }

    KeyRequest build() {
      return new KeyRequest(api, name, purpose, scopes, expiry, reach);
    }
  }
}
