package io.bitting.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.bitting.access.DenialReason;
import io.bitting.fixtures.MutableClock;
import io.bitting.id.KeyId;
import io.bitting.id.OrganizationId;
import io.bitting.scope.Requirement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every ledger does. A subclass is a factory; it loosens nothing. */
public abstract class UsageLedgerContract {
  private static final Instant START = MutableClock.START;
  private static final Instant END = START.plus(Duration.ofDays(30));
  private static final OrganizationId ORGANIZATION =
      new OrganizationId("Organization".substring(0, 12));
  private static final KeyId KEY = UsageMother.key(1).id();
  private static final Origin HERE = new Origin("203.0.113.7", "curl/8.0");

  private final MutableClock clock = new MutableClock();
  private final AtomicLong batches = new AtomicLong();
  private UsageLedger ledger;

  /**
   * Opens the ledger once more, as another node does: on the same storage each time.
   *
   * @param clock tells the time
   */
  protected abstract UsageLedger open(Clock clock);

  @BeforeEach
  final void begin() {
    ledger = open(clock);
    ledger.begin(clock.instant());
  }

  /** Closes what {@link #open} opened. */
  @AfterEach
  protected abstract void close();

  private static Counted counted(
      KeyId key, Demand demand, Optional<DenialReason> denial, Instant at, long count) {
    return counted(key, 1, demand, denial, at, count, HERE);
  }

  private static Counted counted(
      KeyId key,
      int secret,
      Demand demand,
      Optional<DenialReason> denial,
      Instant at,
      long count,
      Origin origin) {
    return new Counted(key, ORGANIZATION, secret, demand, denial, at, at, count, origin);
  }

  private UsageLedger.Batch write(Counted... counts) {
    return write(new Harvest(List.of(counts), Optional.empty()));
  }

  private UsageLedger.Batch write(Harvest harvest) {
    UsageLedger.Batch batch =
        new UsageLedger.Batch(batches.incrementAndGet(), harvest, clock.instant());
    ledger.write(batch);
    return batch;
  }

  private KeyUse use() {
    return ledger.use(KEY, START, clock.instant().plus(Duration.ofHours(1)));
  }

  @Test
  void use_isWhatWasWritten() {
    Demand operation =
        new Demand(UsageMother.APPSEC, UsageMother.EITHER, Optional.of("GET /scans/{id}"));
    Demand given = UsageMother.given(new Requirement.AnyValidKey());
    write(
        counted(KEY, operation, Optional.empty(), START, 3),
        counted(KEY, given, Optional.of(DenialReason.KEY_EXPIRED), START, 2));
    Instant later = START.plus(Duration.ofMinutes(61));
    write(
        counted(KEY, operation, Optional.empty(), later, 4),
        counted(KEY, operation, Optional.of(DenialReason.INSUFFICIENT_SCOPE), later, 1));
    clock.advance(Duration.ofHours(2));
    write();

    KeyUse use = use();
    assertThat(use.uses())
        .containsExactlyInAnyOrder(
            new Use(
                UsageMother.APPSEC,
                UsageMother.EITHER,
                Optional.of("GET /scans/{id}"),
                START,
                later,
                7,
                1),
            new Use(
                UsageMother.APPSEC,
                new Requirement.AnyValidKey(),
                Optional.empty(),
                START,
                START,
                0,
                2));
    assertThat(use.last())
        .contains(new LastUse(later, Optional.of("203.0.113.7"), Optional.of("curl/8.0")));
    assertThat(use.complete()).isTrue();
    assertThat(ledger.use(UsageMother.key(2).id(), START, END))
        .isEqualTo(new KeyUse(UsageMother.key(2).id(), List.of(), Optional.empty(), true));
  }

  @Test
  void use_ofAWindow_isRoundedToHours() {
    Demand demand = UsageMother.given(UsageMother.READ);
    write(
        counted(KEY, demand, Optional.empty(), START.plus(Duration.ofMinutes(30)), 1),
        counted(KEY, demand, Optional.empty(), START.plus(Duration.ofMinutes(90)), 10),
        counted(KEY, demand, Optional.empty(), START.plus(Duration.ofMinutes(150)), 100));

    KeyUse use =
        ledger.use(KEY, START.plus(Duration.ofMinutes(110)), START.plus(Duration.ofMinutes(120)));
    assertThat(use.uses()).extracting(Use::allowed).containsExactly(10L);
    assertThat(ledger.tallies(KEY, START, END))
        .containsExactly(
            new Tally(START, Duration.ofHours(1), 1, 0),
            new Tally(START.plus(Duration.ofHours(1)), Duration.ofHours(1), 10, 0),
            new Tally(START.plus(Duration.ofHours(2)), Duration.ofHours(1), 100, 0));
  }

  /** A batch whose commit was in doubt is written again. */
  @Test
  void write_sameBatchAgain_changesNothing() {
    UsageLedger.Batch batch =
        write(counted(KEY, UsageMother.given(UsageMother.READ), Optional.empty(), START, 5));

    ledger.write(batch);

    assertThat(use().uses()).extracting(Use::allowed).containsExactly(5L);
  }

  @Test
  void write_byTwoNodes_isTheSum() {
    Demand demand = UsageMother.given(UsageMother.READ);
    write(counted(KEY, demand, Optional.empty(), START, 5));
    UsageLedger other = open(clock);
    other.begin(clock.instant());
    other.write(
        new UsageLedger.Batch(
            1,
            new Harvest(
                List.of(counted(KEY, demand, Optional.empty(), START, 7)), Optional.empty()),
            START));

    assertThat(use().uses()).extracting(Use::allowed).containsExactly(12L);
  }

  @Test
  void lastUses_areOfTheNewestUse_andOfEachSecret() {
    Demand demand = UsageMother.given(UsageMother.READ);
    Instant later = START.plus(Duration.ofMinutes(5));
    Origin there = new Origin("2001:db8::1", "");
    write(
        counted(KEY, 2, demand, Optional.empty(), later, 1, there),
        counted(KEY, 1, demand, Optional.empty(), START, 1, HERE));
    // Told late, by a node that is behind.
    write(counted(KEY, 2, demand, Optional.empty(), START, 1, HERE));
    // No use of it.
    write(
        counted(
            KEY,
            2,
            demand,
            Optional.of(DenialReason.KEY_REVOKED),
            START.plus(Duration.ofMinutes(9)),
            1,
            HERE));

    LastUse newest = new LastUse(later, Optional.of("2001:db8::1"), Optional.empty());
    assertThat(ledger.lastUses(List.of(KEY, UsageMother.key(7).id())))
        .isEqualTo(Map.of(KEY, newest));
    assertThat(ledger.lastUsesBySecret(KEY))
        .isEqualTo(
            Map.of(
                1,
                new LastUse(START, Optional.of("203.0.113.7"), Optional.of("curl/8.0")),
                2,
                newest));
    assertThat(ledger.lastUses(List.of())).isEmpty();
  }

  @Test
  void lastUses_ofAKeyThatWasOnlyRefused_isNothing() {
    write(
        counted(
            KEY,
            UsageMother.given(UsageMother.READ),
            Optional.of(DenialReason.KEY_EXPIRED),
            START,
            4));

    assertThat(ledger.lastUses(List.of(KEY))).isEmpty();
    assertThat(ledger.denials(ORGANIZATION, START.atOffset(ZoneOffset.UTC).toLocalDate()))
        .isEqualTo(Map.of(DenialReason.KEY_EXPIRED, 4L));
  }

  @Test
  void rollUp_changesNoSum_andLeavesDays() {
    Demand demand = UsageMother.given(UsageMother.READ);
    for (int hour = 0; hour < 60; hour++) {
      write(counted(KEY, demand, Optional.empty(), START.plus(Duration.ofHours(hour)), hour + 1));
    }
    clock.advance(Duration.ofDays(3));
    KeyUse before = ledger.use(KEY, START, START.plus(Duration.ofDays(3)));

    ledger.rollUp(START.truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(2)));
    ledger.rollUp(START.truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(2)));

    assertThat(ledger.use(KEY, START, START.plus(Duration.ofDays(3)))).isEqualTo(before);
    List<Tally> tallies = ledger.tallies(KEY, START, START.plus(Duration.ofDays(3)));
    assertThat(tallies.subList(0, 2)).extracting(Tally::length).containsOnly(Duration.ofDays(1));
    assertThat(tallies).hasSize(2 + 60 - 15 - 24);
    assertThat(tallies.stream().mapToLong(Tally::allowed).sum()).isEqualTo(1_830);
  }

  @Test
  void use_ofAWindowWithLostCounts_isIncomplete() {
    Instant lost = START.plus(Duration.ofHours(5));
    write(
        new Harvest(
            List.of(), Optional.of(new Harvest.Lost(3, lost, lost.plus(Duration.ofMinutes(1))))));
    clock.advance(Duration.ofHours(10));
    write();

    assertThat(ledger.use(KEY, START, clock.instant()).complete()).isFalse();
    assertThat(ledger.use(KEY, START, lost).complete()).isTrue();
    assertThat(ledger.use(KEY, lost.plus(Duration.ofHours(1)), clock.instant()).complete())
        .isTrue();
  }

  @Test
  void use_ofAWindowBeforeTheLedgerBegan_isIncomplete() {
    assertThat(ledger.use(KEY, START.minusMillis(1), START).complete()).isFalse();
    assertThat(ledger.use(KEY, START, START).complete()).isTrue();
  }

  /** As after a process that was killed: what it had not told is lost. */
  @Test
  void use_afterANodeThatEndedWithoutAWord_isIncomplete() {
    write(counted(KEY, UsageMother.given(UsageMother.READ), Optional.empty(), START, 1));
    clock.advance(Duration.ofHours(3));
    assertThat(use().complete()).isFalse();

    UsageLedger next = open(clock);
    next.begin(clock.instant());
    clock.advance(Duration.ofHours(3));
    next.write(new UsageLedger.Batch(1, new Harvest(List.of(), Optional.empty()), clock.instant()));

    assertThat(next.use(KEY, START, clock.instant()).complete()).isFalse();
    assertThat(next.use(KEY, START.plus(Duration.ofHours(4)), clock.instant()).complete()).isTrue();
  }

  @Test
  void use_afterANodeThatSaidItsEnd_isComplete() {
    ledger.end(clock.instant());
    clock.advance(Duration.ofHours(3));

    UsageLedger next = open(clock);
    next.begin(clock.instant());

    assertThat(next.use(KEY, START, clock.instant()).complete()).isTrue();
  }

  @Test
  void forget_keepsWhatIsNewer_andMarksWhatWasBefore() {
    Demand demand = UsageMother.given(UsageMother.READ);
    Instant later = START.plus(Duration.ofDays(5));
    write(
        counted(KEY, demand, Optional.of(DenialReason.INSUFFICIENT_SCOPE), START, 3),
        counted(KEY, demand, Optional.empty(), START, 1),
        counted(UsageMother.key(2).id(), demand, Optional.empty(), later, 1));
    clock.advance(Duration.ofDays(10));
    write();
    Instant cut = START.truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(2));
    ledger.rollUp(START.plus(Duration.ofDays(1)));

    assertThat(ledger.organizations()).containsExactly(ORGANIZATION);
    assertThat(ledger.hasBefore(ORGANIZATION, START.minus(Duration.ofDays(1)))).isFalse();
    assertThat(ledger.hasBefore(ORGANIZATION, cut)).isTrue();
    ledger.forget(ORGANIZATION, cut);
    assertThat(ledger.hasBefore(ORGANIZATION, cut)).isFalse();

    assertThat(use().uses()).isEmpty();
    assertThat(use().complete()).isFalse();
    assertThat(ledger.use(KEY, cut, clock.instant()).complete()).isTrue();
    assertThat(ledger.lastUses(List.of(KEY)))
        .containsEntry(KEY, new LastUse(START, Optional.empty(), Optional.empty()));
    assertThat(ledger.use(UsageMother.key(2).id(), later, clock.instant()).uses()).hasSize(1);
    assertThat(ledger.denials(ORGANIZATION, START.atOffset(ZoneOffset.UTC).toLocalDate()))
        .isEmpty();
  }

  /** Each has a window of its own, and what is lost is lost to those whose window it is in. */
  @Test
  void uses_ofSeveralKeys_areWhatEachOfThemHas() {
    Demand demand = UsageMother.given(UsageMother.READ);
    OrganizationId other = new OrganizationId("Elsewhere123");
    KeyId elsewhere = UsageMother.key(3).id();
    Instant later = START.plus(Duration.ofDays(4));
    write(
        counted(KEY, demand, Optional.empty(), START, 1),
        counted(KEY, demand, Optional.empty(), later, 10),
        counted(UsageMother.key(2).id(), demand, Optional.empty(), START, 100),
        counted(UsageMother.key(2).id(), demand, Optional.empty(), later, 1000),
        new Counted(elsewhere, other, 1, demand, Optional.empty(), START, later, 7, HERE));
    clock.advance(Duration.ofDays(4));
    ledger.rollUp(START.plus(Duration.ofDays(2)));
    write();
    ledger.forget(other, later.minus(Duration.ofDays(1)).truncatedTo(ChronoUnit.DAYS));
    Map<KeyId, Instant> from = new HashMap<>();
    from.put(KEY, later);
    from.put(UsageMother.key(2).id(), START);
    from.put(elsewhere, START);
    from.put(UsageMother.key(4).id(), START.minusMillis(1));
    for (int i = 10; i < 600; i++) {
      from.put(UsageMother.key(i).id(), START);
    }
    Instant until = clock.instant().plus(Duration.ofHours(1));

    Map<KeyId, KeyUse> uses = ledger.uses(from, until);
    assertThat(uses).hasSize(from.size());
    assertThat(uses.get(KEY).uses()).extracting(Use::allowed).containsExactly(10L);
    assertThat(uses.get(UsageMother.key(2).id()).uses())
        .extracting(Use::allowed)
        .containsExactly(1100L);
    assertThat(uses.get(KEY).complete()).isTrue();
    assertThat(uses.get(elsewhere).complete()).isFalse();
    assertThat(uses.get(UsageMother.key(4).id()).complete()).isFalse();
    for (int i : new int[] {1, 2, 3, 4, 10, 599}) {
      KeyId key = UsageMother.key(i).id();
      assertThat(uses.get(key)).isEqualTo(ledger.use(key, from.get(key), until));
    }
    assertThat(ledger.uses(Map.of(), until)).isEmpty();
  }

  /** Somebody who makes up requirements fills no disk; what is not kept is marked. */
  @Test
  void write_madeUpRequirements_areBounded() {
    List<Counted> some = new ArrayList<>();
    for (int i = 0; i < 10_020; i++) {
      some.add(
          counted(
              KEY,
              UsageMother.given(Requirement.allOf("made:up" + i)),
              Optional.empty(),
              START,
              1));
    }
    for (int i = 0; i < some.size(); i += UsageLedger.BATCH_MAX) {
      write(
          new Harvest(
              some.subList(i, Math.min(some.size(), i + UsageLedger.BATCH_MAX)), Optional.empty()));
    }
    write(
        counted(
            KEY,
            new Demand(UsageMother.APPSEC, UsageMother.READ, Optional.of("GET /scans")),
            Optional.empty(),
            START,
            1));

    KeyUse use = use();
    assertThat(use.uses()).hasSize(10_001);
    assertThat(use.complete()).isFalse();
  }

  /** Whatever is counted, written, repeated and rolled up, sums are those of a naive model. */
  @Test
  void uses_areThoseOfANaiveModel() {
    SplittableRandom random = new SplittableRandom(4);
    List<Demand> demands =
        List.of(
            UsageMother.given(UsageMother.READ),
            UsageMother.given(UsageMother.EITHER),
            new Demand(UsageMother.APPSEC, UsageMother.READ, Optional.of("GET /scans")),
            new Demand(UsageMother.APPSEC, UsageMother.READ, Optional.of("GET /scans/{id}")));
    Map<List<Object>, long[]> model = new HashMap<>();
    for (int batch = 0; batch < 60; batch++) {
      List<Counted> counts = new ArrayList<>();
      for (int i = random.nextInt(30); i > 0; i--) {
        KeyId key = UsageMother.key(random.nextInt(4)).id();
        Demand demand = demands.get(random.nextInt(demands.size()));
        boolean denied = random.nextInt(3) == 0;
        long count = 1L + random.nextInt(9);
        counts.add(
            counted(
                key,
                demand,
                denied ? Optional.of(DenialReason.INSUFFICIENT_SCOPE) : Optional.empty(),
                clock.instant().minus(Duration.ofMinutes(random.nextInt(90))),
                count));
        model.computeIfAbsent(List.of(key, demand), none -> new long[2])[denied ? 1 : 0] += count;
      }
      UsageLedger.Batch written = write(counts.toArray(new Counted[0]));
      if (random.nextInt(3) == 0) {
        ledger.write(written);
      }
      clock.advance(Duration.ofMinutes(random.nextInt(300)));
      if (random.nextInt(5) == 0) {
        ledger.rollUp(clock.instant().truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(1)));
      }
    }

    Map<List<Object>, List<Long>> expected = new HashMap<>();
    model.forEach((row, sums) -> expected.put(row, List.of(sums[0], sums[1])));
    Map<List<Object>, List<Long>> read = new HashMap<>();
    for (int i = 0; i < 4; i++) {
      KeyId key = UsageMother.key(i).id();
      Instant from = START.minus(Duration.ofDays(1));
      for (Use use : ledger.use(key, from, END).uses()) {
        read.put(
            List.of(key, new Demand(UsageMother.APPSEC, use.requirement(), use.operation())),
            List.of(use.allowed(), use.denied()));
      }
      assertThat(ledger.tallies(key, from, END).stream().mapToLong(Tally::allowed).sum())
          .isEqualTo(ledger.use(key, from, END).uses().stream().mapToLong(Use::allowed).sum());
    }
    assertThat(read).isEqualTo(expected);
  }
}
