package io.bitting.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.bitting.access.Decision;
import io.bitting.access.DenialReason;
import io.bitting.fixtures.MutableClock;
import io.bitting.id.KeyId;
import io.bitting.scope.Requirement;
import io.bitting.scope.Scope;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class UsageCounterTest {
  private static final Origin HERE = new Origin("203.0.113.7", "curl/8.0");

  private final MutableClock clock = new MutableClock();
  private final UsageCounter counter = new UsageCounter();

  private KnownOrigin here() {
    return counter.known(HERE);
  }

  private static long count(Harvest harvest) {
    return harvest.counted().stream().mapToLong(Counted::count).sum();
  }

  @Test
  void harvest_nothingCounted_isEmpty() {
    assertThat(counter.harvest()).isEqualTo(new Harvest(List.of(), Optional.empty()));
  }

  @Test
  void count_sameAgain_isOneEntry() {
    Decision allowed = UsageMother.allowed(UsageMother.key(1));
    counter.count(allowed, UsageMother.APPSEC, UsageMother.READ, here(), clock.millis());
    clock.advance(Duration.ofMinutes(3));
    counter.count(
        allowed,
        UsageMother.APPSEC,
        Requirement.allOf("scans:read"),
        counter.known(Origin.UNKNOWN),
        clock.millis());

    assertThat(counter.harvest().counted())
        .containsExactly(
            new Counted(
                UsageMother.key(1).id(),
                UsageMother.key(1).organization(),
                1,
                UsageMother.given(UsageMother.READ),
                Optional.empty(),
                MutableClock.START,
                MutableClock.START.plus(Duration.ofMinutes(3)),
                2,
                Origin.UNKNOWN));
    assertThat(counter.harvest().counted()).isEmpty();
  }

  @Test
  void count_byOperationAndByRequirement_areApart() {
    Decision allowed = UsageMother.allowed(UsageMother.key(1));
    counter.count(allowed, UsageMother.APPSEC, UsageMother.GET_SCANS, here(), clock.millis());
    counter.count(allowed, UsageMother.APPSEC, UsageMother.READ, here(), clock.millis());

    assertThat(counter.harvest().counted())
        .extracting(Counted::demand)
        .containsExactlyInAnyOrder(
            new Demand(UsageMother.APPSEC, UsageMother.READ, Optional.of("GET /scans/{id}")),
            UsageMother.given(UsageMother.READ));
  }

  /** Nobody can say whose key it was. */
  @Test
  void count_secretNotProved_isNothing() {
    counter.count(
        UsageMother.unproved(), UsageMother.APPSEC, UsageMother.READ, here(), clock.millis());

    assertThat(counter.harvest()).isEqualTo(new Harvest(List.of(), Optional.empty()));
  }

  @Test
  void count_unprintableUserAgent_isCutAndCleaned() {
    counter.count(
        UsageMother.allowed(UsageMother.key(1)),
        UsageMother.APPSEC,
        UsageMother.READ,
        counter.known(new Origin("", "a\u0000b\u00e9\n" + "x y".repeat(1_000))),
        clock.millis());

    assertThat(counter.harvest().counted().get(0).origin().userAgent())
        .isEqualTo(("a?b??" + "x y".repeat(65)));
  }

  /** Somebody may send a key in the wrong header. */
  @Test
  void origin_wordAsLongAsAToken_isNotKept() {
    String word = "bit_" + "4fT9xQ2mZp7B".repeat(5);

    assertThat(new Origin("", word).userAgent()).isEqualTo("...");
    assertThat(new Origin("", "curl/8.0 (" + word + ") x").userAgent())
        .isEqualTo("curl/8.0 (...) x");
    assertThat(new Origin("", "x".repeat(40)).userAgent()).hasSize(40);
  }

  @Test
  void isUse_isWhenTheKeyWasLive() {
    Set<DenialReason> live =
        Set.of(DenialReason.INSUFFICIENT_SCOPE, DenialReason.REQUIREMENT_UNKNOWN);
    for (DenialReason reason : DenialReason.values()) {
      counter.count(
          UsageMother.denied(UsageMother.key(1), reason),
          UsageMother.APPSEC,
          UsageMother.READ,
          here(),
          clock.millis());
    }

    assertThat(counter.harvest().counted())
        .hasSameSizeAs(DenialReason.values())
        .allMatch(counted -> counted.isUse() == live.contains(counted.denial().orElseThrow()));
  }

  /** What does not fit is said, so that nobody takes the rest for everything. */
  @Test
  void count_moreEntriesThanFit_isLostAndSaid() {
    UsageCounter small = new UsageCounter(10);
    for (int key = 0; key < 15; key++) {
      small.count(
          UsageMother.allowed(UsageMother.key(key)),
          UsageMother.APPSEC,
          UsageMother.READ,
          here(),
          clock.millis());
    }
    clock.advance(Duration.ofMinutes(2));
    small.count(
        UsageMother.allowed(UsageMother.key(99)),
        UsageMother.APPSEC,
        UsageMother.READ,
        here(),
        clock.millis());
    small.count(
        UsageMother.allowed(UsageMother.key(3)),
        UsageMother.APPSEC,
        UsageMother.READ,
        here(),
        clock.millis());

    Harvest harvest = small.harvest();
    assertThat(count(harvest)).isEqualTo(11);
    assertThat(harvest.lost())
        .contains(
            new Harvest.Lost(
                6, MutableClock.START, MutableClock.START.plus(Duration.ofMinutes(2))));
    small.count(
        UsageMother.allowed(UsageMother.key(99)),
        UsageMother.APPSEC,
        UsageMother.READ,
        here(),
        clock.millis());
    assertThat(count(small.harvest())).isEqualTo(1);
    assertThat(small.harvest().lost()).isEmpty();
  }

  /** A caller of verify may make up any number of requirements, of any size. */
  @Test
  void count_madeUpRequirements_areBounded() {
    Decision allowed = UsageMother.allowed(UsageMother.key(1));
    for (int i = 0; i < Demands.COUNT_MAX + 100; i++) {
      counter.count(
          allowed, UsageMother.APPSEC, Requirement.allOf("made:up" + i), here(), clock.millis());
    }
    Harvest many = counter.harvest();
    assertThat(many.counted()).hasSize(Demands.COUNT_MAX);
    assertThat(many.lost().orElseThrow().count()).isEqualTo(100);

    counter.harvest();
    Set<Scope> large =
        IntStream.rangeClosed(0, Demands.SCOPES_MAX)
            .mapToObj(i -> new Scope("s" + i))
            .collect(Collectors.toCollection(TreeSet::new));
    counter.count(
        allowed,
        UsageMother.APPSEC,
        new Requirement.Scopes(List.of(large)),
        here(),
        clock.millis());
    assertThat(counter.harvest().lost().orElseThrow().count()).isEqualTo(1);
  }

  /** As many counts come out as went in, whoever counts and empties meanwhile. */
  @Test
  void harvest_whileThreadsCount_losesNothing() throws Exception {
    int threads = 4;
    int each = 200_000;
    List<Harvest> harvests = new ArrayList<>();
    try (Pool pool = new Pool(threads)) {
      List<Future<?>> done = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        int seed = thread;
        done.add(
            pool.executor.submit(() -> {
              for (int i = 0; i < each; i++) {
                counter.count(
                    UsageMother.allowed(UsageMother.key((i * 7 + seed) % 50)),
                    UsageMother.APPSEC,
                    UsageMother.READ,
                    here(),
                    clock.millis());
              }
            }));
      }
      while (!done.stream().allMatch(Future::isDone)) {
        harvests.add(counter.harvest());
      }
      for (Future<?> future : done) {
        future.get();
      }
    }
    harvests.add(counter.harvest());
    harvests.add(counter.harvest());

    assertThat(harvests.stream().mapToLong(UsageCounterTest::count).sum())
        .isEqualTo((long) threads * each);
    assertThat(harvests).allMatch(harvest -> harvest.lost().isEmpty());
  }

  private static final class Pool implements AutoCloseable {
    final ExecutorService executor;

    Pool(int threads) {
      executor = Executors.newFixedThreadPool(threads);
    }

    @Override
    public void close() {
      executor.shutdownNow();
    }
  }

  /** What was counted before makes no garbage when it is counted again. */
  @Test
  void count_steadyState_allocatesNothing() {
    Decision allowed = UsageMother.allowed(UsageMother.key(1));
    com.sun.management.ThreadMXBean memory =
        (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    int checks = 100_000;
    countSome(allowed, checks);

    long before = memory.getCurrentThreadAllocatedBytes();
    countSome(allowed, checks);
    long bytes = memory.getCurrentThreadAllocatedBytes() - before;

    assertThat(bytes).isLessThan(checks);
  }

  private void countSome(Decision decision, int checks) {
    KnownOrigin here = here();
    long now = clock.millis();
    for (int i = 0; i < checks; i++) {
      counter.count(decision, UsageMother.APPSEC, UsageMother.GET_SCANS, here, now);
      counter.count(decision, UsageMother.APPSEC, UsageMother.READ, here, now);
    }
  }

  /** Counts as a naive model does, whenever it is emptied and however time goes on. */
  @Property(tries = 300)
  void counts_areThoseOfANaiveModel(
      @ForAll @Size(max = 300) List<@IntRange(min = 0, max = 9_999) Integer> steps) {
    MutableClock moved = new MutableClock();
    UsageCounter tested = new UsageCounter(1_000);
    Map<List<Object>, Long> model = new HashMap<>();
    Map<List<Object>, Long> counted = new HashMap<>();
    for (int step : steps) {
      int key = step % 3;
      boolean byOperation = step / 3 % 2 == 0;
      boolean denied = step / 6 % 4 == 0;
      Requirement requirement = step / 24 % 2 == 0 ? UsageMother.READ : UsageMother.EITHER;
      Decision decision =
          denied
              ? UsageMother.denied(UsageMother.key(key), DenialReason.INSUFFICIENT_SCOPE)
              : UsageMother.allowed(UsageMother.key(key));
      if (byOperation) {
        tested.count(
            decision,
            UsageMother.APPSEC,
            UsageMother.GET_SCANS,
            tested.known(HERE),
            moved.millis());
      } else {
        tested.count(decision, UsageMother.APPSEC, requirement, tested.known(HERE), moved.millis());
      }
      model.merge(
          row(
              UsageMother.key(key).id(),
              byOperation
                  ? new Demand(UsageMother.APPSEC, UsageMother.READ, Optional.of("GET /scans/{id}"))
                  : UsageMother.given(requirement),
              denied,
              moved.instant()),
          1L,
          Long::sum);
      moved.advance(Duration.ofMinutes(step / 48 % 5 * 11L));
      if (step / 240 % 7 == 0) {
        tested.harvest().counted().forEach(each -> add(counted, each));
      }
    }
    tested.harvest().counted().forEach(each -> add(counted, each));

    assertThat(counted).isEqualTo(model);
  }

  private static void add(Map<List<Object>, Long> counts, Counted counted) {
    counts.merge(
        row(counted.key(), counted.demand(), counted.denial().isPresent(), counted.first()),
        counted.count(),
        Long::sum);
  }

  private static List<Object> row(KeyId key, Demand demand, boolean denied, Instant at) {
    return List.of(key, demand, denied, at.truncatedTo(ChronoUnit.HOURS));
  }
}
