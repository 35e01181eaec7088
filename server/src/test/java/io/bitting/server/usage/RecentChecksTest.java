package io.bitting.server.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.bitting.access.Decision;
import io.bitting.access.DenialReason;
import io.bitting.access.VerifiedKey;
import io.bitting.fixtures.MutableClock;
import io.bitting.id.ApiId;
import io.bitting.id.KeyId;
import io.bitting.id.OrganizationId;
import io.bitting.scope.Requirement;
import io.bitting.store.Position;
import io.bitting.usage.Demand;
import io.bitting.usage.KnownOrigin;
import io.bitting.usage.Origin;
import io.bitting.usage.UsageCounter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class RecentChecksTest {
  private static final OrganizationId OURS = new OrganizationId("ours00000000");
  private static final Demand DEMAND =
      new Demand(new ApiId("appsec"), Requirement.allOf("scans:read"), Optional.empty());

  private static final Position AS_OF = new Position("aaaaaaaa", 1);

  private final MutableClock clock = new MutableClock();
  private final UsageCounter origins = new UsageCounter();
  private final RecentChecks recent = new RecentChecks(clock);

  private record OneKey(KeyId id, OrganizationId organization) implements VerifiedKey {
    @Override
    public ApiId api() {
      return DEMAND.api();
    }

    @Override
    public int secret() {
      return 1;
    }

    @Override
    public Optional<Instant> supersededAt() {
      return Optional.empty();
    }

    @Override
    public Optional<Instant> expiresAt() {
      return Optional.empty();
    }
  }

  private static VerifiedKey key(int number, OrganizationId organization) {
    return new OneKey(new KeyId(number, 0), organization);
  }

  /** Has a check kept, unless it is one too many; tells whether it was. */
  private boolean check(VerifiedKey key, Decision decision) {
    KnownOrigin from = origins.known(new Origin("", "agent " + key.id().high()));
    RecentChecks.Place place = recent.place(key, decision, clock.millis());
    if (place != null) {
      recent.put(place, key, decision, DEMAND, from);
    }
    return place != null;
  }

  private boolean allowed(VerifiedKey key) {
    return check(key, new Decision.Allowed(key, AS_OF));
  }

  private boolean denied(VerifiedKey key) {
    return check(
        key,
        new Decision.Denied(
            DenialReason.KEY_DISABLED, key, new TreeSet<>(), new TreeSet<>(), AS_OF));
  }

  @Test
  void of_moreThanAreKept_areTheLast() {
    int more = RecentChecks.KEPT + 10;
    for (int i = 0; i < more; i++) {
      denied(key(i, OURS));
    }

    List<RecentChecks.Check> all = recent.of(OURS, 0, 1_000);
    assertThat(all)
        .extracting(check -> check.key().high())
        .containsExactlyElementsOf(LongStream.range(10, more).boxed().toList());
    assertThat(all).allMatch(check -> check.at().equals(MutableClock.START));
    assertThat(recent.of(OURS, 0, 2)).containsExactlyElementsOf(all.subList(126, 128));
    assertThat(recent.of(OURS, all.get(125).number(), 1_000)).hasSize(2);
    assertThat(recent.of(new OrganizationId("theirs000000"), 0, 1_000)).isEmpty();
  }

  /** Allowed checks that come too quickly to be looked at do not push the refused ones out. */
  @Test
  void place_allowedFasterThanTheyAreKept_keepsSomeAndAllRefused() {
    for (int i = 0; i < RecentChecks.KEPT; i++) {
      assertThat(allowed(key(1, OURS))).isTrue();
    }
    assertThat(allowed(key(1, OURS))).isFalse();
    assertThat(denied(key(2, OURS))).isTrue();
    assertThat(allowed(key(3, new OrganizationId("theirs000000")))).isTrue();

    int kept = 0;
    for (int millis = 0; millis < 10_000; millis++) {
      clock.advance(Duration.ofMillis(1));
      kept += allowed(key(1, OURS)) ? 1 : 0;
    }

    assertThat(kept).isBetween(150, 170);
    clock.advance(Duration.ofDays(-1));
    assertThat(allowed(key(1, OURS))).isTrue();
  }

  /** Whoever looks sees each check as it was, never parts of two. */
  @Test
  void of_whileOthersCheck_mixesNothing() throws Exception {
    List<VerifiedKey> keys = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      keys.add(key(i, OURS));
    }
    int seen = 0;
    try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
      List<Future<?>> done = new ArrayList<>();
      for (int thread = 0; thread < 3; thread++) {
        int seed = thread;
        done.add(
            threads.submit(() -> {
              for (int i = 0; i < 300_000; i++) {
                denied(keys.get((i * 7 + seed) % keys.size()));
              }
            }));
      }
      while (!done.stream().allMatch(Future::isDone)) {
        for (RecentChecks.Check check : recent.of(OURS, 0, 1_000)) {
          assertThat(check.origin().userAgent()).isEqualTo("agent " + check.key().high());
          seen++;
        }
      }
      for (Future<?> future : done) {
        future.get();
      }
    }
    assertThat(seen).isPositive();
    assertThat(recent.of(OURS, 0, 1_000)).hasSizeGreaterThan(RecentChecks.KEPT / 2);
  }
}
