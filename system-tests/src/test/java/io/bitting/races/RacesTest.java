package io.bitting.races;

import static org.assertj.core.api.Assertions.assertThat;

import io.bitting.client.AuditQuery;
import io.bitting.client.BittingClient;
import io.bitting.client.KeyQuery;
import io.bitting.client.Outcome;
import io.bitting.client.protocol.AuditEventAnswer;
import io.bitting.client.protocol.CreatedKey;
import io.bitting.client.protocol.NewKey;
import io.bitting.client.protocol.ReachForm;
import io.bitting.client.protocol.SecretText;
import io.bitting.jdbc.TestDatabase;
import io.bitting.jdbc.TestDatabases;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Races on one node, which a transaction has to decide: a name that many want, and a key that
 * creates keys while it is revoked. With {@code -Dbitting.races=10000} the latter is run at length:
 * see docs/testing.md.
 */
final class RacesTest {
  private static final int NAMES = 10;
  private static final int WANTING = 50;
  private static final int REVOCATIONS = Integer.getInteger("bitting.races", 40);
  private static final int CREATING = 3;

  @TempDir private Path folder;

  static List<TestDatabase> databases() {
    return List.of(TestDatabases.sqlite(), TestDatabases.postgresql());
  }

  @ParameterizedTest
  @MethodSource("databases")
  void createKey_oneNameByFiftyAtOnce_oneWins(TestDatabase database) {
    try (Node node = Node.on(database, folder.resolve("pepper.keyset"))) {
      BittingClient owner = node.client(node.setUp());
      for (int round = 0; round < NAMES; round++) {
        String name = "wanted " + round;
        List<Outcome<CreatedKey>> outcomes =
            atOnce(WANTING, i -> owner.createKey(Node.ORGANIZATION, Node.key(name)));

        assertThat(outcomes).filteredOn(outcome -> outcome instanceof Outcome.Done<?>).hasSize(1);
        assertThat(outcomes)
            .filteredOn(outcome -> outcome instanceof Outcome.Refused<?>)
            .extracting(outcome -> ((Outcome.Refused<CreatedKey>) outcome).problem().code())
            .hasSize(WANTING - 1)
            .containsOnly("name_taken");
        assertThat(owner.keys(Node.ORGANIZATION, KeyQuery.all().text(name)).orThrow().items())
            .hasSize(1);
      }
    }
  }

  private static <T> List<T> atOnce(int count, IntFunction<T> work) {
    CountDownLatch start = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<CompletableFuture<T>> running = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        int number = i;
        running.add(
            CompletableFuture.supplyAsync(
                () -> {
                  await(start);
                  return work.apply(number);
                },
                threads));
      }
      start.countDown();
      return running.stream().map(CompletableFuture::join).toList();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /**
   * Threats, A12: no key comes into being by a revoked key once the revocation has answered, nor
   * after it in the order of commits. On PostgreSQL, with two nodes, this is {@link
   * NodesRaceTest}'s.
   */
  @Test
  void revokeKey_whileItCreatesKeys_noneIsCreatedAfterwards() {
    try (TestDatabase database = TestDatabases.sqlite();
        Node node = Node.on(database, folder.resolve("pepper.keyset"))) {
      BittingClient owner = node.client(node.setUp());
      AtomicReference<SecretText> token = new AtomicReference<>();
      BittingClient client = node.client(token::get);
      int created = 0;
      for (int round = 0; round < REVOCATIONS; round++) {
        CreatedKey maker = owner.createKey(Node.ORGANIZATION, maker("maker " + round)).orThrow();
        token.set(maker.token());
        created += revokeWhileCreating(owner, maker.key().id(), client, round);
      }
      System.out.printf(
          "revoked while creating, on SQLite: %d rounds, %,d keys created before, 0 afterwards%n",
          REVOCATIONS, created);
      assertThat(created).isGreaterThanOrEqualTo(REVOCATIONS);
    }
  }

  private static int revokeWhileCreating(
      BittingClient owner, String maker, BittingClient client, int round) {
    AtomicBoolean revoked = new AtomicBoolean();
    CountDownLatch begun = new CountDownLatch(1);
    List<Attempts> attempts;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<CompletableFuture<Attempts>> running = new ArrayList<>();
      for (int i = 0; i < CREATING; i++) {
        String names = "round " + round + ", thread " + i + ", key ";
        running.add(
            CompletableFuture.supplyAsync(
                () -> Attempts.until(revoked, begun, client, names), threads));
      }
      await(begun);
      owner.revokeKey(Node.ORGANIZATION, maker).orThrow();
      revoked.set(true);
      attempts = running.stream().map(CompletableFuture::join).toList();
    }

    assertThat(attempts)
        .allMatch(each -> each.refusedAfterwards() > 0 && each.madeAfterwards() == 0);
    List<AuditEventAnswer> revocation =
        events(owner, AuditQuery.all().target(maker).action("key.revoked"));
    List<AuditEventAnswer> made =
        events(owner, AuditQuery.all().actor(maker).action("key.created"));
    assertThat(revocation).hasSize(1);
    assertThat(made).allMatch(event -> event.number() < revocation.get(0).number());
    assertThat(made).hasSize(attempts.stream().mapToInt(Attempts::made).sum());
    return made.size();
  }

  private static NewKey maker(String name) {
    return new NewKey(
        "bitting",
        name,
        null,
        List.of("keys:issue"),
        null,
        null,
        new ReachForm.Limited(List.of(ReachForm.Issuable.of(Node.API, Node.SCOPES)), List.of()));
  }

  private static List<AuditEventAnswer> events(BittingClient owner, AuditQuery query) {
    return owner.auditEvents(Node.ORGANIZATION, query.limit(200)).orThrow().items();
  }

  /**
   * What came of one thread's attempts to create keys.
   *
   * @param made how many were created
   * @param madeAfterwards how many of those were asked for after the revocation had answered
   * @param refusedAfterwards how many that were asked for then were refused
   */
  private record Attempts(int made, int madeAfterwards, int refusedAfterwards) {

    /** Asks until the first refusal after the revocation, so that there is at least one. */
    static Attempts until(
        AtomicBoolean revoked, CountDownLatch begun, BittingClient client, String names) {
      int made = 0;
      int madeAfterwards = 0;
      int refusedAfterwards = 0;
      for (int i = 0; refusedAfterwards == 0 && madeAfterwards == 0; i++) {
        boolean afterwards = revoked.get();
        switch (client.createKey(Node.ORGANIZATION, Node.key(names + i))) {
          case Outcome.Done<CreatedKey> ignored -> {
            made++;
            madeAfterwards += afterwards ? 1 : 0;
            begun.countDown();
          }
          case Outcome.Refused<CreatedKey> refused -> {
            assertThat(refused.problem().code()).isEqualTo("key_revoked");
            refusedAfterwards += afterwards ? 1 : 0;
          }
        }
      }
      return new Attempts(made, madeAfterwards, refusedAfterwards);
    }
  }
}
