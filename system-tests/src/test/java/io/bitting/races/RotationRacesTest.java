package io.bitting.races;

import static org.assertj.core.api.Assertions.assertThat;

import io.bitting.client.BittingClient;
import io.bitting.client.Outcome;
import io.bitting.client.protocol.BatchAnswer;
import io.bitting.client.protocol.Check;
import io.bitting.client.protocol.CreatedKey;
import io.bitting.client.protocol.KeyAnswer;
import io.bitting.client.protocol.NewKey;
import io.bitting.client.protocol.ReachForm;
import io.bitting.client.protocol.ReplacedKey;
import io.bitting.client.protocol.ReplacementKey;
import io.bitting.client.protocol.Rotation;
import io.bitting.client.protocol.SecretText;
import io.bitting.client.protocol.VerifyAnswer;
import io.bitting.jdbc.TestDatabase;
import io.bitting.jdbc.TestDatabases;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One key that is rotated, replaced and revoked at the same moment, and one that is rotated while
 * it is in use; on both databases. With {@code -Dbitting.races=10000} this is run at length: see
 * docs/testing.md.
 */
final class RotationRacesTest {
  private static final int ROUNDS = Integer.getInteger("bitting.races", 60);

  /** Organizations in which races go on side by side; within one they wait for each other. */
  private static final int ORGANIZATIONS = 4;

  private static final int ROTATIONS = 10;
  private static final int CALLERS = 4;
  private static final List<String> WIDER = List.of("scans:read", "scans:run");

  @TempDir private Path folder;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  static List<TestDatabase> databases() {
    return List.of(TestDatabases.sqlite(), TestDatabases.postgresql());
  }

  @AfterEach
  void endThreads() {
    threads.close();
  }

  private <T> CompletableFuture<T> begin(Supplier<T> work) {
    return CompletableFuture.supplyAsync(work, threads);
  }

  /**
   * How often something came of a request, of those that were made at the same moment.
   *
   * @param rotated how often the key was rotated
   * @param replaced how often it was replaced
   */
  private record Tally(int rotated, int replaced) {
    Tally plus(Tally other) {
      return new Tally(rotated + other.rotated, replaced + other.replaced);
    }
  }

  /**
   * Whatever comes first: after the revocation has answered no secret of the key is accepted, and
   * nothing was made of the key after it in the order of commits; and no key may more than the key
   * that made it.
   */
  @ParameterizedTest
  @MethodSource("databases")
  void rotateReplaceRevoke_atOnce_leaveNoLiveSecretAndNoWiderGrant(TestDatabase database) {
    try (Node node = Node.on(database, folder.resolve("pepper.keyset"))) {
      SecretText operator = node.setUp();
      Tally all =
          IntStream.range(0, ORGANIZATIONS)
              .mapToObj(number -> begin(() -> races(node, operator, "race-" + number)))
              .toList()
              .stream()
              .map(CompletableFuture::join)
              .reduce(new Tally(0, 0), Tally::plus);

      System.out.printf(
          "rotated, replaced and revoked at once, on %s: %,d rounds, rotated %,d times and replaced %,d times before the revocation, never after it%n",
          database, ROUNDS, all.rotated(), all.replaced());
      // Else the revocation always came first, and nothing was tried.
      assertThat(all.rotated()).isPositive();
      assertThat(all.replaced()).isPositive();
      assertThat(database.number("SELECT count(*) FROM audit_events WHERE action = 'key.revoked'"))
          .isEqualTo(ROUNDS);
      assertThat(
              database.number(
                  """
                  SELECT count(*) FROM audit_events made JOIN audit_events revoked
                  ON revoked.chain = made.chain AND revoked.action = 'key.revoked' AND revoked.target = made.target
                  WHERE made.number > revoked.number
                  """))
          .isZero();
      assertThat(
              database.number(
                  """
                  SELECT count(*) FROM api_keys k JOIN grant_scopes g ON g.grant_id = k.grant_id
                  WHERE k.api = 'appsec' AND g.scope <> 'scans:read'
                  """))
          .isZero();
      assertThat(
              database.number(
                  "SELECT count(*) FROM api_keys WHERE api = 'appsec' AND state = 'active'"))
          .isEqualTo(all.replaced());
    }
  }

  private Tally races(Node node, SecretText operator, String organization) {
    BittingClient verifier = node.client(operator);
    BittingClient owner = node.client(node.organization(operator, organization));
    BittingClient issuer = node.client(owner.createKey(organization, issuer()).orThrow().token());
    Tally all = new Tally(0, 0);
    for (int round = 0; round < ROUNDS / ORGANIZATIONS; round++) {
      all = all.plus(race(verifier, owner, issuer, organization, round));
    }
    return all;
  }

  private Tally race(
      BittingClient verifier,
      BittingClient owner,
      BittingClient issuer,
      String organization,
      int round) {
    CreatedKey key = owner.createKey(organization, Node.key("key " + round)).orThrow();
    String id = key.key().id();
    String overlap = round % 2 == 0 ? "1h" : "now";
    CompletableFuture<Outcome<CreatedKey>> rotating =
        begin(() -> issuer.rotateKey(organization, id, new Rotation(overlap, null, null)));
    CompletableFuture<Outcome<ReplacedKey>> replacing =
        begin(() -> issuer.replaceKey(organization, id, replacement("next " + round, null)));
    CompletableFuture<Outcome<ReplacedKey>> widening =
        begin(() -> issuer.replaceKey(organization, id, replacement("wider " + round, WIDER)));
    CompletableFuture<Outcome<KeyAnswer>> revoking = begin(() -> owner.revokeKey(organization, id));
    revoking.join().orThrow();
    Outcome<CreatedKey> rotated = rotating.join();
    Outcome<ReplacedKey> replaced = replacing.join();

    assertThat(code(widening.join())).isIn("beyond_ceiling", "state_conflict");
    List<SecretText> dead = new ArrayList<>(List.of(key.token()));
    if (rotated instanceof Outcome.Done<CreatedKey> done) {
      dead.add(done.value().token());
    } else {
      assertThat(code(rotated)).isEqualTo("state_conflict");
    }
    assertThat(decisions(verifier, dead, Node.SCOPES)).containsOnly("denied");
    if (replaced instanceof Outcome.Done<ReplacedKey> done) {
      List<SecretText> next = List.of(done.value().token());
      assertThat(decisions(verifier, next, Node.SCOPES)).containsExactly("allowed");
      assertThat(decisions(verifier, next, WIDER)).containsExactly("denied");
    } else {
      assertThat(code(replaced)).isEqualTo("state_conflict");
    }
    return new Tally(dead.size() - 1, replaced instanceof Outcome.Done<?> ? 1 : 0);
  }

  private static String code(Outcome<?> outcome) {
    return outcome instanceof Outcome.Refused<?> refused ? refused.problem().code() : "done";
  }

  private static List<String> decisions(
      BittingClient caller, List<SecretText> tokens, List<String> scopes) {
    List<Check> checks =
        tokens.stream()
            .map(token -> new Check(token, Node.API, scopes, null, null, null, null))
            .toList();
    return caller.verify(checks).orThrow().results().stream()
        .map(result ->
            switch (result) {
              case VerifyAnswer answer -> answer.decision();
              case BatchAnswer.Refused refused -> refused.problem().code();
            })
        .toList();
  }

  private static ReplacementKey replacement(String name, List<String> scopes) {
    return new ReplacementKey(name, null, scopes, null, null, null, "1h", null);
  }

  /** May make, rotate and replace keys, up to one scope. */
  private static NewKey issuer() {
    return new NewKey(
        "bitting",
        "issuer",
        null,
        List.of("keys:issue", "keys:manage"),
        null,
        null,
        new ReachForm.Limited(List.of(ReachForm.Issuable.of(Node.API, Node.SCOPES)), List.of()));
  }

  /**
   * A key in use is rotated with an overlap, its callers change over, the overlap is ended; again
   * and again: no request is refused. Then it is rotated with none: the token before is refused
   * from the answer on, at every node.
   */
  @ParameterizedTest
  @MethodSource("databases")
  void rotateKey_inUse_refusesNobody_andWithoutOverlapTheTokenBefore(TestDatabase database) {
    Path pepper = folder.resolve("pepper.keyset");
    try (Node one = Node.on(database, pepper)) {
      SecretText owner = one.setUp();
      if (database instanceof TestDatabases.Postgresql) {
        try (Node other = Node.on(database, pepper)) {
          rotateInUse(List.of(one.client(owner), other.client(owner)));
        }
      } else {
        rotateInUse(List.of(one.client(owner)));
      }
    }
  }

  private void rotateInUse(List<BittingClient> nodes) {
    BittingClient owner = nodes.get(0);
    CreatedKey key = owner.createKey(Node.ORGANIZATION, Node.key("in use")).orThrow();
    String id = key.key().id();
    AtomicReference<SecretText> current = new AtomicReference<>(key.token());
    AtomicBoolean stop = new AtomicBoolean();
    AtomicLongArray checks = new AtomicLongArray(CALLERS);
    List<CompletableFuture<List<String>>> callers =
        IntStream.range(0, CALLERS)
            .mapToObj(i -> begin(() -> call(nodes.get(i % nodes.size()), current, stop, checks, i)))
            .toList();
    for (int i = 0; i < ROTATIONS; i++) {
      SecretText before = current.get();
      current.set(rotated(owner, id, "1h"));
      awaitCalls(checks);
      assertThat(everywhere(nodes, before)).containsOnly("allowed");
      owner.endOverlap(Node.ORGANIZATION, id).orThrow();
      assertThat(decisions(owner, List.of(before), Node.SCOPES)).containsExactly("denied");
    }
    stop.set(true);
    long all = IntStream.range(0, CALLERS).mapToLong(checks::get).sum();
    assertThat(callers.stream().flatMap(caller -> caller.join().stream())).isEmpty();
    System.out.printf(
        "rotated in use, at %d nodes: %d rotations, %,d requests, none refused%n",
        nodes.size(), ROTATIONS, all);

    for (int i = 0; i < ROTATIONS; i++) {
      SecretText before = current.get();
      current.set(rotated(owner, id, "now"));
      assertThat(everywhere(nodes, before)).containsOnly("denied");
      assertThat(everywhere(nodes, current.get())).containsOnly("allowed");
    }
  }

  private static SecretText rotated(BittingClient owner, String id, String overlap) {
    return owner
        .rotateKey(Node.ORGANIZATION, id, new Rotation(overlap, null, null))
        .orThrow()
        .token();
  }

  private static List<String> everywhere(List<BittingClient> nodes, SecretText token) {
    return nodes.stream()
        .flatMap(node -> decisions(node, List.of(token), Node.SCOPES).stream())
        .toList();
  }

  /** Asks again and again with the token that is the right one then; returns what was refused. */
  private static List<String> call(
      BittingClient node,
      AtomicReference<SecretText> current,
      AtomicBoolean stop,
      AtomicLongArray checks,
      int caller) {
    List<String> refused = new ArrayList<>();
    while (!stop.get()) {
      decisions(node, List.of(current.get()), Node.SCOPES).stream()
          .filter(decision -> !decision.equals("allowed"))
          .forEach(refused::add);
      checks.incrementAndGet(caller);
    }
    return refused;
  }

  /** Waits until every caller has begun and ended a request. */
  private static void awaitCalls(AtomicLongArray checks) {
    for (int caller = 0; caller < CALLERS; caller++) {
      long before = checks.get(caller);
      while (checks.get(caller) < before + 2) {
        Thread.onSpinWait();
      }
    }
  }
}
