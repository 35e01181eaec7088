package io.bitting.races;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bitting.client.BittingClient;
import io.bitting.client.Outcome;
import io.bitting.client.protocol.CreatedKey;
import io.bitting.client.protocol.Json;
import io.bitting.client.protocol.NewKey;
import io.bitting.client.protocol.ReachForm;
import io.bitting.client.protocol.SecretText;
import io.bitting.jdbc.TestDatabase;
import io.bitting.jdbc.TestDatabases;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Races between two nodes on one PostgreSQL, which its transactions have to decide. With {@code
 * -Dbitting.races=10000} they are run at length: see docs/testing.md.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class NodesRaceTest {
  private static final int RACES = Integer.getInteger("bitting.races", 400);

  /** So many callers, at both nodes in turn, race with each revocation. */
  private static final int CREATING = 10;

  private static final int REVOCATIONS = RACES / CREATING;

  /** Organizations in which races go on side by side; within one they wait for each other. */
  private static final int ORGANIZATIONS = 4;

  private static final int NAMED = 50;
  private static final Duration BEGUN_WITHIN = Duration.ofSeconds(10);

  private final TestDatabase database = TestDatabases.postgresql();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient http = HttpClient.newHttpClient();
  private List<Node> nodes = List.of();
  private SecretText owner = SecretText.withheld();

  @BeforeAll
  void startNodes(@TempDir Path folder) {
    Path pepper = folder.resolve("pepper.keyset");
    nodes = List.of(Node.on(database, pepper), Node.on(database, pepper));
    owner = nodes.get(0).setUp();
  }

  @AfterAll
  void stopNodes() {
    nodes.forEach(Node::close);
    threads.close();
    http.close();
    database.close();
  }

  private <T> CompletableFuture<T> begin(Supplier<T> work) {
    return CompletableFuture.supplyAsync(work, threads);
  }

  /**
   * What came of the races in one organization.
   *
   * @param made how many keys were created by the keys that were revoked
   * @param madeAfterwards how many of those were asked for after the revocation had answered
   * @param refusedAfterwards how many that were asked for then were refused
   */
  private record Tally(int made, int madeAfterwards, int refusedAfterwards) {
    static final Tally NONE = new Tally(0, 0, 0);

    Tally plus(Tally other) {
      return new Tally(
          made + other.made,
          madeAfterwards + other.madeAfterwards,
          refusedAfterwards + other.refusedAfterwards);
    }
  }

  /**
   * Threats, A12: a key that is being revoked at one node creates keys at both; each of its callers
   * is one race. None comes into being that was asked for once the revocation had answered, at
   * either node, nor one that stands after the revocation in the audit chain; and none of which
   * nobody was told.
   */
  @Test
  void revokeKey_whileItCreatesKeysAtTwoNodes_noneIsCreatedAfterwards() {
    List<CompletableFuture<Tally>> organizations =
        IntStream.range(0, ORGANIZATIONS)
            .mapToObj(number -> begin(() -> revocations("race-" + number)))
            .toList();
    Tally all = organizations.stream().map(CompletableFuture::join).reduce(Tally.NONE, Tally::plus);

    System.out.printf(
        "revoked while creating, on two nodes: %,d races, %,d revocations, %,d keys created before, %,d afterwards, %,d refused afterwards%n",
        RACES, REVOCATIONS, all.made(), all.madeAfterwards(), all.refusedAfterwards());
    assertThat(all.madeAfterwards()).isZero();
    assertThat(all.refusedAfterwards()).isEqualTo(RACES);
    // Else nothing was being created while keys were revoked.
    assertThat(all.made()).isGreaterThanOrEqualTo(REVOCATIONS / 4);
    assertThat(database.number("SELECT count(*) FROM audit_events WHERE action = 'key.revoked'"))
        .isEqualTo(REVOCATIONS);
    assertThat(
            database.number(
                "SELECT count(*) FROM api_keys made JOIN api_keys maker ON maker.id = made.created_by WHERE maker.state = 'revoked'"))
        .isEqualTo(all.made());
    assertThat(
            database.number(
                """
                SELECT count(*) FROM audit_events made JOIN audit_events revoked
                ON revoked.chain = made.chain AND revoked.action = 'key.revoked' AND revoked.target = made.actor
                WHERE made.action = 'key.created' AND made.number > revoked.number
                """))
        .isZero();
  }

  /** Makes an organization whose owner both nodes know: setting up waits for one node only. */
  private SecretText organization(String slug) {
    SecretText own = nodes.get(0).organization(owner, slug);
    long deadline = System.nanoTime() + BEGUN_WITHIN.toNanos();
    while (!(nodes.get(1).client(own).whoami() instanceof Outcome.Done<?>)
        && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    return own;
  }

  private Tally revocations(String organization) {
    SecretText own = organization(organization);
    List<BittingClient> owners = nodes.stream().map(node -> node.client(own)).toList();
    Tally all = Tally.NONE;
    for (int round = 0; round < REVOCATIONS / ORGANIZATIONS; round++) {
      BittingClient near = owners.get(round % owners.size());
      CreatedKey maker = near.createKey(organization, maker("maker " + round)).orThrow();
      AtomicBoolean revoked = new AtomicBoolean();
      CountDownLatch begun = new CountDownLatch(1);
      List<CompletableFuture<Tally>> creating = new ArrayList<>();
      for (int i = 0; i < CREATING; i++) {
        BittingClient client = nodes.get(i % nodes.size()).client(maker.token());
        String names = "round " + round + ", caller " + i + ", key ";
        creating.add(begin(() -> create(client, organization, names, revoked, begun)));
      }
      if (round % 4 == 0) {
        await(begun);
      }
      near.revokeKey(organization, maker.key().id()).orThrow();
      revoked.set(true);
      for (CompletableFuture<Tally> each : creating) {
        all = all.plus(each.join());
      }
    }
    return all;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Asks for one key after another, up to the first that was asked for after the revocation. */
  private static Tally create(
      BittingClient client,
      String organization,
      String names,
      AtomicBoolean revoked,
      CountDownLatch begun) {
    int made = 0;
    for (int i = 0; ; i++) {
      boolean afterwards = revoked.get();
      boolean isMade =
          switch (client.createKey(organization, Node.key(names + i))) {
            case Outcome.Done<CreatedKey> ignored -> {
              begun.countDown();
              yield true;
            }
            case Outcome.Refused<CreatedKey> refused -> {
              assertThat(refused.problem().code()).isEqualTo("key_revoked");
              yield false;
            }
          };
      made += isMade ? 1 : 0;
      if (afterwards) {
        return new Tally(made, isMade ? 1 : 0, isMade ? 0 : 1);
      }
    }
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

  /**
   * One name, four requests at each of two nodes at once: one key, and one answer has its token.
   */
  @Test
  void createKey_oneIdempotencyKeyAtTwoNodes_makesOneKey() {
    SecretText own = organization("named");
    for (int round = 0; round < NAMED; round++) {
      Named request = named(own, "named", "named " + round);
      List<JsonNode> answers =
          IntStream.range(0, 8)
              .mapToObj(i -> begin(() -> send(request, nodes.get(i % 2))))
              .toList()
              .stream()
              .map(CompletableFuture::join)
              .toList();

      assertThat(answers).filteredOn(answer -> answer.has("token")).hasSize(1);
      assertThat(answers)
          .filteredOn(answer -> !answer.has("token"))
          .allMatch(answer ->
              answer.path("code").asText().equals("idempotency_key_in_use")
                  || !answer.path("secret_available").asBoolean(true));
      for (Node node : nodes) {
        assertThat(send(request, node).path("secret_available").asBoolean(true)).isFalse();
      }
    }
    assertThat(database.number("SELECT count(*) FROM api_keys WHERE name LIKE 'named %'"))
        .isEqualTo(NAMED);
  }

  /** The first request waits for its organization, which somebody else has locked. */
  @Test
  void createKey_oneIdempotencyKey_whileTheOtherNodeIsAboutIt_isInUse() throws SQLException {
    SecretText own = organization("waiting");
    Named request = named(own, "waiting", "waited for");
    CompletableFuture<JsonNode> first;
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("SELECT id FROM organizations WHERE slug = 'waiting' FOR UPDATE");
      first = begin(() -> send(request, nodes.get(0)));
      awaitAdvisoryLock();

      for (Node node : nodes) {
        assertThat(send(request, node).path("code").asText()).isEqualTo("idempotency_key_in_use");
      }
      connection.rollback();
    }
    assertThat(first.join().has("token")).isTrue();
    assertThat(send(request, nodes.get(1)).path("secret_available").asBoolean(true)).isFalse();
  }

  private void awaitAdvisoryLock() {
    long deadline = System.nanoTime() + BEGUN_WITHIN.toNanos();
    while (database.number("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'") == 0
        && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
  }

  /**
   * A request that names itself.
   *
   * @param organization where the key is to be
   * @param builder the rest of it
   */
  private record Named(String organization, HttpRequest.Builder builder) {}

  private static Named named(SecretText token, String organization, String name) {
    return new Named(
        organization,
        HttpRequest.newBuilder()
            .timeout(Duration.ofSeconds(20))
            .header("Authorization", "Bearer " + token.reveal())
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", "\"" + name + "\"")
            .POST(HttpRequest.BodyPublishers.ofByteArray(Json.write(Node.key(name)))));
  }

  private JsonNode send(Named request, Node node) {
    URI uri = node.base().resolve("/v1/organizations/" + request.organization() + "/api-keys");
    try {
      return Json.reader()
          .readTree(
              http.send(
                      request.builder().copy().uri(uri).build(),
                      HttpResponse.BodyHandlers.ofByteArray())
                  .body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
