package io.bitting.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.bitting.audit.Actor;
import io.bitting.audit.AuditChain;
import io.bitting.audit.AuditCheckpoint;
import io.bitting.audit.AuditEvent;
import io.bitting.audit.AuditFinding;
import io.bitting.audit.AuditVerification;
import io.bitting.audit.AuditVerifier;
import io.bitting.fixtures.AlarmRecord;
import io.bitting.fixtures.MutableClock;
import io.bitting.fixtures.OrganizationMother;
import io.bitting.jdbc.JdbcDatabase;
import io.bitting.jdbc.TestDatabase;
import io.bitting.jdbc.TestDatabases;
import io.bitting.organization.Organization;
import io.bitting.organization.Policy;
import io.bitting.seal.PepperKeyset;
import io.bitting.seal.Sealed;
import io.bitting.store.Position;
import io.bitting.store.Reader;
import io.bitting.store.Reader.AuditFilter;
import io.bitting.store.Store;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Checkpoints by the day, and retention, by moving a clock; on both databases. */
final class AuditUpkeepTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Duration KEPT = Duration.ofDays(30);
  private static final Policy KEEPS_30_DAYS =
      new Policy(
          Policy.USUAL.keyLifetimeMax(),
          Policy.USUAL.neverAllowed(),
          Policy.USUAL.revokeUnusedAfter(),
          Policy.USUAL.usageKept(),
          Optional.of(KEPT),
          Policy.USUAL.deadKeysKept());

  static Stream<Arguments> databases() {
    Supplier<TestDatabase> sqlite = TestDatabases::sqlite;
    Supplier<TestDatabase> postgresql = TestDatabases::postgresql;
    return Stream.of(Arguments.of("SQLite", sqlite), Arguments.of("PostgreSQL", postgresql));
  }

  /** A database with two organizations, one of which keeps its events for 30 days. */
  private static final class World implements AutoCloseable {
    final MutableClock clock = new MutableClock();
    final TestDatabase database;
    final JdbcDatabase opened;
    final Store store;
    final Organization brief = OrganizationMother.organization().build();
    final Organization lasting = OrganizationMother.organization().build();
    final SignCheckpoints sign;
    final CutChains cut;

    World(Supplier<TestDatabase> made) {
      database = made.get();
      opened = database.open();
      store = opened.open(PepperKeyset.generate(RANDOM), clock, RANDOM, new AlarmRecord()).store();
      SigningKeys.ensure(store, RANDOM);
      store.write(writer -> {
        writer.insertOrganization(brief);
        writer.insertOrganization(lasting);
        return true;
      });
      sign = new SignCheckpoints(store);
      cut = new CutChains(store, own -> own.id().equals(brief.id()) ? KEEPS_30_DAYS : Policy.USUAL);
    }

    void act(Organization whose) {
      store.write(writer ->
          writer.audit(
              AuditChain.of(whose.id()),
              new AuditEvent.Act(
                  "key.revoked",
                  new Actor(Actor.Kind.KEY, "4fT9xQ2mZp7B"),
                  new AuditEvent.Target("key", "zzzzzzzzzzzz"),
                  Optional.empty(),
                  List.of()),
              Optional.of("192.0.2.7")));
    }

    /** Both organizations act, and the chores run: as many days as told. */
    void days(int count) {
      for (int i = 0; i < count; i++) {
        act(brief);
        act(lasting);
        clock.advance(Duration.ofDays(1));
        chores();
      }
    }

    void chores() {
      sign.run(clock.instant());
      cut.run(clock.instant());
    }

    <R> R read(Function<Reader, R> work) {
      return store.<R>read(work::apply);
    }

    List<AuditEvent> events(Organization whose) {
      return read(reader ->
          reader.auditEventsAfter(
              AuditChain.of(whose.id()), AuditFilter.all(), 0, Long.MAX_VALUE, 1000));
    }

    List<AuditCheckpoint> checkpoints(Organization whose) {
      return read(
          reader -> reader.auditCheckpoints(AuditChain.of(whose.id()), Optional.empty(), 1000));
    }

    AuditVerification verify(List<AuditEvent> events, List<AuditCheckpoint> checkpoints) {
      AuditVerifier verifier =
          new AuditVerifier(
              keys().stream().flatMap(row -> row.intact().stream()).map(row -> row.key()).toList());
      long line = 1;
      for (AuditEvent event : events) {
        verifier.event(line++, event);
      }
      for (AuditCheckpoint checkpoint : checkpoints) {
        verifier.checkpoint(line++, checkpoint);
      }
      return verifier.finish();
    }

    @Override
    public void close() {
      opened.close();
      database.close();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("databases")
  void signCheckpoints_signsOnceADayWhatHasMoved(String name, Supplier<TestDatabase> made) {
    try (World world = new World(made)) {
      world.act(world.lasting);
      world.sign.run(world.clock.instant());
      assertThat(world.checkpoints(world.lasting)).hasSize(1);
      assertThat(world.checkpoints(world.brief)).isEmpty();
      world.act(world.lasting);
      world.clock.advance(Duration.ofHours(23));
      world.sign.run(world.clock.instant());
      assertThat(world.checkpoints(world.lasting)).hasSize(1);
      world.clock.advance(Duration.ofHours(1));
      world.sign.run(world.clock.instant());
      world.sign.run(world.clock.instant());
      assertThat(world.checkpoints(world.lasting))
          .extracting(AuditCheckpoint::number)
          .containsExactly(2L, 1L);
      world.clock.advance(Duration.ofDays(30));
      world.sign.run(world.clock.instant());
      assertThat(world.checkpoints(world.lasting)).hasSize(2);
      assertThat(
              world.read(
                  reader -> reader.auditCheckpoints(AuditChain.INSTALLATION, Optional.empty(), 9)))
          .hasSize(1);
    }
  }

  /** Retention cuts only at a signed checkpoint, says so in the chain, and leaves it whole. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("databases")
  void cutChains_removesWhatIsOlderThanThePolicy_andTheChainStaysWhole(
      String name, Supplier<TestDatabase> made) {
    try (World world = new World(made)) {
      world.days(20);
      assertThat(world.events(world.brief)).hasSize(20);
      world.days(60);
      assertThat(world.events(world.lasting)).hasSize(80);
      List<AuditEvent> left = world.events(world.brief);
      long first = left.get(0).number();
      assertThat(first).isGreaterThan(1);
      assertThat(left.get(0).at()).isAfterOrEqualTo(world.clock.instant().minus(KEPT));
      assertThat(left)
          .filteredOn(event -> event.act().action().equals("key.revoked"))
          .hasSizeBetween(29, 31);
      AuditEvent last =
          left.stream()
              .filter(event -> event.act().action().equals(AuditVerifier.CUT))
              .reduce((a, b) -> b)
              .orElseThrow();
      assertThat(last.act().changes().get(0).after()).isEqualTo(String.valueOf(first - 1));
      assertThat(world.checkpoints(world.brief)).anyMatch(c -> c.number() == first - 1);

      AuditVerification verification = world.verify(left, world.checkpoints(world.brief));
      assertThat(verification.findings()).isEmpty();
      assertThat(verification.first()).isEqualTo(first);
      assertThat(verification.last()).isEqualTo(left.get(left.size() - 1).number());

      // The control: whoever cuts further than retention did is found out.
      AuditVerification further =
          world.verify(left.subList(3, left.size()), world.checkpoints(world.brief));
      assertThat(further.findings())
          .extracting(AuditFinding::kind, AuditFinding::first, AuditFinding::last)
          .containsExactly(
              org.assertj.core.groups.Tuple.tuple(AuditFinding.Kind.TRUNCATED, first, first + 2));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("databases")
  void cutChains_withNothingOld_orNoCheckpoint_changesNothing(
      String name, Supplier<TestDatabase> made) {
    try (World world = new World(made)) {
      world.act(world.brief);
      world.clock.advance(Duration.ofDays(400));
      world.cut.run(world.clock.instant());
      assertThat(world.events(world.brief)).hasSize(1);
      world.chores();
      assertThat(world.events(world.brief))
          .extracting(event -> event.act().action())
          .containsExactly("audit.cut");
      Position before = world.position();
      world.chores();
      world.chores();
      assertThat(world.position()).isEqualTo(before);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("databases")
  void signingKeys_areMadeOnce(String name, Supplier<TestDatabase> made) {
    try (World world = new World(made)) {
      SigningKeys.ensure(world.store, RANDOM);
      assertThat(world.keys()).hasSize(1).allMatch(row -> isIntact(row));
      List<AuditEvent> events =
          world.read(reader ->
              reader.auditEvents(AuditChain.INSTALLATION, AuditFilter.all(), Optional.empty(), 9));
      assertThat(events)
          .extracting(event -> event.act().action())
          .containsExactly("signing_key.created");
    }
  }

  private static boolean isIntact(Sealed<?> row) {
    return row.intact().isPresent();
  }
}
