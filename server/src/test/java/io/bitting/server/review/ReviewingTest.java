package io.bitting.server.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bitting.audit.Actor;
import io.bitting.client.protocol.ReviewAnswer.Progress;
import io.bitting.client.protocol.ReviewedKey;
import io.bitting.fixtures.MutableClock;
import io.bitting.id.KeyId;
import io.bitting.id.OrganizationId;
import io.bitting.key.Key;
import io.bitting.key.Revocation;
import io.bitting.key.RevocationReason;
import io.bitting.seal.Sealed;
import io.bitting.server.Tenant;
import io.bitting.server.TestServer;
import io.bitting.server.review.Reviewing.Shown;
import io.bitting.store.ReviewDecision;
import io.bitting.store.ReviewDecision.Verdict;
import io.bitting.store.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is shown by a survey is what judging every key afresh says of the same keys. */
final class ReviewingTest {
  private static final int MANY = 1_000_000;

  private final MutableClock clock = new MutableClock();
  private final PlainUsage usage = new PlainUsage();

  /** An organization with random keys on one of the databases. */
  private final class World {
    private final TestServer server;
    private final Tenant tenant;
    private final OrganizationId organization;
    private final String api;
    private final SplittableRandom random;
    private final List<KeyId> keys = new ArrayList<>();

    World(TestServer server, long seed) {
      this.server = server;
      this.tenant = server.tenant();
      this.organization = new OrganizationId(tenant.id());
      this.api = server.api();
      this.random = new SplittableRandom(seed);
      clock.set(Instant.now().truncatedTo(ChronoUnit.MILLIS).plus(Duration.ofHours(1)));
      usage.on(api);
    }

    Reviewing reviewing(int few, ExecutorService executor) {
      return new Reviewing(server.store(), usage, clock, few, executor);
    }

    KeyId make() {
      List<String> scopes =
          Stream.of("orders:read", "orders:write", "orders:refund", "bot")
              .filter(scope -> random.nextBoolean() || scope.equals("bot"))
              .toList();
      Tenant.Made made =
          tenant.issue(
              tenant.owner(),
              TestServer.json(
                  "api",
                  api,
                  "name",
                  server.unique("key"),
                  "purpose",
                  random.nextBoolean() ? "tests" : "",
                  "scopes",
                  scopes,
                  "expires_at",
                  random.nextBoolean()
                      ? null
                      : clock.instant().plus(Duration.ofDays(300)).toString()));
      KeyId key = KeyId.parse(made.id()).orElseThrow();
      keys.add(key);
      if (random.nextInt(3) == 0) {
        use(key);
      }
      return key;
    }

    private void use(KeyId key) {
      usage.allowed(key.text(), "bot", clock.instant().minusSeconds(1), 3);
    }

    private void decide(KeyId key, Verdict verdict) {
      ReviewDecision decision =
          new ReviewDecision(
              key,
              organization,
              verdict,
              "tests",
              verdict == Verdict.REVOKE ? null : clock.instant().plus(Duration.ofDays(30)),
              clock.instant(),
              new Actor(Actor.Kind.OPERATOR, "tests"));
      server
          .store()
          .write(writer -> {
            writer.putReviewDecision(decision);
            return 0;
          });
    }

    private void revoke(KeyId id) {
      server
          .store()
          .write(writer -> {
            Key key = writer.lockKey(id).flatMap(Sealed::intact).orElseThrow().key();
            writer.updateKey(
                key.revoked(clock.instant(), new Revocation(RevocationReason.OTHER, "")));
            return 0;
          });
    }

    /** Changes something about a key that is not gone. */
    private void change() {
      KeyId key = keys.get(random.nextInt(keys.size()));
      switch (random.nextInt(6)) {
        case 0 -> decide(key, Verdict.KEEP);
        case 1 -> decide(key, Verdict.RIGHT_SIZE);
        case 2 -> {
          keys.remove(key);
          revoke(key);
          decide(key, Verdict.REVOKE);
        }
        case 3 -> {
          keys.remove(key);
          revoke(key);
        }
        case 4 -> use(key);
        default -> make();
      }
    }
  }

  private static Stream<Arguments> worlds() {
    return Stream.of(TestServer.shared(), TestServer.sharedOnPostgresql())
        .flatMap(server -> Stream.of(1L, 2L, 3L, 4L).map(seed -> Arguments.of(server, seed)));
  }

  private static List<String> ids(List<ReviewedKey> keys) {
    return keys.stream().map(key -> key.key().id()).toList();
  }

  /** The servers are shared, and left running. */
  @ParameterizedTest(autoCloseArguments = false)
  @MethodSource("worlds")
  void first_bySurvey_isWhatJudgingAfreshSays(TestServer server, long seed) throws Exception {
    World world = new World(server, seed);
    for (int i = 0; i < 12; i++) {
      world.make();
    }
    world.decide(world.keys.getFirst(), Verdict.KEEP);
    try (ExecutorService executor = Executors.newSingleThreadExecutor();
        Reviewing surveying = world.reviewing(0, executor);
        Reviewing fresh = world.reviewing(MANY, Executors.newSingleThreadExecutor())) {
      // Nothing has changed: it is the same to the last word, and the whole is no other.
      Shown surveyed = surveying.first(world.organization, Which.ALL, 200, clock.instant());
      for (Which which : Which.values()) {
        for (int limit : new int[] {1, 3, 200}) {
          Shown first = surveying.first(world.organization, which, limit, clock.instant());
          assertThat(first)
              .isEqualTo(fresh.first(world.organization, which, limit, clock.instant()));
        }
      }
      assertThat(
              surveying.whole(
                  world.organization, Which.ALL, Period.usual(clock.instant()), clock.instant()))
          .isEqualTo(surveyed);

      clock.advance(Duration.ofSeconds(20));
      for (int i = 0; i < 8; i++) {
        world.change();
      }
      clock.advance(Duration.ofSeconds(20));
      Map<String, Boolean> surveyedAs = new java.util.LinkedHashMap<>();
      surveyed.keys().forEach(key -> surveyedAs.put(key.key().id(), key.decision() != null));
      Set<String> decided = new HashSet<>();
      server
          .store()
          .<Integer>read(reader -> {
            reader
                .reviewDecisions(world.organization, surveyed.rankedAt(), 99)
                .forEach(row -> decided.add(row.unchecked().key().text()));
            return 0;
          });
      for (Which which : Which.values()) {
        Map<String, ReviewedKey> now = new java.util.HashMap<>();
        fresh
            .first(world.organization, which, 200, clock.instant())
            .keys()
            .forEach(key -> now.put(key.key().id(), key));
        List<String> there =
            surveyedAs.keySet().stream()
                .filter(id -> which.has(surveyedAs.get(id)) || decided.contains(id))
                .filter(now::containsKey)
                .toList();
        for (int limit : new int[] {1, 3, 200}) {
          Shown shown = surveying.first(world.organization, which, limit, clock.instant());
          assertThat(ids(shown.keys()))
              .as("%s, %s", which, limit)
              .containsExactlyInAnyOrderElementsOf(there.stream().limit(limit).toList());
          assertThat(shown.keys())
              .allSatisfy(key -> assertThat(key).isEqualTo(now.get(key.key().id())))
              .isSortedAccordingTo(Findings.RANK);
          assertThat(shown.rankedAt()).isEqualTo(surveyed.rankedAt());
        }
      }
      // Who came by all of them counts as is right, but for keys that are not on the list yet.
      Shown after = surveying.first(world.organization, Which.ALL, 200, clock.instant());
      Shown right = fresh.first(world.organization, Which.ALL, 200, clock.instant());
      List<ReviewedKey> late =
          right.keys().stream()
              .filter(key ->
                  !surveyedAs.containsKey(key.key().id()) && !decided.contains(key.key().id()))
              .toList();
      int lateOpen = (int) late.stream().filter(Which.OPEN::has).count();
      assertThat(after.progress().open()).isEqualTo(right.progress().open() - lateOpen);
      assertThat(after.progress().decided())
          .isEqualTo(right.progress().decided() - (late.size() - lateOpen));
      assertThat(after.progress().revoked()).isEqualTo(right.progress().revoked());

      // A minute later that answer is given still, and the next one is of then.
      clock.advance(Duration.ofMinutes(1));
      assertThat(surveying.first(world.organization, Which.ALL, 200, clock.instant()).rankedAt())
          .isEqualTo(surveyed.rankedAt());
      executor.submit(() -> {}).get();
      assertThat(surveying.first(world.organization, Which.ALL, 200, clock.instant()))
          .isEqualTo(fresh.first(world.organization, Which.ALL, 200, clock.instant()));
    }
  }

  /** "12 of 31 reviewed" counts the decision that was just made, far from what is shown as well. */
  @Test
  void progress_afterADecision_countsItAtOnce() {
    World world = new World(TestServer.shared(), 5);
    for (int i = 0; i < 9; i++) {
      world.make();
    }
    try (Reviewing surveying = world.reviewing(0, Executors.newSingleThreadExecutor())) {
      Shown all = surveying.first(world.organization, Which.OPEN, 200, clock.instant());
      clock.advance(Duration.ofSeconds(5));
      KeyId last = KeyId.parse(all.keys().getLast().key().id()).orElseThrow();
      KeyId other = KeyId.parse(all.keys().get(all.keys().size() - 2).key().id()).orElseThrow();
      world.decide(last, Verdict.KEEP);
      world.revoke(other);
      world.decide(other, Verdict.REVOKE);

      Shown shown = surveying.first(world.organization, Which.OPEN, 1, clock.instant());
      assertThat(shown.keys()).isEqualTo(all.keys().subList(0, 1));
      assertThat(shown.progress())
          .isEqualTo(
              new Progress(
                  all.progress().keys() - 1,
                  all.progress().open() - 2,
                  all.progress().decided() + 1,
                  all.progress().revoked() + 1));
      assertThat(surveying.first(world.organization, Which.DECIDED, 9, clock.instant()).keys())
          .extracting(key -> key.key().id())
          .containsExactly(last.text());
    }
  }

  /** However many keys are shown, the ledger is asked once for what would have been enough. */
  @Test
  void sized_severalKeys_readsTheLedgerOnce() {
    World world = new World(TestServer.shared(), 9);
    for (int i = 0; i < 6; i++) {
      world.make();
    }
    Instant now = clock.instant();
    try (Reviewing reviewing = new Reviewing(world.server.store(), usage, clock)) {
      Shown shown = reviewing.first(world.organization, Which.ALL, 5, now);
      usage.readings();
      world.revoke(KeyId.parse(shown.keys().get(4).key().id()).orElseThrow());
      Shown sized = reviewing.sized(world.organization, shown, Period.usual(now), now);
      assertThat(usage.readings()).containsExactly(4);
      assertThat(sized.keys()).hasSize(5);
      assertThat(sized.keys().subList(0, 4)).allMatch(key -> key.rightSize() != null);
      assertThat(sized.keys().get(4).rightSize()).isNull();
    }
  }

  @Test
  void walk_pastTooManyThatAreGone_givesUpOnTheSurvey() {
    World world = new World(TestServer.shared(), 6);
    for (int i = 0; i < 8; i++) {
      world.make();
    }
    Judging judging = new Judging(world.server.store(), usage);
    Survey survey = Survey.of(judging, world.organization, clock.instant());
    assertThat(survey.places()).hasSizeGreaterThan(5);
    clock.advance(Duration.ofSeconds(5));
    survey.places().keySet().stream().limit(4).forEach(world::revoke);
    assertThat(
            new Walk(judging, world.organization, survey, clock.instant()).first(Which.OPEN, 1, 2))
        .isEmpty();
    assertThat(
            new Walk(judging, world.organization, survey, clock.instant()).first(Which.OPEN, 1, 4))
        .isPresent();
  }

  /** Two who ask at once wait for one survey; while the next one is made, the last one answers. */
  @Test
  void of_askedAtOnceAndAgain_makesOneSurveyAtATime() throws Exception {
    World world = new World(TestServer.shared(), 7);
    world.make();
    Queue<Runnable> begun = new ArrayDeque<>();
    Surveys surveys = new Surveys(new Judging(world.server.store(), usage), clock, begun::add);
    CompletableFuture<Survey> second = new CompletableFuture<>();
    CompletableFuture<Survey> first = new CompletableFuture<>();
    List<Thread> askers =
        Stream.of(first, second)
            .map(answer ->
                Thread.ofPlatform().start(() -> answer.complete(surveys.of(world.organization))))
            .toList();
    for (Thread asker : askers) {
      while (asker.getState() != Thread.State.WAITING) {
        Thread.onSpinWait();
      }
    }
    assertThat(begun).hasSize(1);
    begun.remove().run();
    assertThat(first.get()).isSameAs(second.get());

    clock.advance(Duration.ofSeconds(59));
    assertThat(surveys.of(world.organization)).isSameAs(first.get());
    assertThat(begun).isEmpty();
    clock.advance(Duration.ofSeconds(1));
    assertThat(surveys.of(world.organization)).isSameAs(first.get());
    assertThat(surveys.of(world.organization)).isSameAs(first.get());
    assertThat(begun).hasSize(1);
    begun.remove().run();
    assertThat(surveys.of(world.organization).madeAt()).isEqualTo(clock.instant());
  }

  /** However long it takes to make one, and so is put off to make the next. */
  @Test
  void of_olderThanAnHour_isMadeAnew() {
    World world = new World(TestServer.shared(), 4);
    // Ten minutes pass from one look at the clock to the next, so a survey takes as long.
    Clock slow =
        new Clock() {
          @Override
          public Instant instant() {
            clock.advance(Duration.ofMinutes(10));
            return clock.instant();
          }

          @Override
          public ZoneId getZone() {
            return clock.getZone();
          }

          @Override
          public Clock withZone(ZoneId zone) {
            return this;
          }
        };
    Surveys surveys = new Surveys(new Judging(world.server.store(), usage), slow, Runnable::run);
    Survey first = surveys.of(world.organization);
    for (int looks = 0; looks < 4; looks++) {
      assertThat(surveys.of(world.organization)).isSameAs(first);
    }

    assertThat(surveys.of(world.organization)).isNotSameAs(first);
  }

  /** A survey of many keys takes a while, in which somebody who has just asked for it decides. */
  @Test
  void progress_afterARevocationWhileTheSurveyIsMade_countsItOnce() {
    World world = new World(TestServer.shared(), 9);
    for (int i = 0; i < 3; i++) {
      world.make();
    }
    Instant begun = clock.instant();
    clock.advance(Duration.ofSeconds(5));
    KeyId key = world.keys.getFirst();
    world.revoke(key);
    world.decide(key, Verdict.REVOKE);

    Judging judging = new Judging(world.server.store(), usage);
    Survey survey = Survey.of(judging, world.organization, begun);

    assertThat(
            new Walk(judging, world.organization, survey, clock.instant())
                .first(Which.OPEN, 9, 9)
                .orElseThrow()
                .progress()
                .revoked())
        .isEqualTo(1);
  }

  /** A ledger that does not answer is said so, and asked again by whoever comes next. */
  @Test
  void of_ledgerThatFails_failsForWhoAsks_andNotForEver() {
    World world = new World(TestServer.shared(), 8);
    world.make();
    usage.away(true);
    Surveys surveys = new Surveys(new Judging(world.server.store(), usage), clock, Runnable::run);
    assertThatThrownBy(() -> surveys.of(world.organization))
        .isInstanceOf(StoreException.class)
        .hasMessage("the ledger is away");
    usage.away(false);
    assertThat(surveys.of(world.organization).progress().keys()).isEqualTo(2);
  }
}
