package io.bitting.access;

import static io.bitting.access.SampleInstallation.ACME;
import static io.bitting.access.SampleInstallation.APPSEC;
import static io.bitting.access.SampleInstallation.BEGINNING;
import static io.bitting.access.SampleInstallation.LIBRARY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bitting.access.SampleInstallation.SampleKey;
import io.bitting.fixtures.Attack;
import io.bitting.fixtures.MutableClock;
import io.bitting.fixtures.OperationsMother;
import io.bitting.fixtures.SeededRandom;
import io.bitting.grant.Grant;
import io.bitting.grant.GrantedScopes;
import io.bitting.id.ApiId;
import io.bitting.id.KeyId;
import io.bitting.key.Key;
import io.bitting.key.KeyPrefix;
import io.bitting.key.KeyState;
import io.bitting.key.MintedToken;
import io.bitting.operation.Operations;
import io.bitting.scope.Requirement;
import io.bitting.seal.SealVerdict;
import io.bitting.store.StoreException;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an authorizer over an index in memory does besides the contract: age, vetoes, look-ups. */
final class KeyIndexTest {
  private static final Requirement ANY_KEY = new Requirement.AnyValidKey();

  private final SampleInstallation installation = new SampleInstallation();
  private final InMemoryChangeSource rows = installation.rows();
  private final AtomicLong nanoTime = new AtomicLong(-5_000_000_000L);
  private final SampleKey known = installation.key(ACME, APPSEC).put();
  private final LocalSubject subject =
      new LocalSubject(
          rows,
          new MutableClock(),
          nanoTime::get,
          new Follower.Timing(Duration.ofMillis(5), Duration.ofHours(1)));

  @AfterEach
  void close() {
    subject.close();
  }

  // Rule 12 and row N6 of the threats: how old the answers may be.

  @Test
  void authorize_beforeTheFirstLoad_cannotBeDecided() {
    for (String token : List.of("", "nonsense", known.token())) {
      assertUnavailable(token);
    }
  }

  @Test
  void authorize_duringTheFirstLoad_cannotBeDecided() throws Exception {
    InMemoryChangeSource.Hold hold = rows.holdNextLoad();
    Thread starting = new Thread(subject::start);
    starting.start();
    hold.awaitReached();
    assertUnavailable(known.token());
    hold.release();
    starting.join();
    assertThat(authorize(known.token()).isAllowed()).isTrue();
  }

  @Test
  void authorize_storageAway_answersKnownKeysUpToTheBoundAndUnknownOnesNotAtAll() throws Exception {
    subject.start();
    cutOff();
    String wrongSecret = minted(known.key().id());
    String unknown = minted(KeyId.generate(new SeededRandom(5)));

    nanoTime.addAndGet(Duration.ofSeconds(3).toNanos());
    assertThat(authorize(known.token()).isAllowed()).isTrue();
    assertDenied(unknown, DenialReason.CREDENTIAL_INVALID);

    nanoTime.addAndGet(1);
    assertUnavailable(unknown);
    assertThat(authorize(known.token()).isAllowed()).isTrue();
    assertDenied(wrongSecret, DenialReason.CREDENTIAL_INVALID);
    assertDenied("nonsense", DenialReason.CREDENTIAL_INVALID);
    assertDenied("", DenialReason.CREDENTIAL_MISSING);

    nanoTime.addAndGet(Duration.ofSeconds(57).toNanos() - 1);
    assertThat(subject.index.age()).isEqualTo(LocalAuthorizer.MAX_STALE);
    assertThat(authorize(known.token()).isAllowed()).isTrue();

    nanoTime.addAndGet(1);
    for (String token : List.of(known.token(), wrongSecret, unknown, "nonsense", "")) {
      assertUnavailable(token);
    }
  }

  @Test
  void authorize_storageBack_isDecidedAgain() throws Exception {
    subject.start();
    cutOff();
    nanoTime.addAndGet(Duration.ofMinutes(10).toNanos());
    assertUnavailable(known.token());
    SampleKey made = installation.key(ACME, APPSEC).put();

    rows.reconnect();
    subject.await(rows.position());
    LocalSubject.until(() -> subject.index.age().isZero());

    assertThat(authorize(known.token()).isAllowed()).isTrue();
    assertThat(authorize(made.token()).isAllowed()).isTrue();
    assertDenied(minted(KeyId.generate(new SeededRandom(5))), DenialReason.CREDENTIAL_INVALID);
  }

  /** Row F6: the age counts from when storage was asked, not from when it had answered. */
  @Test
  void age_aLoadThatTakesLong_countsFromItsBeginning() throws Exception {
    Follower.Timing never = new Follower.Timing(Duration.ofHours(1), Duration.ofHours(1));
    try (LocalSubject slow = new LocalSubject(rows, new MutableClock(), nanoTime::get, never)) {
      InMemoryChangeSource.Hold hold = rows.holdNextLoad();
      Thread starting = new Thread(slow::start);
      starting.start();
      hold.awaitReached();
      nanoTime.addAndGet(Duration.ofSeconds(7).toNanos());
      hold.release();
      starting.join();
      assertThat(slow.index.age()).isEqualTo(Duration.ofSeconds(7));
    }
  }

  // What a description of an API rests on.

  @Test
  void describe_apiWithOperations_isWhatChecksKnow_andTheSameUntilItChanges() {
    Operations operations = OperationsMother.operations(APPSEC.id()).build();
    rows.put(operations);
    subject.start();
    KnownApi first = subject.authorizer.describe(APPSEC.id()).orElseThrow();
    assertThat(first)
        .isEqualTo(new KnownApi(APPSEC, SampleInstallation.APPSEC_CATALOG, operations));
    KnownApi again = subject.authorizer.describe(APPSEC.id()).orElseThrow();
    assertThat(again.api()).isSameAs(first.api());
    assertThat(again.catalog()).isSameAs(first.catalog());
    assertThat(again.operations()).isSameAs(first.operations());
    subject.await(rows.put(OperationsMother.operations(APPSEC.id()).version(2).build()));
    assertThat(subject.authorizer.describe(APPSEC.id()).orElseThrow().operations().version())
        .isEqualTo(2);
  }

  @Test
  void describe_whatIsMissingOrNotIntact_isNothing() {
    Operations operations = OperationsMother.operations(APPSEC.id()).build();
    rows.put(operations);
    subject.start();
    assertThat(subject.authorizer.describe(APPSEC.id())).isPresent();
    assertThat(subject.authorizer.describe(LIBRARY.id())).isEmpty();
    assertThat(subject.authorizer.describe(new ApiId("nowhere"))).isEmpty();
    for (SealVerdict verdict : List.of(SealVerdict.BROKEN, SealVerdict.UNKNOWN_VERSION)) {
      subject.await(rows.put(operations, verdict));
      assertThat(subject.authorizer.describe(APPSEC.id())).as("%s", verdict).isEmpty();
      subject.await(rows.put(operations));
      subject.await(rows.put(SampleInstallation.APPSEC_CATALOG, verdict));
      assertThat(subject.authorizer.describe(APPSEC.id())).as("%s", verdict).isEmpty();
      subject.await(rows.put(SampleInstallation.APPSEC_CATALOG));
      assertThat(subject.authorizer.describe(APPSEC.id())).isPresent();
    }
    subject.await(rows.removeOperations(APPSEC.id()));
    assertThat(subject.authorizer.describe(APPSEC.id())).isEmpty();
  }

  @Test
  void describe_whatMayBeOutOfDate_isNotSaid() throws Exception {
    assertThatThrownBy(() -> subject.authorizer.describe(APPSEC.id()))
        .isInstanceOf(VerificationUnavailableException.class);
    subject.start();
    cutOff();
    nanoTime.addAndGet(LocalAuthorizer.MAX_STALE.toNanos() + 1);
    assertThatThrownBy(() -> subject.authorizer.describe(APPSEC.id()))
        .isInstanceOf(VerificationUnavailableException.class);
  }

  // Rule 11: an unknown commit denies locally.

  @Test
  void veto_whileStorageIsAway_refusesTheKeyAndNoOther() throws Exception {
    SampleKey other = installation.key(ACME, APPSEC).put();
    subject.start();
    cutOff();
    subject.index.veto(known.key().id());
    assertUnavailable(known.token());
    assertThat(authorize(other.token()).isAllowed()).isTrue();
    assertDenied(minted(known.key().id()), DenialReason.CREDENTIAL_INVALID);
  }

  @Test
  void veto_theChangeWasNotMade_isLiftedWhenStorageAnswers() throws Exception {
    subject.start();
    cutOff();
    subject.index.veto(known.key().id());
    assertUnavailable(known.token());
    rows.reconnect();
    LocalSubject.until(() -> subject.index.vetoes().isEmpty());
    assertThat(authorize(known.token()).isAllowed()).isTrue();
  }

  @Test
  void veto_theChangeWasMade_isLiftedWithTheChange() throws Exception {
    subject.start();
    cutOff();
    subject.index.veto(known.key().id());
    installation.put(known.with(known.key().revoked(BEGINNING)));
    rows.reconnect();
    LocalSubject.until(() -> subject.index.vetoes().isEmpty());
    assertDenied(known.token(), DenialReason.KEY_REVOKED);
  }

  @Test
  void veto_ofARevokedKey_isRevokedAllTheSame() throws Exception {
    SampleKey revoked = installation.key(ACME, APPSEC).state(KeyState.REVOKED).put();
    subject.start();
    cutOff();
    subject.index.veto(revoked.key().id());
    assertDenied(revoked.token(), DenialReason.KEY_REVOKED);
  }

  @Test
  void lift_vetoesThatWereMadeMeanwhile_leavesThem() {
    KeyIndex index = new KeyIndex();
    KeyId first = new KeyId(1, 1);
    KeyId second = new KeyId(2, 2);
    index.veto(first);
    Map<KeyId, Object> asked = index.vetoes();

    index.veto(second);
    index.veto(first);
    index.lift(asked);
    assertThat(index.vetoes()).containsOnlyKeys(first, second);

    index.lift(index.vetoes());
    assertThat(index.vetoes()).isEmpty();
  }

  // Row K8 of the threats: what is malformed is looked up nowhere.

  /**
   * The seam is the table: its slots are taken away, so that any look-up fails loudly. That storage
   * is not asked either shows in its counters.
   */
  @Test
  void authorize_malformedToken_isLookedUpNowhere() throws Exception {
    subject.start();
    cutOff();
    Field slots = KeyTable.class.getDeclaredField("slots");
    slots.setAccessible(true);
    slots.set(subject.index.contents().keys, null);
    int loads = rows.loads();

    for (Attack attack : Attack.in("tokens.json")) {
      if (attack.text("expected").orElseThrow().equals("refused") && !attack.input().isEmpty()) {
        assertDenied(attack.input(), DenialReason.CREDENTIAL_INVALID);
      }
    }
    assertDenied("", DenialReason.CREDENTIAL_MISSING);

    assertThat(rows.loads()).isEqualTo(loads);
    assertThatThrownBy(() -> authorize(minted(KeyId.generate(new SeededRandom(5)))))
        .as("the control: a look-up fails")
        .isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> authorize(known.token())).isInstanceOf(NullPointerException.class);
  }

  /** Rule 12: an unknown id never causes a look-up in storage. */
  @Test
  void authorize_unknownIds_neverAskStorage() throws Exception {
    subject.start();
    cutOff();
    subject.close();
    int asked = rows.loads() + rows.resumes();
    SeededRandom random = new SeededRandom(6);
    for (int i = 0; i < 1_000; i++) {
      assertDenied(minted(KeyId.generate(random)), DenialReason.CREDENTIAL_INVALID);
    }
    assertThat(rows.loads() + rows.resumes()).isEqualTo(asked);
  }

  // A grant under a false id.

  @Test
  void key_aGrantThatIsNotTheOneOfItsId_isNotIndexed() {
    SampleKey small = installation.key(ACME, APPSEC).scopes("bot").make();
    Grant all = Grant.of(APPSEC.id(), GrantedScopes.all());
    Key k = small.key();
    Key forged =
        new Key(
            k.id(),
            k.organization(),
            k.name(),
            k.purpose(),
            all,
            k.grantId(),
            k.state(),
            k.createdAt(),
            k.createdBy(),
            null,
            1);
    installation.put(small.with(forged));
    subject.start();
    assertDenied(small.token(), DenialReason.CREDENTIAL_INVALID);

    installation.put(small);
    subject.await(rows.position());
    assertThat(authorize(small.token()).isAllowed()).isTrue();

    installation.put(small.with(forged));
    subject.await(rows.position());
    Decision decision =
        subject.authorizer.authorize(
            new AccessRequest(small.token(), APPSEC.id(), Requirement.allOf("scans:read")));
    assertThat(decision.isAllowed()).isFalse();
  }

  // identify

  @Test
  void identify_validKeyOfAnyApi_isAllowed() {
    SampleKey library = installation.key(ACME, LIBRARY).put();
    subject.start();
    for (SampleKey key : List.of(known, library)) {
      Decision decision = subject.authorizer.identify(key.token());
      VerifiedKey verified = ((Decision.Allowed) decision).key();
      assertThat(verified.id()).isEqualTo(key.key().id());
      assertThat(subject.authorizer.grantOf(verified)).isEqualTo(key.key().grant());
      assertThat(verified).hasToString("key " + key.key().id());
    }
  }

  @Test
  void identify_anyOtherToken_isDeniedAsByAuthorize() {
    SampleKey revoked = installation.key(ACME, APPSEC).state(KeyState.REVOKED).put();
    SampleKey disabled = installation.key(ACME, APPSEC).state(KeyState.DISABLED).put();
    SampleKey expired = installation.key(ACME, APPSEC).secretUntil(BEGINNING).put();
    subject.start();
    String token = known.token();
    String otherPrefix = Tokens.of("nax", token.substring(token.length() - 50, token.length() - 6));
    for (String each :
        List.of(
            "",
            "nonsense",
            minted(known.key().id()),
            minted(KeyId.generate(new SeededRandom(5))),
            revoked.token(),
            disabled.token(),
            expired.token(),
            otherPrefix)) {
      assertThat(subject.authorizer.identify(each)).isEqualTo(authorize(each));
      assertThat(subject.authorizer.identify(each).isAllowed()).isFalse();
    }
    rows.put(ACME.suspended(true));
    subject.await(rows.position());
    assertThat(((Decision.Denied) subject.authorizer.identify(token)).reason())
        .isEqualTo(DenialReason.ORGANIZATION_SUSPENDED);
    rows.removeApi(APPSEC.id());
    subject.await(rows.position());
    assertThat(((Decision.Denied) subject.authorizer.identify(token)).reason())
        .isEqualTo(DenialReason.CREDENTIAL_INVALID);
  }

  @Test
  void grantOf_aKeyFromElsewhere_throws() {
    subject.start();
    VerifiedKey foreign = new ForeignKey();
    assertThatThrownBy(() -> subject.authorizer.grantOf(foreign))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("000000000000");
  }

  private static final class ForeignKey implements VerifiedKey {
    @Override
    public KeyId id() {
      return new KeyId(0, 0);
    }

    @Override
    public io.bitting.id.OrganizationId organization() {
      return ACME.id();
    }

    @Override
    public io.bitting.id.ApiId api() {
      return APPSEC.id();
    }

    @Override
    public int secret() {
      return 1;
    }

    @Override
    public java.util.Optional<java.time.Instant> supersededAt() {
      return java.util.Optional.empty();
    }

    @Override
    public java.util.Optional<java.time.Instant> expiresAt() {
      return java.util.Optional.empty();
    }
  }

  // ---

  /** Cuts storage off, and waits until the follower has noticed and no answer is on its way. */
  private void cutOff() throws InterruptedException {
    rows.cutOff(new StoreException("gone"));
    subject.failures.clear();
    subject.awaitFailure();
    LocalSubject.until(() -> subject.index.age().isZero());
  }

  private Decision authorize(String token) {
    return subject.authorizer.authorize(new AccessRequest(token, APPSEC.id(), ANY_KEY));
  }

  private void assertDenied(String token, DenialReason reason) {
    assertThat(((Decision.Denied) authorize(token)).reason()).isEqualTo(reason);
  }

  private void assertUnavailable(String token) {
    assertThatThrownBy(() -> authorize(token))
        .isInstanceOf(VerificationUnavailableException.class)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain(secretOf(token)));
    assertThatThrownBy(() -> subject.authorizer.identify(token))
        .isInstanceOf(VerificationUnavailableException.class);
  }

  private static String secretOf(String token) {
    return token.length() < 50 ? "no secret" : token.substring(token.length() - 38);
  }

  private static String minted(KeyId id) {
    return MintedToken.mint(new KeyPrefix("nex"), id, new SeededRandom(77)).revealOnce();
  }
}
