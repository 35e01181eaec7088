package io.bitting.server.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.bitting.access.Decision;
import io.bitting.access.VerifiedKey;
import io.bitting.id.ApiId;
import io.bitting.id.KeyId;
import io.bitting.id.OrganizationId;
import io.bitting.scope.Requirement;
import io.bitting.store.Position;
import io.bitting.usage.Demand;
import io.bitting.usage.Origin;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class RecentChecksTest {
  private static final OrganizationId OURS = new OrganizationId("ours00000000");
  private static final Demand DEMAND =
      new Demand(new ApiId("appsec"), Requirement.allOf("scans:read"), Optional.empty());

  private final RecentChecks recent =
      new RecentChecks(Clock.fixed(Instant.ofEpochMilli(1_000), ZoneOffset.UTC));

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

  private void check(VerifiedKey key) {
    Origin origin = new Origin("", "agent " + key.id().high());
    recent.put(
        recent.place(key),
        key,
        new Decision.Allowed(key, new Position("aaaaaaaa", 1)),
        DEMAND,
        origin);
  }

  @Test
  void of_moreThanAreKept_areTheLast() {
    int more = RecentChecks.KEPT + 10;
    for (int i = 0; i < more; i++) {
      check(key(i, OURS));
    }

    List<RecentChecks.Check> all = recent.of(OURS, 0, 1_000);
    assertThat(all)
        .extracting(check -> check.key().id().high())
        .containsExactlyElementsOf(LongStream.range(10, more).boxed().toList());
    assertThat(all).allMatch(check -> check.at().equals(Instant.ofEpochMilli(1_000)));
    assertThat(recent.of(OURS, 0, 2)).containsExactlyElementsOf(all.subList(126, 128));
    assertThat(recent.of(OURS, all.get(125).number(), 1_000)).hasSize(2);
    assertThat(recent.of(new OrganizationId("theirs000000"), 0, 1_000)).isEmpty();
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
                check(keys.get((i * 7 + seed) % keys.size()));
              }
            }));
      }
      while (!done.stream().allMatch(Future::isDone)) {
        for (RecentChecks.Check check : recent.of(OURS, 0, 1_000)) {
          assertThat(check.origin().userAgent()).isEqualTo("agent " + check.key().id().high());
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
