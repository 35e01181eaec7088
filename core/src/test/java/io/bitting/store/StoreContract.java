package io.bitting.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bitting.audit.Actor;
import io.bitting.audit.AuditChain;
import io.bitting.audit.AuditEvent;
import io.bitting.fixtures.AlarmRecord;
import io.bitting.fixtures.ApiMother;
import io.bitting.fixtures.CatalogMother;
import io.bitting.fixtures.KeyMother;
import io.bitting.fixtures.KeyMother.Made;
import io.bitting.fixtures.MutableClock;
import io.bitting.fixtures.OperationsMother;
import io.bitting.fixtures.OrganizationMother;
import io.bitting.grant.Grant;
import io.bitting.grant.GrantId;
import io.bitting.grant.GrantedScopes;
import io.bitting.grant.Reach;
import io.bitting.id.ApiId;
import io.bitting.id.DisplayName;
import io.bitting.id.KeyId;
import io.bitting.id.MemberId;
import io.bitting.id.OrganizationId;
import io.bitting.id.Slug;
import io.bitting.key.Key;
import io.bitting.key.KeyHeader;
import io.bitting.key.KeyPrefix;
import io.bitting.key.KeySecret;
import io.bitting.key.MintedToken;
import io.bitting.key.Replacement;
import io.bitting.key.Revocation;
import io.bitting.key.RevocationReason;
import io.bitting.operation.Operations;
import io.bitting.organization.Organization;
import io.bitting.organization.Policy;
import io.bitting.scope.AccessLevel;
import io.bitting.scope.Catalog;
import io.bitting.scope.Requirement;
import io.bitting.scope.Scope;
import io.bitting.seal.Bytes;
import io.bitting.seal.PepperKeyset;
import io.bitting.seal.SealAlarm;
import io.bitting.seal.Sealed;
import io.bitting.store.Reader.AuditFilter;
import io.bitting.store.Store.Committed;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * What every store does. A subclass is a factory; it loosens nothing. All tests share one database,
 * and use organizations and APIs of their own.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class StoreContract {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Actor OPERATOR = new Actor(Actor.Kind.OPERATOR, "test");
  private static final int WRITERS = 8;
  private static final Instant LATER = MutableClock.START.plus(Duration.ofDays(3));

  private final MutableClock clock = new MutableClock();
  private final AlarmRecord alarms = new AlarmRecord();
  private Store store;

  /** Opens the store under test; called once. */
  protected abstract Store open(
      PepperKeyset keyset, Clock clock, SecureRandom random, SealAlarm alarm);

  /** Closes what {@link #open} opened. */
  protected abstract void close();

  @BeforeAll
  final void openStore() {
    store = open(PepperKeyset.generate(RANDOM), clock, RANDOM, alarms);
  }

  @AfterAll
  final void closeStore() {
    close();
  }

  /** No test here alters a row behind the store's back, so no seal ever breaks. */
  @AfterEach
  final void noAlarmWasRaised() {
    assertThat(alarms.take()).isEmpty();
  }

  // ---- organizations

  @Test
  void insertOrganization_isFoundByIdAndSlug() {
    Organization acme = OrganizationMother.organization().suspended().withoutAllScopes().build();
    store.write(done(writer -> writer.insertOrganization(acme)));

    assertThat(store.read(reader -> reader.organization(acme.id())).flatMap(Sealed::intact))
        .contains(acme);
    assertThat(store.read(reader -> reader.organization(acme.slug())).flatMap(Sealed::intact))
        .contains(acme);
    assertThat(found(reader -> reader.organization(OrganizationId.generate(RANDOM)))).isEmpty();
    assertThat(found(reader -> reader.organization(new Slug("nobody")))).isEmpty();
  }

  @Test
  void insertOrganization_slugTaken_isConflict() {
    Organization acme = savedOrganization();
    Organization other = OrganizationMother.organization().slug(acme.slug().text()).build();

    assertConflict(() -> store.write(done(writer -> writer.insertOrganization(other))));
    assertThat(found(reader -> reader.organization(other.id()))).isEmpty();
  }

  @Test
  void insertOrganization_secondOperator_isConflict() {
    assertThat(store.read(Reader::operatorOrganization)).isEmpty();
    Organization operator = OrganizationMother.organization().operator().build();
    store.write(done(writer -> writer.insertOrganization(operator)));

    assertThat(store.read(Reader::operatorOrganization).flatMap(Sealed::intact)).contains(operator);
    assertConflict(() ->
        store.write(
            done(writer ->
                writer.insertOrganization(OrganizationMother.organization().operator().build()))));
  }

  @Test
  void organizations_pageByPage_areInTheOrderOfTheirSlugs() {
    IntStream.range(0, 5).forEach(i -> savedOrganization());

    List<Slug> paged = new ArrayList<>();
    Optional<Slug> after = Optional.empty();
    while (true) {
      Optional<Slug> begin = after;
      List<Sealed<Organization>> page = store.read(reader -> reader.organizations(begin, 2));
      if (page.isEmpty()) {
        break;
      }
      assertThat(page).hasSizeLessThanOrEqualTo(2);
      page.forEach(row -> paged.add(row.intact().orElseThrow().slug()));
      after = Optional.of(paged.get(paged.size() - 1));
    }

    List<Slug> all =
        store.read(reader -> reader.organizations(Optional.empty(), 10_000)).stream()
            .map(row -> row.unchecked().slug())
            .toList();
    assertThat(paged)
        .isSorted()
        .doesNotHaveDuplicates()
        .isEqualTo(all)
        .hasSizeGreaterThanOrEqualTo(5);
  }

  @Test
  void updateOrganization_nextRevision_replacesIt() {
    Organization acme = savedOrganization();
    Organization changed = acme.named("Zürich & Söhne").suspended(true).suspended(false);
    Organization next = acme.named("Zürich & Söhne");
    store.write(done(writer -> writer.updateOrganization(next)));
    store.write(done(writer -> writer.updateOrganization(next.suspended(true))));

    assertThat(store.read(reader -> reader.organization(acme.id())).flatMap(Sealed::intact))
        .contains(next.suspended(true));
    assertThat(changed.revision()).isEqualTo(acme.revision() + 3);
    // A revision left out would lose a change that somebody else made.
    assertFails(() ->
        store.write(done(writer -> writer.updateOrganization(changed.named("x").named("y")))));
  }

  @Test
  void updateOrganization_staleRevision_isRefused() {
    Organization acme = savedOrganization();
    store.write(done(writer -> writer.updateOrganization(acme.named("First"))));

    assertFails(() -> store.write(done(writer -> writer.updateOrganization(acme.named("Second")))));
    assertThat(
            store.read(reader -> reader.organization(acme.id())).orElseThrow().unchecked().name())
        .isEqualTo("First");
  }

  // ---- APIs and catalogs

  @Test
  void insertApi_isFoundAndListed() {
    Api api = savedApi();

    assertThat(store.read(reader -> reader.api(api.id())).flatMap(Sealed::intact)).contains(api);
    assertThat(found(reader -> reader.api(new ApiId("none")))).isEmpty();
    List<ApiId> all =
        store.read(Reader::apis).stream().map(row -> row.intact().orElseThrow().id()).toList();
    assertThat(all).contains(api.id()).isSorted();
  }

  @Test
  void insertApi_idOrPrefixTaken_isConflict() {
    Api api = savedApi();

    assertConflict(
        () -> store.write(done(writer -> writer.insertApi(ApiMother.api().id(api.id()).build()))));
    assertConflict(() ->
        store.write(
            done(writer -> writer.insertApi(ApiMother.api().prefix(api.prefix().text()).build()))));
  }

  @Test
  void updateApi_nextRevision_changesNameAndKeyHeader() {
    Api api = savedApi();
    Api edited = api.edited("Scanner", new KeyHeader("X-Scanner-Key"));
    store.write(done(writer -> writer.updateApi(edited)));

    assertThat(store.read(reader -> reader.api(api.id())).flatMap(Sealed::intact)).contains(edited);
    assertFails(() -> store.write(done(writer -> writer.updateApi(api.edited("Stale", null)))));

    Api without = edited.edited("Scanner", null);
    store.write(done(writer -> writer.updateApi(without)));
    assertThat(store.read(reader -> reader.api(api.id())).flatMap(Sealed::intact))
        .contains(without);
  }

  @Test
  void updateApi_anotherPrefix_isRefused() {
    Api api = savedApi();
    Api moved = ApiMother.api().id(api.id()).build().edited("Moved", null);

    assertFails(() -> store.write(done(writer -> writer.updateApi(moved))));
    assertThat(store.read(reader -> reader.api(api.id())).flatMap(Sealed::intact)).contains(api);
  }

  @Test
  void putCatalog_replacesItWhole() {
    Api api = ApiMother.api().build();
    Catalog first = CatalogMother.catalog(api.id()).build();
    store.write(
        done(writer -> {
          writer.insertApi(api);
          writer.putCatalog(first);
        }));
    assertThat(store.read(reader -> reader.catalog(api.id())).flatMap(Sealed::intact))
        .contains(first);

    Catalog second =
        CatalogMother.empty(api.id())
            .version(2)
            .scope("view:user", AccessLevel.READ)
            .scope("bot", AccessLevel.DANGER)
            .scope("scans:run", AccessLevel.READ, "bot", "view:user")
            .retired("scans:manage")
            .build();
    store.write(done(writer -> writer.putCatalog(second)));
    assertThat(store.read(reader -> reader.catalog(api.id())).flatMap(Sealed::intact))
        .contains(second);
  }

  @Test
  void putCatalog_versionThatIsNotTheNext_isRefused() {
    Api api = savedApi();

    assertFails(() ->
        store.write(
            done(writer -> writer.putCatalog(CatalogMother.catalog(api.id()).version(3).build()))));
    assertFails(() ->
        store.write(
            done(writer -> writer.putCatalog(CatalogMother.catalog(api.id()).version(1).build()))));
    assertThat(store.read(reader -> reader.catalog(api.id())).orElseThrow().unchecked().version())
        .isEqualTo(1);
  }

  @Test
  void catalog_ofUnknownApi_isEmpty() {
    assertThat(found(reader -> reader.catalog(new ApiId("none")))).isEmpty();
    assertFails(() ->
        store.write(
            done(writer -> writer.putCatalog(CatalogMother.catalog(new ApiId("none")).build()))));
  }

  // ---- operations

  @Test
  void putOperations_replacesThemWhole() {
    Api api = savedApi();
    Operations first = OperationsMother.operations(api.id()).build();
    store.write(done(writer -> writer.putOperations(first)));
    assertThat(store.read(reader -> reader.operations(api.id())).flatMap(Sealed::intact))
        .contains(first);

    Operations second =
        OperationsMother.none(api.id())
            .version(2)
            .published()
            .add("POST", "/scans/{id}:stop", Requirement.allOf("bot"))
            .add("GET", "/scans/", new Requirement.AnyValidKey())
            .build();
    store.write(done(writer -> writer.putOperations(second)));
    assertThat(store.read(reader -> reader.operations(api.id())).flatMap(Sealed::intact))
        .contains(second);

    Operations none = OperationsMother.none(api.id()).version(3).build();
    store.write(done(writer -> writer.putOperations(none)));
    assertThat(store.read(reader -> reader.operations(api.id())).flatMap(Sealed::intact))
        .contains(none);
  }

  @Test
  void putOperations_versionThatIsNotTheNext_orUnknownApi_isRefused() {
    Api api = savedApi();
    for (Operations wrong :
        List.of(
            OperationsMother.operations(api.id()).version(2).build(),
            OperationsMother.operations(new ApiId("none")).build())) {
      assertFails(() -> store.write(done(writer -> writer.putOperations(wrong))));
      assertThat(found(reader -> reader.operations(wrong.api()))).isEmpty();
    }
  }

  // ---- keys

  @Test
  void insertKey_everyKindOfGrant_isReadAsItWas() {
    Organization acme = savedOrganization();
    Api api = savedApi();
    Api other = savedApi();
    TreeMap<ApiId, GrantedScopes> issue = new TreeMap<>();
    issue.put(api.id(), GrantedScopes.all());
    issue.put(other.id(), GrantedScopes.specific(List.of(new Scope("bot"), new Scope("a:b"))));
    GrantedScopes some =
        GrantedScopes.specific(
            List.of(new Scope("view:user"), new Scope("scans:run"), new Scope("bot")));
    List<Grant> grants =
        List.of(
            Grant.of(api.id(), GrantedScopes.all()),
            Grant.of(api.id(), some),
            new Grant(api.id(), some, Reach.everything()),
            new Grant(api.id(), GrantedScopes.all(), Reach.everything()),
            new Grant(api.id(), some, Reach.verifying(List.of(api.id(), other.id()))),
            new Grant(api.id(), some, Reach.issuing(other.id(), some)),
            new Grant(api.id(), some, Reach.issuing(other.id(), GrantedScopes.all())),
            new Grant(api.id(), some, new Reach.Limited(issue, new TreeSet<>(Set.of(other.id())))));

    for (Grant grant : grants) {
      Made made =
          KeyMother.key(acme.id(), api.id())
              .grant(grant)
              .purpose("Nightly build\tof “main”")
              .createdBy(Actor.key(KeyId.generate(RANDOM)))
              .expiresAt(MutableClock.START.plus(Duration.ofDays(90)))
              .build();
      store.write(done(writer -> writer.insertKey(made.key(), made.secret())));

      KeyRow row =
          store.read(reader -> reader.key(made.key().id())).flatMap(Sealed::intact).orElseThrow();
      assertThat(row.key()).isEqualTo(made.key());
      assertThat(row.expiresAt()).contains(MutableClock.START.plus(Duration.ofDays(90)));
      assertThat(row.secrets()).hasSize(1);
      assertSame(row.secrets().get(0).intact().orElseThrow(), made.secret());
    }
  }

  @Test
  void insertKey_withoutExpiry_neverExpires() {
    Made made = savedKey(savedOrganization(), savedApi());

    assertThat(
            store.read(reader -> reader.key(made.key().id())).orElseThrow().unchecked().expiresAt())
        .isEmpty();
    assertThat(found(reader -> reader.key(KeyId.generate(RANDOM)))).isEmpty();
  }

  @Test
  void insertKey_equalGrants_areBothRead() {
    Organization acme = savedOrganization();
    Api api = savedApi();
    Made one = savedKey(acme, api);
    Made two = savedKey(acme, api);

    assertThat(one.key().grantId()).isEqualTo(two.key().grantId());
    assertThat(store.read(reader -> reader.key(two.key().id())).flatMap(Sealed::intact))
        .isPresent();
  }

  @Test
  void insertKey_nameTaken_isConflict() {
    Organization acme = savedOrganization();
    Api api = savedApi();
    Made first = KeyMother.key(acme.id(), api.id()).name("Straße CI").build();
    store.write(done(writer -> writer.insertKey(first.key(), first.secret())));
    Made same = KeyMother.key(acme.id(), api.id()).name("STRASSE ci").build();

    assertConflict(() -> store.write(done(writer -> writer.insertKey(same.key(), same.secret()))));
    assertThat(found(reader -> reader.keyNamed(acme.id(), DisplayName.folded("strasse CI"))))
        .contains(first.key().id());

    Organization other = savedOrganization();
    Made elsewhere = KeyMother.key(other.id(), api.id()).name("Straße CI").build();
    store.write(done(writer -> writer.insertKey(elsewhere.key(), elsewhere.secret())));
    assertThat(found(reader -> reader.keyNamed(other.id(), DisplayName.folded("Straße CI"))))
        .contains(elsewhere.key().id());
  }

  @Test
  void insertKey_nameOfARevokedKey_isFree() {
    Organization acme = savedOrganization();
    Api api = savedApi();
    Made old = KeyMother.key(acme.id(), api.id()).name("Deploy").build();
    store.write(done(writer -> writer.insertKey(old.key(), old.secret())));
    store.write(done(writer -> writer.updateKey(old.key().revoked(LATER))));

    assertThat(found(reader -> reader.keyNamed(acme.id(), "deploy"))).isEmpty();
    Made next = KeyMother.key(acme.id(), api.id()).name("deploy").build();
    store.write(done(writer -> writer.insertKey(next.key(), next.secret())));
    assertThat(found(reader -> reader.keyNamed(acme.id(), "deploy"))).contains(next.key().id());
  }

  @Test
  void insertKey_ofAnUnknownApiOrOrganization_isRefused() {
    Organization acme = savedOrganization();
    Made noApi = KeyMother.key(acme.id(), new ApiId("none")).build();
    Made noOrganization = KeyMother.key(OrganizationId.generate(RANDOM), savedApi().id()).build();

    assertFails(() -> store.write(done(writer -> writer.insertKey(noApi.key(), noApi.secret()))));
    assertFails(() ->
        store.write(
            done(writer -> writer.insertKey(noOrganization.key(), noOrganization.secret()))));
  }

  @Test
  void insertKey_grantOfAnotherId_isAMistake() {
    Organization acme = savedOrganization();
    Api api = savedApi();
    Made made = KeyMother.key(acme.id(), api.id()).build();
    Key key = made.key();
    GrantId wrong = Grant.of(api.id(), GrantedScopes.all()).id();
    Key forged =
        new Key(
            key.id(),
            key.organization(),
            key.name(),
            key.purpose(),
            key.grant(),
            wrong,
            key.state(),
            key.createdAt(),
            key.createdBy(),
            null,
            1);

    assertThatThrownBy(() -> store.write(done(writer -> writer.insertKey(forged, made.secret()))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(found(reader -> reader.key(key.id()))).isEmpty();
  }

  @Test
  void updateKey_throughItsLife_isReadAsItIs() {
    Key key = savedKey(savedOrganization(), savedApi()).key();
    for (Key next :
        List.of(
            key.described("Renamed", "For the nightly build"),
            key.described("Renamed", "For the nightly build").disabled(true),
            key.described("Renamed", "For the nightly build").disabled(true).disabled(false),
            key.described("Renamed", "For the nightly build")
                .disabled(true)
                .disabled(false)
                .revoked(LATER))) {
      store.write(done(writer -> writer.updateKey(next)));
      KeyRow row = store.read(reader -> reader.key(key.id())).flatMap(Sealed::intact).orElseThrow();
      assertThat(row.key()).isEqualTo(next);
      assertThat(row.secrets().get(0).intact()).isPresent();
    }
  }

  @Test
  void updateOrganization_anotherPolicy_isReadAsItIs() {
    Organization acme = savedOrganization();
    Organization strict =
        acme.demanding(
            new Policy(
                Optional.of(Duration.ofDays(180)),
                false,
                Optional.of(Duration.ofDays(60)),
                Duration.ofDays(100),
                Optional.of(Duration.ofDays(730)),
                Optional.of(Duration.ofDays(30))));
    for (Organization next : List.of(strict, strict.demanding(Policy.USUAL))) {
      store.write(done(writer -> writer.updateOrganization(next)));
      assertThat(found(reader -> reader.organization(acme.id())).flatMap(Sealed::intact))
          .contains(next);
    }
  }

  @Test
  void updateKey_replacedAndRevoked_isReadAsItIs_andItsNameIsFree() {
    Organization acme = savedOrganization();
    Api api = savedApi();
    Made old = KeyMother.key(acme.id(), api.id()).name("Deploy").build();
    store.write(done(writer -> writer.insertKey(old.key(), old.secret())));
    Made next = KeyMother.key(acme.id(), api.id()).name("deploy").build();
    Key replaced = old.key().replaced(new Replacement(next.key().id(), MutableClock.START, LATER));
    store.write(
        done(writer -> {
          writer.updateKey(replaced);
          writer.insertKey(next.key(), next.secret());
        }));
    assertThat(intact(old.key().id()).key()).isEqualTo(replaced);
    assertThat(found(reader -> reader.keyNamed(acme.id(), "deploy"))).contains(next.key().id());

    Key revoked = replaced.revoked(LATER, new Revocation(RevocationReason.LEAKED, "Stood there."));
    store.write(done(writer -> writer.updateKey(revoked)));
    assertThat(intact(old.key().id()).key()).isEqualTo(revoked);
  }

  @Test
  void updateKey_replacedByAnother_orEndingLater_isRefused() {
    Key key = savedKey(savedOrganization(), savedApi()).key();
    KeyId by = KeyId.generate(RANDOM);
    Key replaced = key.replaced(new Replacement(by, MutableClock.START, LATER));
    store.write(done(writer -> writer.updateKey(replaced)));
    for (Replacement other :
        List.of(
            new Replacement(KeyId.generate(RANDOM), MutableClock.START, LATER),
            new Replacement(by, MutableClock.START, LATER.plusMillis(1)))) {
      assertFails(() -> store.write(done(writer -> writer.updateKey(replaced.replaced(other)))));
    }
    assertThat(intact(key.id()).key()).isEqualTo(replaced);
  }

  private KeyRow intact(KeyId id) {
    return found(reader -> reader.key(id)).flatMap(Sealed::intact).orElseThrow();
  }

  /** A rotation and the next one: the newest first, each with its own end. */
  @Test
  void secrets_throughRotations_areReadTheNewestFirst() {
    Made made = savedKey(KeyMother.key(savedOrganization().id(), savedApi().id()).expiresAt(LATER));
    KeySecret first = made.secret().ending(LATER.minusSeconds(5), Duration.ofHours(24));
    KeySecret second = secret(made, 2, null);
    store.write(
        done(writer -> {
          writer.insertSecret(second);
          writer.updateSecret(first);
        }));
    assertSecrets(made, second, first);

    KeySecret third = secret(made, 3, LATER);
    KeySecret ended = second.ending(MutableClock.START, null);
    store.write(
        done(writer -> {
          writer.insertSecret(third);
          writer.updateSecret(ended);
          writer.removeSecret(first);
        }));
    assertSecrets(made, third, ended);
    assertThat(intact(made.key().id()).expiresAt()).contains(LATER);
  }

  @Test
  void secrets_staleOrEndingLaterOrOfATakenNumber_areRefused() {
    Made made = savedKey(KeyMother.key(savedOrganization().id(), savedApi().id()).expiresAt(LATER));
    KeySecret ended = made.secret().ending(MutableClock.START, null);
    store.write(done(writer -> writer.updateSecret(ended)));
    assertFails(() -> store.write(done(writer -> writer.updateSecret(ended))));
    KeySecret longer =
        new KeySecret(made.key().id(), 1, ended.digest(), ended.createdAt(), LATER, null, 3);
    assertFails(() -> store.write(done(writer -> writer.updateSecret(longer))));
    assertThatThrownBy(
            () -> store.write(done(writer -> writer.insertSecret(secret(made, 1, null)))))
        .isInstanceOf(StoreException.class);
    assertSecrets(made, ended);
  }

  private static KeySecret secret(Made made, int number, @Nullable Instant expiresAt) {
    MintedToken token = MintedToken.mint(new KeyPrefix("nex"), made.key().id(), RANDOM);
    return new KeySecret(made.key().id(), number, token.digest(), MutableClock.START, expiresAt, 1);
  }

  private void assertSecrets(Made made, KeySecret... secrets) {
    List<Sealed<KeySecret>> read = intact(made.key().id()).secrets();
    assertThat(read).hasSize(secrets.length);
    for (int i = 0; i < secrets.length; i++) {
      assertSame(read.get(i).intact().orElseThrow(), secrets[i]);
    }
  }

  private Made savedKey(KeyMother mother) {
    Made made = mother.build();
    store.write(done(writer -> writer.insertKey(made.key(), made.secret())));
    return made;
  }

  @Test
  void keysDue_ofEachKind_areThoseAndNoOthers() {
    OrganizationId acme = savedOrganization().id();
    ApiId api = savedApi().id();
    Instant start = MutableClock.START.plus(Duration.ofDays(4_000));
    Instant inTenDays = start.plus(Duration.ofDays(10));
    Made soon = savedKey(KeyMother.key(acme, api).expiresAt(inTenDays));
    Made young = savedKey(KeyMother.key(acme, api).createdAt(start).expiresAt(inTenDays));
    Made disabled = savedKey(KeyMother.key(acme, api).expiresAt(inTenDays));
    Made replaced = savedKey(KeyMother.key(acme, api).expiresAt(inTenDays));
    Made rotated = savedKey(KeyMother.key(acme, api).expiresAt(inTenDays));
    savedKey(KeyMother.key(acme, api).expiresAt(start));
    savedKey(KeyMother.key(acme, api));
    store.write(
        done(writer -> {
          writer.updateKey(disabled.key().disabled(true));
          writer.updateKey(
              replaced.key().replaced(new Replacement(soon.key().id(), start, inTenDays)));
          writer.insertSecret(secret(rotated, 2, null));
          writer.updateSecret(rotated.secret().ending(inTenDays, Duration.ofHours(1)));
        }));
    Due warning = new Due.Warning(Duration.ofDays(30));
    assertThat(due(warning, start)).containsExactly(soon.key().id());
    assertThat(due(new Due.Warning(Duration.ofDays(7)), start)).isEmpty();
    assertThat(due(new Due.Warning(Duration.ofDays(10)), start))
        .contains(soon.key().id())
        .doesNotContain(young.key().id());
    store.write(done(writer -> assertThat(warned(writer, soon, 30)).isTrue()));
    assertThat(due(warning, start)).isEmpty();
    store.write(
        done(writer -> {
          assertThat(warned(writer, soon, 30)).isFalse();
          assertThat(warned(writer, soon, 7)).isTrue();
          assertThat(warned(writer, soon, 30)).isFalse();
          writer.audit(AuditChain.of(acme), act("test", "test"), Optional.empty());
        }));
    assertThat(intact(soon.key().id()).key()).isEqualTo(soon.key());

    assertThat(listed(reader -> reader.keysDue(warning, start, Optional.of(soon.key().id()), 100)))
        .isEmpty();
    assertThat(due(new Due.Quiet(), start)).containsExactly(rotated.key().id());
    assertThat(due(new Due.Quiet(), inTenDays)).isEmpty();
    assertThat(due(new Due.End(), inTenDays.minusMillis(1))).doesNotContain(replaced.key().id());
    assertThat(due(new Due.End(), inTenDays)).contains(replaced.key().id());
    Key gone = intact(replaced.key().id()).key().revoked(inTenDays);
    store.write(done(writer -> writer.updateKey(gone)));
    assertThat(due(new Due.End(), inTenDays)).doesNotContain(replaced.key().id());
  }

  private static boolean warned(Writer writer, Made made, int days) {
    writer.audit(AuditChain.of(made.key().organization()), act("test", "test"), Optional.empty());
    return writer.noteWarning(made.key().id(), 1, Duration.ofDays(days));
  }

  private List<KeyId> due(Due due, Instant now) {
    return listed(reader -> reader.keysDue(due, now, Optional.empty(), 100));
  }

  @Test
  void updateKey_staleRevision_isRefused() {
    Key key = savedKey(savedOrganization(), savedApi()).key();
    store.write(done(writer -> writer.updateKey(key.revoked(LATER))));

    assertFails(() -> store.write(done(writer -> writer.updateKey(key.disabled(true)))));
  }

  @Test
  void updateKey_outOfRevoked_isRefused() {
    Key key = savedKey(savedOrganization(), savedApi()).key();
    Key revoked = key.revoked(LATER);
    store.write(done(writer -> writer.updateKey(revoked)));
    Key back =
        new Key(
            key.id(),
            key.organization(),
            key.name(),
            key.purpose(),
            key.grant(),
            key.grantId(),
            key.state(),
            key.createdAt(),
            key.createdBy(),
            null,
            revoked.revision() + 1);

    assertFails(() -> store.write(done(writer -> writer.updateKey(back))));
    assertThat(
            store.read(reader -> reader.key(key.id())).flatMap(Sealed::intact).orElseThrow().key())
        .isEqualTo(revoked);
  }

  @Test
  void updateKey_anotherGrant_isRefused() {
    Organization acme = savedOrganization();
    Api api = savedApi();
    Key key = savedKey(acme, api).key();
    Key wide =
        KeyMother.key(acme.id(), api.id())
            .id(key.id())
            .name(key.name())
            .allScopes()
            .build()
            .key()
            .described("x", "y");

    assertFails(() -> store.write(done(writer -> writer.updateKey(wide))));
    assertThat(
            store.read(reader -> reader.key(key.id())).flatMap(Sealed::intact).orElseThrow().key())
        .isEqualTo(key);
  }

  @Test
  void updateKey_nameTaken_isConflict() {
    Organization acme = savedOrganization();
    Api api = savedApi();
    Key first = savedKey(acme, api).key();
    Key second = savedKey(acme, api).key();

    assertConflict(() ->
        store.write(
            done(writer ->
                writer.updateKey(second.described(first.name().toUpperCase(Locale.ROOT), "")))));
  }

  @Test
  void lockKeyAndOrganization_readWhatIsThere() {
    Organization acme = savedOrganization();
    Made made = savedKey(acme, savedApi());
    store.write(
        done(writer -> {
          assertThat(writer.lockOrganization(acme.id()).flatMap(Sealed::intact)).contains(acme);
          assertThat(writer.lockKey(made.key().id()).orElseThrow().intact().orElseThrow().key())
              .isEqualTo(made.key());
          assertThat(writer.lockOrganization(OrganizationId.generate(RANDOM))).isEmpty();
          assertThat(writer.lockKey(KeyId.generate(RANDOM))).isEmpty();
        }));
  }

  @Test
  void keys_filtered_areThoseAskedFor() {
    Organization acme = savedOrganization();
    Api api = savedApi();
    Api other = savedApi();
    Instant now = MutableClock.START.plus(Duration.ofDays(10));
    Actor maker = Actor.key(KeyId.generate(RANDOM));
    Key active =
        saved(
            KeyMother.key(acme.id(), api.id())
                .name("Über 100% ACTIVE_key")
                .expiresAt(now.plusMillis(1)));
    Key forever =
        saved(
            KeyMother.key(acme.id(), other.id())
                .name("Forever")
                .purpose("İstanbul 50!")
                .allScopes());
    Key expired =
        saved(
            KeyMother.key(acme.id(), api.id())
                .name("Expired")
                .scopes("bot")
                .expiresAt(now)
                .createdBy(maker));
    Key disabled =
        saved(KeyMother.key(acme.id(), api.id()).name("Disabled").expiresAt(now.minusMillis(1)));
    Key revoked =
        saved(KeyMother.key(acme.id(), api.id()).name("Revoked").expiresAt(now.minusMillis(1)));
    saved(KeyMother.key(savedOrganization().id(), api.id()).name("Foreign"));
    store.write(done(writer -> writer.updateKey(disabled.disabled(true))));
    store.write(done(writer -> writer.updateKey(revoked.revoked(now))));

    Filtering of = new Filtering(acme.id(), now);
    assertThat(of.all())
        .containsExactlyInAnyOrder(
            active.id(), forever.id(), expired.id(), disabled.id(), revoked.id());
    assertThat(of.state(KeyFilter.ShownState.ACTIVE))
        .containsExactlyInAnyOrder(active.id(), forever.id());
    assertThat(of.state(KeyFilter.ShownState.EXPIRED)).containsExactly(expired.id());
    assertThat(of.state(KeyFilter.ShownState.DISABLED)).containsExactly(disabled.id());
    assertThat(of.state(KeyFilter.ShownState.REVOKED)).containsExactly(revoked.id());
    assertThat(of.api(other.id())).containsExactly(forever.id());
    assertThat(of.scope("bot")).containsExactly(expired.id());
    assertThat(of.scope("scans:run"))
        .containsExactlyInAnyOrder(active.id(), disabled.id(), revoked.id());
    assertThat(of.createdBy(maker.id())).containsExactly(expired.id());
    assertThat(of.allScopes(true)).containsExactly(forever.id());
    assertThat(of.allScopes(false)).hasSize(4).doesNotContain(forever.id());
    assertThat(of.expiresBefore(now)).containsExactly(disabled.id());
    assertThat(of.expiresBefore(now.plusMillis(2)))
        .containsExactlyInAnyOrder(active.id(), expired.id(), disabled.id());
    assertThat(of.text("über 100%")).containsExactly(active.id());
    assertThat(of.text("active_KEY")).containsExactly(active.id());
    assertThat(of.text("activeXkey")).isEmpty();
    assertThat(of.text("50!")).containsExactly(forever.id());
    assertThat(of.text("%")).containsExactly(active.id());
    assertThat(of.text(active.id().text().toUpperCase(Locale.ROOT))).containsExactly(active.id());
    assertThat(of.text("' OR 1=1 --")).isEmpty();
  }

  @Test
  void keys_pageByPage_areTheNewestFirst() {
    Organization acme = savedOrganization();
    Api api = savedApi();
    List<Key> made = new ArrayList<>();
    for (int i = 0; i < 11; i++) {
      // Several at one instant, so that the id has to decide.
      made.add(
          saved(
              KeyMother.key(acme.id(), api.id()).createdAt(MutableClock.START.plusMillis(i / 3))));
    }

    List<Key> paged = new ArrayList<>();
    Optional<KeyFilter.After> after = Optional.empty();
    while (true) {
      Optional<KeyFilter.After> begin = after;
      List<Sealed<KeyRow>> page =
          store.read(reader -> reader.keys(acme.id(), KeyFilter.all(clock.instant()), begin, 4));
      if (page.isEmpty()) {
        break;
      }
      page.forEach(row -> paged.add(row.intact().orElseThrow().key()));
      Key last = paged.get(paged.size() - 1);
      after = Optional.of(new KeyFilter.After(last.createdAt(), last.id()));
    }
    assertThat(paged).containsExactlyInAnyOrderElementsOf(made);
    assertThat(paged).extracting(Key::createdAt).isSortedAccordingTo((a, b) -> b.compareTo(a));
  }

  /** Whatever the keys are: a page of a rare kind ends where so many were looked at. */
  @Test
  void keyPlace_isSoManyKeysFurther_andKeysUntilItAreThoseBefore() {
    Organization acme = savedOrganization();
    Api api = savedApi();
    for (int i = 0; i < 7; i++) {
      saved(KeyMother.key(acme.id(), api.id()).createdAt(MutableClock.START.plusMillis(i / 2)));
    }
    saved(KeyMother.key(savedOrganization().id(), api.id()));
    KeyFilter all = KeyFilter.all(clock.instant());
    List<KeyId> keys =
        store.read(reader -> reader.keys(acme.id(), all, Optional.empty(), 10)).stream()
            .map(row -> row.intact().orElseThrow().key().id())
            .toList();

    KeyFilter.After third = place(acme, Optional.empty(), 3).orElseThrow();
    assertThat(third.id()).isEqualTo(keys.get(2));
    assertThat(place(acme, Optional.of(third), 4)).map(KeyFilter.After::id).contains(keys.get(6));
    assertThat(place(acme, Optional.of(third), 5)).isEmpty();
    assertThat(place(acme, Optional.empty(), 1)).map(KeyFilter.After::id).contains(keys.get(0));
    assertThat(
            store
                .read(reader -> reader.keys(acme.id(), all.until(third), Optional.empty(), 10))
                .stream()
                .map(row -> row.intact().orElseThrow().key().id()))
        .containsExactlyElementsOf(keys.subList(0, 3));
  }

  private Optional<KeyFilter.After> place(
      Organization organization, Optional<KeyFilter.After> after, int count) {
    return store.read(reader -> reader.keyPlace(organization.id(), after, count));
  }

  @Test
  void grantsInUse_countKeysThatAreNotRevoked() {
    Organization acme = savedOrganization();
    Api api = savedApi();
    Key one = saved(KeyMother.key(acme.id(), api.id()).scopes("bot"));
    Key two = saved(KeyMother.key(savedOrganization().id(), api.id()).scopes("bot"));
    Key gone = saved(KeyMother.key(acme.id(), api.id()).scopes("bot"));
    Key all = saved(KeyMother.key(acme.id(), api.id()).allScopes());
    Key goneToo = saved(KeyMother.key(acme.id(), api.id()).scopes("view:user"));
    store.write(done(writer -> writer.updateKey(gone.revoked(LATER))));
    store.write(done(writer -> writer.updateKey(goneToo.revoked(LATER))));

    assertThat(grantsInUse(api.id())).isEqualTo(Map.of(one.grant(), 2L, all.grant(), 1L));
    assertThat(grantsInUse(new ApiId("none"))).isEmpty();

    List<GrantId> ids = List.of(one.grantId(), goneToo.grantId());
    assertThat(listed(reader -> reader.keysWith(ids, 10)))
        .extracting(row -> row.intact().orElseThrow().key().id())
        .containsExactlyInAnyOrder(one.id(), two.id());
    assertThat(listed(reader -> reader.keysWith(ids, 1))).hasSize(1);
    assertThat(listed(reader -> reader.keysWith(List.of(), 10))).isEmpty();
  }

  @Test
  void keysWith_areByOrganizationAndName() {
    Organization acme = savedOrganization();
    Api api = savedApi();
    Key beta = saved(KeyMother.key(acme.id(), api.id()).name("beta"));
    Key alpha = saved(KeyMother.key(acme.id(), api.id()).name("Alpha"));

    assertThat(listed(reader -> reader.keysWith(List.of(beta.grantId()), 10)))
        .extracting(row -> row.unchecked().key().id())
        .containsExactly(alpha.id(), beta.id());
  }

  // ---- setup codes

  @Test
  void putSetupCode_replacesThatOfTheSameOrganization() {
    Organization acme = savedOrganization();
    SetupCode first = code(Optional.of(acme.id()));
    SetupCode second = code(Optional.of(acme.id()));
    SetupCode other = code(Optional.empty());
    store.write(done(writer -> writer.putSetupCode(first)));
    store.write(done(writer -> writer.putSetupCode(other)));
    store.write(done(writer -> writer.putSetupCode(second)));

    assertThat(found(reader -> reader.setupCode(first.digest()))).isEmpty();
    assertThat(store.read(reader -> reader.setupCode(second.digest())).flatMap(Sealed::intact))
        .contains(second);
    assertThat(store.read(reader -> reader.setupCode(other.digest())).flatMap(Sealed::intact))
        .contains(other);
  }

  @Test
  void putReviewDecision_again_replacesWhatWasDecidedBefore() {
    Organization organization = savedOrganization();
    Api api = savedApi();
    Made kept = savedKey(organization, api);
    Made other = savedKey(organization, api);
    Made undecided = savedKey(organization, api);
    ReviewDecision first = decision(kept.key(), ReviewDecision.Verdict.KEEP, LATER);
    ReviewDecision second = handedOver(kept.key());
    ReviewDecision beside = decision(other.key(), ReviewDecision.Verdict.RIGHT_SIZE, LATER);
    ReviewDecision elsewhere =
        decision(savedKey(savedOrganization(), api).key(), ReviewDecision.Verdict.KEEP, LATER);
    for (ReviewDecision each : List.of(first, beside, elsewhere)) {
      store.write(done(writer -> writer.putReviewDecision(each)));
    }
    assertThat(found(reader -> reader.reviewDecision(kept.key().id())).flatMap(Sealed::intact))
        .contains(first);

    store.write(done(writer -> writer.putReviewDecision(second)));
    assertThat(found(reader -> reader.reviewDecision(kept.key().id())).flatMap(Sealed::intact))
        .contains(second);
    assertThat(
            listed(reader ->
                    reader.reviewDecisions(
                        List.of(kept.key().id(), other.key().id(), undecided.key().id())))
                .stream()
                .map(row -> row.intact().orElseThrow()))
        .containsExactlyInAnyOrder(second, beside);
    assertThat(listed(reader -> reader.reviewDecisions(List.of()))).isEmpty();
    assertThat(
            listed(reader -> reader.reviewDecisions(organization.id(), second.decidedAt(), 9))
                .stream()
                .map(row -> row.intact().orElseThrow()))
        .contains(second);
    assertThat(
            listed(reader ->
                reader.reviewDecisions(
                    organization.id(), second.decidedAt().plus(Duration.ofDays(999)), 9)))
        .isEmpty();
    assertThat(listed(reader -> reader.reviewDecisions(organization.id(), Instant.EPOCH, 1)))
        .hasSize(1);
    assertThat(
            listed(reader -> reader.keys(List.of(other.key().id(), kept.key().id()))).stream()
                .map(row -> row.intact().orElseThrow().key().id()))
        .containsExactlyInAnyOrder(kept.key().id(), other.key().id());
    assertThat(listed(reader -> reader.keys(List.of()))).isEmpty();
    assertThat(found(reader -> reader.reviewDecision(undecided.key().id()))).isEmpty();
  }

  @Test
  void removeKey_isGoneWithItsSecretsAndDecision_andItsNameIsFree() {
    Organization organization = savedOrganization();
    Api api = savedApi();
    Key key = savedKey(organization, api).key();
    store.write(
        done(
            writer -> writer.putReviewDecision(decision(key, ReviewDecision.Verdict.KEEP, LATER))));
    Position before = position();

    store.write(done(writer -> writer.removeKey(key)));
    assertThat(position().hasReached(before)).isTrue();
    assertThat(position()).isNotEqualTo(before);
    assertThat(found(reader -> reader.key(key.id()))).isEmpty();
    assertThat(found(reader -> reader.reviewDecision(key.id()))).isEmpty();
    assertThat(
            listed(reader ->
                reader.keys(organization.id(), KeyFilter.all(LATER), Optional.empty(), 9)))
        .isEmpty();
    saved(KeyMother.key(organization.id(), api.id()).name(key.name()));
    assertFails(() -> store.write(done(writer -> writer.removeKey(key))));
  }

  @Test
  void removeKey_ofAnotherRevision_isRefusedAndNothingIsRemoved() {
    Organization organization = savedOrganization();
    Key key = savedKey(organization, savedApi()).key();
    store.write(done(writer -> writer.updateKey(key.disabled(true))));
    assertFails(() -> store.write(done(writer -> writer.removeKey(key))));
    assertThat(found(reader -> reader.key(key.id())).orElseThrow().unchecked().secrets())
        .hasSize(1);
  }

  @Test
  void removeSetupCode_twice_isRefused() {
    SetupCode code = code(Optional.of(savedOrganization().id()));
    store.write(done(writer -> writer.putSetupCode(code)));
    store.write(done(writer -> writer.removeSetupCode(code)));

    assertThat(found(reader -> reader.setupCode(code.digest()))).isEmpty();
    assertFails(() -> store.write(done(writer -> writer.removeSetupCode(code))));
  }

  // ---- first answers

  @Test
  void putFirstAnswer_isFoundByItsRequest_andReplacesTheOneBefore() {
    Bytes request = randomBytes();
    FirstAnswer first = firstAnswer(request, "{\"first\":\"é\"}", MutableClock.START);
    FirstAnswer second =
        new FirstAnswer(
            request,
            randomBytes(),
            first.caller(),
            200,
            Optional.empty(),
            "{}",
            MutableClock.START.plusSeconds(1));
    assertThat(found(reader -> reader.firstAnswer(request))).isEmpty();
    for (FirstAnswer each : List.of(first, second)) {
      store.write(done(writer -> writer.putFirstAnswer(each)));
      assertThat(store.read(reader -> reader.firstAnswer(request)).flatMap(Sealed::intact))
          .contains(each);
    }
    assertThat(found(reader -> reader.firstAnswer(randomBytes()))).isEmpty();
  }

  @Test
  void removeFirstAnswers_removesTheOldestThatHaveExpired() {
    Instant now = MutableClock.START.minus(Duration.ofDays(400));
    List<Bytes> requests = new ArrayList<>();
    for (int second = -2; second <= 1; second++) {
      FirstAnswer answer = firstAnswer(randomBytes(), "{}", now.plusSeconds(second));
      requests.add(answer.request());
      store.write(done(writer -> writer.putFirstAnswer(answer)));
    }
    Position before = store.read(Reader::position);

    Store.Committed<Integer> two = store.write(writer -> writer.removeFirstAnswers(now, 2));
    assertThat(two.result()).isEqualTo(2);
    assertThat(two.position().seq()).isGreaterThan(before.seq());
    assertThat(requests.stream().map(request -> found(r -> r.firstAnswer(request)).isPresent()))
        .containsExactly(false, false, true, true);

    assertThat(store.write(writer -> writer.removeFirstAnswers(now, 2)).result()).isOne();
    Store.Committed<Integer> none = store.write(writer -> writer.removeFirstAnswers(now, 2));
    assertThat(none.result()).isZero();
    assertThat(found(reader -> reader.firstAnswer(requests.get(3)))).isPresent();
  }

  @Test
  void tryLock_ofAFreeName_isHad() {
    Bytes name = randomBytes();
    for (int i = 0; i < 2; i++) {
      assertThat(store.<Boolean>write(writer -> writer.tryLock(name)).result()).isTrue();
    }
  }

  // ---- audit

  @Test
  void audit_chainsEvents() {
    AuditChain chain = AuditChain.of(savedOrganization().id());
    AuditEvent first = audited(chain, "key.created", "k1", Optional.of("192.0.2.7"));
    clock.advance(Duration.ofSeconds(5).plusNanos(1));
    AuditEvent second = audited(chain, "key.revoked", "k1", Optional.empty());
    AuditEvent third = audited(chain, "key.created", "k2", Optional.of("2001:db8::1"));

    List<AuditEvent> events =
        store.read(reader -> reader.auditEvents(chain, AuditFilter.all(), Optional.empty(), 10));
    assertThat(events).containsExactly(third, second, first);
    assertThat(events).allMatch(chain::isWhole);
    assertThat(first.number()).isEqualTo(1);
    assertThat(first.previousHash()).isEqualTo(Bytes.zeros(32));
    assertThat(second.previousHash()).isEqualTo(first.hash());
    assertThat(second.at()).isEqualTo(first.at().plusSeconds(5));
    assertThat(third.previousHash()).isEqualTo(second.hash());
    assertThat(found(reader -> reader.auditEvent(second.id()))).contains(second);
  }

  @Test
  void auditEvents_filteredAndPaged_areThoseAskedFor() {
    AuditChain chain = AuditChain.of(savedOrganization().id());
    AuditEvent one = audited(chain, "key.created", "k1", Optional.empty());
    AuditEvent two = audited(chain, "key.revoked", "k1", Optional.empty());
    AuditEvent three = audited(chain, "key.created", "k2", Optional.empty());
    audited(AuditChain.of(savedOrganization().id()), "key.created", "k1", Optional.empty());

    assertThat(
            events(
                chain,
                new AuditFilter(Optional.of("key.created"), Optional.empty(), Optional.empty()),
                Optional.empty(),
                10))
        .containsExactly(three, one);
    assertThat(
            events(
                chain,
                new AuditFilter(Optional.empty(), Optional.empty(), Optional.of("k1")),
                Optional.empty(),
                10))
        .containsExactly(two, one);
    assertThat(
            events(
                chain,
                new AuditFilter(Optional.empty(), Optional.of("nobody"), Optional.empty()),
                Optional.empty(),
                10))
        .isEmpty();
    assertThat(
            events(
                chain,
                new AuditFilter(Optional.of("key.created"), Optional.of("test"), Optional.of("k1")),
                Optional.empty(),
                10))
        .containsExactly(one);
    assertThat(events(chain, AuditFilter.all(), Optional.empty(), 1)).containsExactly(three);
    assertThat(events(chain, AuditFilter.all(), Optional.of(3L), 10)).containsExactly(two, one);
  }

  @Test
  void audit_manyChangesAndNulls_areReadInOrder() {
    AuditChain chain = AuditChain.of(savedOrganization().id());
    List<AuditEvent.Change> changes =
        List.of(
            new AuditEvent.Change("z", null, "new"),
            new AuditEvent.Change("a", "old", null),
            new AuditEvent.Change("z", "", "ü"));
    AuditEvent.Act act =
        new AuditEvent.Act(
            "catalog.changed",
            OPERATOR,
            new AuditEvent.Target("catalog", "x"),
            Optional.of("r-1"),
            changes);
    AuditEvent event = store.write(writer -> writer.audit(chain, act, Optional.empty())).result();

    AuditEvent read = store.read(reader -> reader.auditEvent(event.id())).orElseThrow();
    assertThat(read).isEqualTo(event);
    assertThat(chain.isWhole(read)).isTrue();
  }

  // ---- transactions

  @Test
  void write_thatThrows_leavesNothing() {
    Organization acme = OrganizationMother.organization().build();
    AuditChain chain = AuditChain.of(acme.id());
    Position before = position();
    IllegalStateException mistake = new IllegalStateException("changed my mind");

    assertThatThrownBy(() ->
            store.write(writer -> {
              writer.insertOrganization(acme);
              writer.audit(chain, act("organization.created", "x"), Optional.empty());
              throw mistake;
            }))
        .isSameAs(mistake);
    assertThat(found(reader -> reader.organization(acme.id()))).isEmpty();
    assertThat(events(chain, AuditFilter.all(), Optional.empty(), 1)).isEmpty();
    assertThat(store.read(Reader::position)).isEqualTo(before);
  }

  @Test
  void write_thatSwallowsAFailure_leavesNothing() {
    Organization acme = savedOrganization();
    Organization other = OrganizationMother.organization().build();
    Position before = position();

    assertConflict(() ->
        store.write(writer -> {
          writer.insertOrganization(other);
          try {
            writer.insertOrganization(
                OrganizationMother.organization().slug(acme.slug().text()).build());
          } catch (StoreException.Conflict ignored) {
            // A caller that goes on all the same: the transaction does not.
          }
          return "done";
        }));
    assertThat(found(reader -> reader.organization(other.id()))).isEmpty();
    assertThat(store.read(Reader::position)).isEqualTo(before);
  }

  @Test
  void write_thatWritesNothing_leavesNoTrace() {
    Organization acme = savedOrganization();
    Position before = position();
    Committed<String> committed =
        store.write(writer -> writer.lockOrganization(acme.id()).orElseThrow().unchecked().name());

    assertThat(committed).isEqualTo(new Committed<>(acme.name(), before));
    assertThat(store.read(Reader::position)).isEqualTo(before);
  }

  @Test
  void write_movesThePositionByOne() {
    Position before = position();
    Committed<Organization> committed =
        store.write(writer -> {
          Organization acme = OrganizationMother.organization().build();
          writer.insertOrganization(acme);
          writer.updateOrganization(acme.named("Twice"));
          return acme;
        });

    assertThat(committed.position()).isEqualTo(new Position(before.epoch(), before.seq() + 1));
    assertThat(store.read(Reader::position)).isEqualTo(committed.position());
  }

  @Test
  void write_readsItsOwnChanges() {
    Organization acme = OrganizationMother.organization().build();
    Api api = ApiMother.api().build();
    Made made = KeyMother.key(acme.id(), api.id()).build();
    store.write(
        done(writer -> {
          writer.insertOrganization(acme);
          writer.insertApi(api);
          writer.putCatalog(CatalogMother.catalog(api.id()).build());
          writer.insertKey(made.key(), made.secret());
          assertThat(writer.key(made.key().id())).isPresent();
          assertThat(writer.keys(acme.id(), KeyFilter.all(clock.instant()), Optional.empty(), 10))
              .hasSize(1);
        }));
  }

  @Test
  void reader_keptBeyondItsTransaction_refuses() {
    Reader kept = store.<Reader>read(reader -> reader);
    Writer keptToo = store.<Writer>write(writer -> writer).result();

    assertThatThrownBy(kept::position).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> keptToo.insertOrganization(OrganizationMother.organization().build()))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void read_isOneConsistentPicture() throws Exception {
    Organization acme = savedOrganization();
    ExecutorService other = Executors.newSingleThreadExecutor();
    try {
      String second =
          store.read(reader -> {
            reader.organization(acme.id());
            await(
                other.submit(() ->
                    store.write(done(writer -> writer.updateOrganization(acme.named("Later"))))));
            return reader.organization(acme.id()).orElseThrow().unchecked().name();
          });
      assertThat(second).isEqualTo(acme.name());
    } finally {
      other.shutdown();
    }
    assertThat(
            store.read(reader -> reader.organization(acme.id())).orElseThrow().unchecked().name())
        .isEqualTo("Later");
  }

  @Test
  void write_turkishDefaultLanguage_foldsNamesAlike() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("tr-TR"));
    try {
      Organization acme = savedOrganization();
      Api api = savedApi();
      Key key = saved(KeyMother.key(acme.id(), api.id()).name("INTEGRATION").purpose("CI"));
      assertThat(found(reader -> reader.keyNamed(acme.id(), "integration"))).contains(key.id());
      assertThat(new Filtering(acme.id(), clock.instant()).text("integration"))
          .containsExactly(key.id());
      assertThat(new Filtering(acme.id(), clock.instant()).text("ci")).contains(key.id());
    } finally {
      Locale.setDefault(before);
    }
  }

  // ---- many at once

  /**
   * Rule 10: a change and its event commit together, and the chain and the sequence have no gap.
   */
  @Test
  void write_byManyAtOnce_keepsChainAndSequenceWhole() throws Exception {
    Organization acme = savedOrganization();
    Api api = savedApi();
    AuditChain chain = AuditChain.of(acme.id());
    Position before = position();
    Map<Long, KeyId> keysByPosition = new ConcurrentHashMap<>();
    int each = 25;

    atOnce(worker -> {
      for (int i = 0; i < each; i++) {
        Made made = KeyMother.key(acme.id(), api.id()).build();
        Committed<AuditEvent> committed =
            store.write(writer -> {
              writer.lockOrganization(acme.id());
              writer.insertKey(made.key(), made.secret());
              return writer.audit(
                  chain, act("key.created", made.key().id().text()), Optional.of("192.0.2.1"));
            });
        keysByPosition.put(committed.position().seq(), made.key().id());
      }
    });

    assertThat(keysByPosition.keySet())
        .containsExactlyInAnyOrderElementsOf(
            IntStream.rangeClosed(1, WRITERS * each).mapToObj(i -> before.seq() + i).toList());
    List<AuditEvent> events =
        new ArrayList<>(events(chain, AuditFilter.all(), Optional.empty(), WRITERS * each + 1));
    assertThat(events).hasSize(WRITERS * each).allMatch(chain::isWhole);
    for (int i = 0; i + 1 < events.size(); i++) {
      assertThat(events.get(i).number()).isEqualTo(events.get(i + 1).number() + 1);
      assertThat(events.get(i).previousHash()).isEqualTo(events.get(i + 1).hash());
    }
    // The order of the chain is the order of the sequence.
    List<String> bySequence =
        new TreeMap<>(keysByPosition).values().stream().map(KeyId::text).toList();
    List<String> byChain =
        new ArrayList<>(events.stream().map(event -> event.act().target().id()).toList());
    Collections.reverse(byChain);
    assertThat(byChain).isEqualTo(bySequence);
  }

  @Test
  void insertKey_equalNewGrantsAtOnce_allSucceed() throws Exception {
    Api api = savedApi();
    List<Organization> organizations =
        IntStream.range(0, WRITERS).mapToObj(i -> savedOrganization()).toList();
    for (int round = 0; round < 10; round++) {
      String[] scopes = {"bot", "scans:run", "round:" + (char) ('a' + round)};
      atOnce(
          worker -> saved(KeyMother.key(organizations.get(worker).id(), api.id()).scopes(scopes)));
    }
    assertThat(grantsInUse(api.id()))
        .hasSize(10)
        .allSatisfy((grant, count) -> assertThat(count).isEqualTo(WRITERS));
  }

  /** A name, a revision: of many that want the same, one gets it. */
  @Test
  void write_sameNameAtOnce_oneSucceeds() throws Exception {
    Organization acme = savedOrganization();
    Api api = savedApi();
    List<KeyId> winners = Collections.synchronizedList(new ArrayList<>());
    atOnce(worker -> {
      Made made = KeyMother.key(acme.id(), api.id()).name("Only one").build();
      try {
        store.write(done(writer -> writer.insertKey(made.key(), made.secret())));
        winners.add(made.key().id());
      } catch (StoreException.Conflict e) {
        // As it should be, for all but one.
      }
    });
    assertThat(winners).hasSize(1);
    assertThat(found(reader -> reader.keyNamed(acme.id(), "only one"))).contains(winners.get(0));
  }

  @Test
  void lockKey_byManyAtOnce_losesNoUpdate() throws Exception {
    Key key = savedKey(savedOrganization(), savedApi()).key();
    atOnce(worker -> {
      for (int i = 0; i < 10; i++) {
        store.write(
            done(writer -> {
              Key now = writer.lockKey(key.id()).orElseThrow().intact().orElseThrow().key();
              writer.updateKey(now.described(key.name(), now.purpose() + "x"));
            }));
      }
    });
    Key now =
        store.read(reader -> reader.key(key.id())).flatMap(Sealed::intact).orElseThrow().key();
    assertThat(now.purpose()).isEqualTo("x".repeat(WRITERS * 10));
    assertThat(now.revision()).isEqualTo(1 + WRITERS * 10);
  }

  // ---- what the tests say it with

  /** Lists the ids of an organization's keys under one condition. */
  private final class Filtering {
    private final OrganizationId organization;
    private final Instant now;

    Filtering(OrganizationId organization, Instant now) {
      this.organization = organization;
      this.now = now;
    }

    private List<KeyId> list(KeyFilter filter) {
      return store.read(reader -> reader.keys(organization, filter, Optional.empty(), 100)).stream()
          .map(row -> row.intact().orElseThrow().key().id())
          .toList();
    }

    List<KeyId> all() {
      return list(KeyFilter.all(now));
    }

    List<KeyId> state(KeyFilter.ShownState state) {
      return list(
          filter(
              Optional.of(state),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty()));
    }

    List<KeyId> api(ApiId api) {
      return list(
          filter(
              Optional.empty(),
              Optional.of(api),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty()));
    }

    List<KeyId> scope(String scope) {
      return list(
          filter(
              Optional.empty(),
              Optional.empty(),
              Optional.of(new Scope(scope)),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty()));
    }

    List<KeyId> createdBy(String maker) {
      return list(
          filter(
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.of(maker),
              Optional.empty(),
              Optional.empty(),
              Optional.empty()));
    }

    List<KeyId> allScopes(boolean all) {
      return list(
          filter(
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.of(all),
              Optional.empty(),
              Optional.empty()));
    }

    List<KeyId> expiresBefore(Instant time) {
      return list(
          filter(
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.of(time),
              Optional.empty()));
    }

    List<KeyId> text(String text) {
      return list(
          filter(
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.of(text)));
    }

    private KeyFilter filter(
        Optional<KeyFilter.ShownState> state,
        Optional<ApiId> api,
        Optional<Scope> scope,
        Optional<String> createdBy,
        Optional<Boolean> allScopes,
        Optional<Instant> expiresBefore,
        Optional<String> text) {
      return new KeyFilter(now, state, api, scope, createdBy, allScopes, expiresBefore, text);
    }
  }

  private interface Work {
    void by(int worker) throws Exception;
  }

  private static void atOnce(Work work) throws Exception {
    ExecutorService workers = Executors.newFixedThreadPool(WRITERS);
    try {
      List<Callable<Void>> tasks = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        int worker = i;
        tasks.add(() -> {
          work.by(worker);
          return null;
        });
      }
      for (Future<Void> done : workers.invokeAll(tasks)) {
        done.get();
      }
    } finally {
      workers.shutdown();
    }
  }

  private static void await(Future<?> future) {
    try {
      future.get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private interface Writing {
    void to(Writer writer);
  }

  private static Function<Writer, Boolean> done(Writing writing) {
    return writer -> {
      writing.to(writer);
      return true;
    };
  }

  private <T> Optional<T> found(Function<Reader, Optional<T>> query) {
    return store.read(query);
  }

  private <T> List<T> listed(Function<Reader, List<T>> query) {
    return store.read(query);
  }

  private Map<Grant, Long> grantsInUse(ApiId api) {
    return store.read(reader -> reader.grantsInUse(api));
  }

  private Position position() {
    return store.read(Reader::position);
  }

  private Organization savedOrganization() {
    Organization organization = OrganizationMother.organization().build();
    store.write(done(writer -> writer.insertOrganization(organization)));
    return organization;
  }

  private Api savedApi() {
    Api api = ApiMother.api().build();
    store.write(
        done(writer -> {
          writer.insertApi(api);
          writer.putCatalog(CatalogMother.catalog(api.id()).build());
        }));
    return api;
  }

  private Made savedKey(Organization organization, Api api) {
    Made made = KeyMother.key(organization.id(), api.id()).build();
    store.write(done(writer -> writer.insertKey(made.key(), made.secret())));
    return made;
  }

  private Key saved(KeyMother mother) {
    Made made = mother.build();
    store.write(done(writer -> writer.insertKey(made.key(), made.secret())));
    return made.key();
  }

  private static SetupCode code(Optional<OrganizationId> organization) {
    String id = KeyId.generate(RANDOM).text();
    return new SetupCode(
        id, randomBytes(), organization, MutableClock.START, MutableClock.START.plusSeconds(1800));
  }

  private static FirstAnswer firstAnswer(Bytes request, String body, Instant expiresAt) {
    return new FirstAnswer(
        request,
        randomBytes(),
        KeyId.generate(RANDOM),
        201,
        Optional.of("/v1/organizations/acme/api-keys/x"),
        body,
        expiresAt);
  }

  private static Bytes randomBytes() {
    byte[] bytes = new byte[32];
    RANDOM.nextBytes(bytes);
    return Bytes.of(bytes);
  }

  private static ReviewDecision decision(
      Key key, ReviewDecision.Verdict verdict, @Nullable Instant askAgainAt) {
    return new ReviewDecision(
        key.id(),
        key.organization(),
        verdict,
        "Runs once a year.",
        askAgainAt,
        MutableClock.START,
        OPERATOR);
  }

  private static ReviewDecision handedOver(Key key) {
    return new ReviewDecision(
        key.id(),
        key.organization(),
        ReviewDecision.Verdict.KEEP,
        "Somebody else answers for it.",
        LATER,
        MutableClock.START,
        OPERATOR,
        MemberId.generate(RANDOM));
  }

  private static AuditEvent.Act act(String action, String target) {
    List<AuditEvent.Change> changes = List.of(new AuditEvent.Change("state", "active", "revoked"));
    return new AuditEvent.Act(
        action, OPERATOR, new AuditEvent.Target("key", target), Optional.empty(), changes);
  }

  private AuditEvent audited(
      AuditChain chain, String action, String target, Optional<String> source) {
    return store.write(writer -> writer.audit(chain, act(action, target), source)).result();
  }

  private List<AuditEvent> events(
      AuditChain chain, AuditFilter filter, Optional<Long> before, int limit) {
    return store.read(reader -> reader.auditEvents(chain, filter, before, limit));
  }

  private static void assertSame(KeySecret read, KeySecret made) {
    assertThat(Bytes.of(read.digest().toBytes())).isEqualTo(Bytes.of(made.digest().toBytes()));
    assertThat(read).usingRecursiveComparison().ignoringFields("digest").isEqualTo(made);
  }

  private static void assertConflict(ThrowingCallable call) {
    assertThatExceptionOfType(StoreException.Conflict.class).isThrownBy(call);
  }

  /** The store refuses, as a fault of the caller that no uniqueness explains. */
  private static void assertFails(ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(StoreException.class);
  }
}
