package io.bitting.races;

import static org.assertj.core.api.Assertions.assertThat;

import io.bitting.client.BittingClient;
import io.bitting.client.Outcome;
import io.bitting.client.protocol.CreatedKey;
import io.bitting.client.protocol.SecretText;
import io.bitting.jdbc.TestDatabase;
import io.bitting.jdbc.TestDatabases;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two nodes on one PostgreSQL: what one has answered, the other knows within the time that the
 * product promises. {@code -Dbitting.races=1000} asks for longer: see docs/testing.md.
 */
final class NodesTest {
  private static final int ROUNDS = Integer.getInteger("bitting.races", 60);

  /** The promise: DESIGN, rule 11. */
  private static final Duration WITHIN = Duration.ofSeconds(2);

  @TempDir private Path folder;

  @Test
  void revokeKey_answeredByOneNode_isRefusedByTheOtherWithinTwoSeconds() {
    Path pepper = folder.resolve("pepper.keyset");
    List<Duration> seen = new ArrayList<>();
    List<Duration> refused = new ArrayList<>();
    try (TestDatabase database = TestDatabases.postgresql();
        Node one = Node.on(database, pepper);
        Node other = Node.on(database, pepper)) {
      SecretText owner = one.setUp();
      List<BittingClient> clients = List.of(one.client(owner), other.client(owner));
      until(() -> clients.get(1).whoami() instanceof Outcome.Done<?>);
      for (int round = 0; round < ROUNDS; round++) {
        BittingClient near = clients.get(round % 2);
        BittingClient far = clients.get(1 - round % 2);
        CreatedKey key = near.createKey(Node.ORGANIZATION, Node.key("key " + round)).orThrow();
        assertThat(Node.check(near, key).decision()).isEqualTo("allowed");
        seen.add(until(() -> Node.check(far, key).decision().equals("allowed")));

        near.revokeKey(Node.ORGANIZATION, key.key().id()).orThrow();
        assertThat(Node.check(near, key).reason()).isEqualTo("key_revoked");
        refused.add(until(() -> "key_revoked".equals(Node.check(far, key).reason())));
      }
    }
    System.out.println("a new key on the other node: " + distribution(seen));
    System.out.println("a revocation on the other node: " + distribution(refused));
    assertThat(seen).allMatch(time -> time.compareTo(WITHIN) <= 0);
    assertThat(refused).allMatch(time -> time.compareTo(WITHIN) <= 0);
  }

  /** A question that is asked again and again. */
  @FunctionalInterface
  private interface Question {
    boolean isAnsweredYes();
  }

  /**
   * Asks until the answer is yes, and returns how long that took; gives up a good deal later than
   * the promise.
   */
  private static Duration until(Question question) {
    long began = System.nanoTime();
    while (!question.isAnsweredYes()) {
      if (System.nanoTime() - began > WITHIN.multipliedBy(5).toNanos()) {
        break;
      }
    }
    return Duration.ofNanos(System.nanoTime() - began);
  }

  private static String distribution(List<Duration> times) {
    List<Duration> sorted = times.stream().sorted().toList();
    return "%d rounds, p50 %.1f ms, p99 %.1f ms, max %.1f ms"
        .formatted(
            sorted.size(),
            millis(sorted.get(sorted.size() / 2)),
            millis(sorted.get(sorted.size() * 99 / 100)),
            millis(sorted.get(sorted.size() - 1)));
  }

  private static double millis(Duration time) {
    return time.toNanos() / 1e6;
  }
}
