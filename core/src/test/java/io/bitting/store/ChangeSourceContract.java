package io.bitting.store;

import static org.assertj.core.api.Assertions.assertThat;

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
import io.bitting.key.Key;
import io.bitting.operation.Operations;
import io.bitting.organization.Organization;
import io.bitting.scope.AccessLevel;
import io.bitting.scope.Catalog;
import io.bitting.seal.PepperKeyset;
import io.bitting.seal.SealAlarm;
import io.bitting.seal.Sealed;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * What every source of changes does for the store beside it. A subclass is a factory; it loosens
 * nothing.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ChangeSourceContract {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int WRITERS = 8;
  private static final long SECONDS_MAX = 30;

  private final AlarmRecord alarms = new AlarmRecord();
  private final IntakeRecord intake = new IntakeRecord();
  private Store store;
  private ChangeSource changes;
  private Position position;

  /** The two sides of one storage. */
  public record Sides(Store store, ChangeSource changes) {}

  /** Opens the storage under test; called once. */
  protected abstract Sides open(
      PepperKeyset keyset, Clock clock, SecureRandom random, SealAlarm alarm);

  /** Closes what {@link #open} opened. */
  protected abstract void close();

  @BeforeAll
  final void openSides() {
    Sides sides = open(PepperKeyset.generate(RANDOM), new MutableClock(), RANDOM, alarms);
    store = sides.store();
    changes = sides.changes();
  }

  @AfterAll
  final void closeSides() {
    close();
  }

  @BeforeEach
  final void load() {
    position = changes.load(intake);
    intake.take();
  }

  /** No test here alters a row behind the store's back, so no seal ever breaks. */
  @AfterEach
  final void noAlarmWasRaised() {
    assertThat(alarms.take()).isEmpty();
  }

  @Test
  void load_handsOverEveryRow_keysLast() {
    Organization acme = savedOrganization();
    Api api = savedApi();
    Made one = savedKey(acme, api);
    Made two = savedKey(acme, api);

    Position loaded = changes.load(intake);
    assertThat(loaded).isEqualTo(store.read(Reader::position));
    List<String> taken = intake.take();
    assertThat(taken)
        .doesNotHaveDuplicates()
        .containsSubsequence(
            "organization:" + acme.id(),
            "api:" + api.id(),
            "catalog:" + api.id(),
            "operations:" + api.id(),
            "key:" + one.key().id())
        .contains("key:" + two.key().id());
    assertThat(intake.organizations().get(acme.id()).intact()).contains(acme);
    assertThat(intake.apis().get(api.id()).intact()).contains(api);
    assertThat(intake.catalogs().get(api.id()).intact())
        .contains(CatalogMother.catalog(api.id()).build());
    assertThat(intake.operations().get(api.id()).intact())
        .contains(OperationsMother.operations(api.id()).build());
    KeyRow row = intake.keys().get(one.key().id()).intact().orElseThrow();
    assertThat(row.key()).isEqualTo(one.key());
    assertThat(row.secrets().get(0).intact()).isPresent();
  }

  @Test
  void resume_withoutChanges_handsOverNothing() {
    assertThat(changes.resume(position, intake)).contains(position);
    assertThat(intake.take()).isEmpty();
  }

  @Test
  void resume_afterEachKindOfChange_handsOverTheRowAsItIsNow() {
    Organization acme = savedOrganization();
    assertThat(resumed()).containsExactly("organization:" + acme.id());
    store.write(writing(writer -> writer.updateOrganization(acme.suspended(true))));
    assertThat(resumed()).containsExactly("organization:" + acme.id());
    assertThat(intake.organizations().get(acme.id()).intact()).contains(acme.suspended(true));

    Api api = ApiMother.api().build();
    store.write(writing(writer -> writer.insertApi(api)));
    assertThat(resumed()).containsExactly("api:" + api.id());
    store.write(writing(writer -> writer.putCatalog(CatalogMother.catalog(api.id()).build())));
    assertThat(resumed()).contains("catalog:" + api.id());
    Catalog next =
        CatalogMother.catalog(api.id()).scope("new:one", AccessLevel.READ).version(2).build();
    store.write(writing(writer -> writer.putCatalog(next)));
    assertThat(resumed()).contains("catalog:" + api.id());
    assertThat(intake.catalogs().get(api.id()).intact()).contains(next);
    Operations operations = OperationsMother.operations(api.id()).build();
    store.write(writing(writer -> writer.putOperations(operations)));
    assertThat(resumed()).containsExactly("operations:" + api.id());
    assertThat(intake.operations().get(api.id()).intact()).contains(operations);
    store.write(writing(writer -> writer.updateApi(api.edited("Renamed", null))));
    assertThat(resumed()).contains("api:" + api.id());
    assertThat(intake.apis().get(api.id()).intact()).contains(api.edited("Renamed", null));

    Made made = savedKey(acme, api);
    assertThat(resumed()).containsExactly("key:" + made.key().id());
    Key revoked = made.key().revoked(MutableClock.START);
    store.write(writing(writer -> writer.updateKey(revoked)));
    assertThat(resumed()).containsExactly("key:" + made.key().id());
    assertThat(intake.keys().get(made.key().id()).intact().orElseThrow().key()).isEqualTo(revoked);
  }

  @Test
  void resume_manyChangesOfOneRow_handsItOverOnce() {
    Organization acme = savedOrganization();
    for (int i = 0; i < 3; i++) {
      Organization now =
          store.read(reader -> reader.organization(acme.id())).orElseThrow().unchecked();
      store.write(writing(writer -> writer.updateOrganization(now.named(now.name() + "."))));
    }
    assertThat(resumed()).containsExactly("organization:" + acme.id());
    assertThat(intake.organizations().get(acme.id()).unchecked().name())
        .isEqualTo(acme.name() + "...");
  }

  @Test
  void resume_manyKeys_handsThemAllOver() {
    Organization acme = savedOrganization();
    Api api = savedApi();
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      store.write(
          writing(writer -> {
            for (int n = 0; n < 200; n++) {
              Made made = KeyMother.key(acme.id(), api.id()).build();
              writer.insertKey(made.key(), made.secret());
              expected.add("key:" + made.key().id());
            }
          }));
    }
    assertThat(resumed())
        .filteredOn(taken -> taken.startsWith("key:"))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void resume_changesThatNoIndexNeeds_moveThePosition() {
    AuditEvent.Act act =
        new AuditEvent.Act(
            "doctor.run",
            new Actor(Actor.Kind.OPERATOR, "doctor"),
            new AuditEvent.Target("api", "x"),
            Optional.empty(),
            List.of());
    Position written =
        store
            .write(writer -> writer.audit(AuditChain.INSTALLATION, act, Optional.empty()))
            .position();

    assertThat(resumed()).isEmpty();
    assertThat(position).isEqualTo(written);
  }

  @Test
  void resume_anotherEpoch_isNotToBeHad() {
    savedOrganization();
    assertThat(changes.resume(new Position("elsewhere", position.seq()), intake)).isEmpty();
    assertThat(changes.resume(new Position("elsewhere", 0), intake)).isEmpty();
    assertThat(intake.take()).isEmpty();
  }

  /** The database was put back to an older state. */
  @Test
  void resume_positionThatWasNotReached_isNotToBeHad() {
    assertThat(changes.resume(new Position(position.epoch(), position.seq() + 1), intake))
        .isEmpty();
    assertThat(intake.take()).isEmpty();
  }

  @Test
  void resume_fromTheBeginning_endsWhereALoadEnds() {
    savedKey(savedOrganization(), savedApi());
    IntakeRecord fromStart = new IntakeRecord();
    assertThat(changes.resume(new Position(position.epoch(), 0), fromStart))
        .contains(changes.load(intake));
    assertThat(fromStart.keys().keySet()).isEqualTo(intake.keys().keySet());
    assertThat(fromStart.organizations().keySet()).isEqualTo(intake.organizations().keySet());
  }

  @Test
  void await_endsWithoutAnyChange() throws Exception {
    changes.await(Duration.ZERO);
    changes.await(Duration.ofMillis(1));
  }

  @Test
  void await_wokenByACommit_ends() throws Exception {
    ExecutorService follower = Executors.newSingleThreadExecutor();
    try {
      Organization acme = OrganizationMother.organization().build();
      Future<Boolean> seen =
          follower.submit(() -> {
            while (!intake.organizations().containsKey(acme.id())) {
              changes.await(Duration.ofHours(1));
              position = changes.resume(position, intake).orElseThrow();
            }
            return true;
          });
      store.write(writing(writer -> writer.insertOrganization(acme)));
      assertThat(seen.get(SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
    } finally {
      follower.shutdown();
    }
  }

  @Test
  void wake_beforeOrDuringAwait_endsIt() throws Exception {
    ExecutorService follower = Executors.newSingleThreadExecutor();
    try {
      changes.wake();
      changes.await(Duration.ofHours(1));
      Future<Boolean> woken =
          follower.submit(() -> {
            changes.await(Duration.ofHours(1));
            return true;
          });
      changes.wake();
      assertThat(woken.get(SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
    } finally {
      follower.shutdown();
    }
  }

  /**
   * A change that is committed while others are being followed is never passed over: sequence is
   * commit order.
   */
  @Test
  void resume_whileManyWrite_missesNothing() throws Exception {
    Organization acme = savedOrganization();
    Api api = savedApi();
    ExecutorService workers = Executors.newFixedThreadPool(WRITERS + 1);
    CountDownLatch writing = new CountDownLatch(WRITERS);
    try {
      Callable<Void> writer =
          () -> {
            for (int i = 0; i < 30; i++) {
              Made made = savedKey(acme, api);
              if (i % 3 == 0) {
                Key revoked = made.key().revoked(MutableClock.START);
                store.write(writing(to -> to.updateKey(revoked)));
              }
            }
            writing.countDown();
            return null;
          };
      Future<List<Position>> followed =
          workers.submit(() -> {
            List<Position> positions = new ArrayList<>();
            while (writing.getCount() > 0) {
              position = changes.resume(position, intake).orElseThrow();
              positions.add(position);
            }
            position = changes.resume(position, intake).orElseThrow();
            return positions;
          });
      List<Future<Void>> writers = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        writers.add(workers.submit(writer));
      }
      for (Future<Void> done : writers) {
        done.get();
      }
      assertThat(followed.get()).extracting(Position::seq).isSorted();
    } finally {
      workers.shutdown();
    }

    IntakeRecord loaded = new IntakeRecord();
    assertThat(changes.load(loaded)).isEqualTo(position);
    assertThat(states(intake)).isEqualTo(states(loaded));
  }

  private static Map<String, String> states(IntakeRecord intake) {
    return intake.keys().values().stream()
        .map(Sealed::unchecked)
        .collect(
            Collectors.toMap(
                row -> row.key().id().text(),
                row -> row.key().state().code() + row.key().revision()));
  }

  private List<String> resumed() {
    position = changes.resume(position, intake).orElseThrow();
    return intake.take();
  }

  private interface Writing {
    void to(Writer writer);
  }

  private static Function<Writer, Boolean> writing(Writing writing) {
    return writer -> {
      writing.to(writer);
      return true;
    };
  }

  private Organization savedOrganization() {
    Organization organization = OrganizationMother.organization().build();
    store.write(writing(writer -> writer.insertOrganization(organization)));
    return organization;
  }

  private Api savedApi() {
    Api api = ApiMother.api().build();
    store.write(
        writing(writer -> {
          writer.insertApi(api);
          writer.putCatalog(CatalogMother.catalog(api.id()).build());
          writer.putOperations(OperationsMother.operations(api.id()).build());
        }));
    return api;
  }

  private Made savedKey(Organization organization, Api api) {
    Made made = KeyMother.key(organization.id(), api.id()).build();
    store.write(writing(writer -> writer.insertKey(made.key(), made.secret())));
    return made;
  }
}
