package io.bitting.crash;

import io.bitting.client.BittingClient;
import io.bitting.client.Outcome;
import io.bitting.client.protocol.BatchAnswer;
import io.bitting.client.protocol.Check;
import io.bitting.client.protocol.SecretText;
import io.bitting.client.protocol.VerifyAnswer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * Stands outside: starts servers, lets writers loose on them, kills, and compares. What it
 * remembers is in another process than what is killed.
 */
final class Supervisor implements AutoCloseable {
  static final int WRITERS = 8;
  private static final int KILL_AFTER_MILLIS_MIN = 50;
  private static final int KILL_AFTER_MILLIS_MAX = 500;
  private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(20);
  private static final Duration RECOVERED_WITHIN = Duration.ofSeconds(30);
  private static final Duration VISIBLE_WITHIN = Duration.ofSeconds(3);
  private static final int BATCH = 100;

  private final Site site;
  private final Path folder;
  private final List<String> arguments = new ArrayList<>();
  private final Memory memory = new Memory();
  private final Random random;
  private final List<Writer> writers = new ArrayList<>();
  private final ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
  private final Map<Blow, Integer> blows = new EnumMap<>(Blow.class);
  private final List<Duration> ready = new ArrayList<>();
  private final List<String> findings = new ArrayList<>();
  private final SecretText owner;
  private long stored;
  private ChildServer server;
  private BittingClient client;

  /** Prepares to kill a server of the product. */
  static Supervisor of(Site site, long seed) {
    return new Supervisor(site, List.of(), seed);
  }

  /** Prepares to kill one that acknowledges before it writes. */
  static Supervisor ofHasty(Site site, long seed) {
    return new Supervisor(site, List.of("hasty"), seed);
  }

  private Supervisor(Site site, List<String> flaw, long seed) {
    this.site = site;
    this.random = new Random(seed);
    this.folder = Path.of("target", "crash", site + "-" + System.nanoTime());
    arguments.addAll(site.arguments());
    arguments.addAll(flaw);
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    for (int number = 0; number < WRITERS; number++) {
      writers.add(new Writer(number, memory, new Random(random.nextLong()), FirstSteps.catalog()));
    }
    this.server = start();
    FirstSteps first = FirstSteps.take(server);
    this.owner = first.owner();
    this.client = client();
    memory.add(
        new KnownKey(
            first.ownerKey().id(), Optional.empty(), KnownKey.Shape.created(first.ownerKey())));
  }

  private ChildServer start() {
    return ChildServer.start(ChildJvm.command(), arguments, folder);
  }

  private BittingClient client() {
    return BittingClient.builder(server.base())
        .token(owner::reveal)
        .timeout(ANSWERED_WITHIN)
        .build();
  }

  /** Goes through rounds, one for each blow, up to the first that finds something. */
  Report run(List<Blow> each) {
    for (Blow blow : each) {
      if (findings.isEmpty()) {
        round(blow);
      }
    }
    return new Report(
        site.toString(),
        blows,
        memory.acknowledged().sum(),
        memory.unanswered().sum(),
        memory.refused().sum(),
        stored,
        ready,
        findings);
  }

  Memory memory() {
    return memory;
  }

  private void round(Blow blow) {
    AtomicBoolean stop = new AtomicBoolean();
    long before = memory.acknowledged().sum();
    List<CompletableFuture<Void>> running = new ArrayList<>();
    for (Writer writer : writers) {
      running.add(CompletableFuture.runAsync(() -> writer.run(client, stop::get), threads));
    }
    // A JVM that has just started takes its time for its first answers; from there on the blow may
    // come at any moment.
    until(ANSWERED_WITHIN, () -> memory.acknowledged().sum() >= before + WRITERS);
    pause(
        KILL_AFTER_MILLIS_MIN + random.nextInt(KILL_AFTER_MILLIS_MAX - KILL_AFTER_MILLIS_MIN + 1));
    strike(blow);
    stop.set(true);
    CompletableFuture.allOf(running.toArray(CompletableFuture<?>[]::new)).join();
    blows.merge(blow, 1, Integer::sum);
    if (blow == Blow.SERVER) {
      server = start();
      ready.add(server.readyAfter());
      client = client();
    } else {
      boolean recovered =
          until(
              RECOVERED_WITHIN,
              () -> client.organization(Writer.ORGANIZATION) instanceof Outcome.Done<?>);
      if (!recovered) {
        findings.add(
            "the server does not recover within "
                + RECOVERED_WITHIN.toSeconds()
                + " s: "
                + client.organization(Writer.ORGANIZATION));
      }
    }
    compare();
  }

  private void strike(Blow blow) {
    switch (blow) {
      case SERVER -> server.kill();
      case BACKEND -> ((PostgresqlSite) site).killBackend();
      case DATABASE -> ((PostgresqlSite) site).killAndRestart();
    }
  }

  private void compare() {
    Evidence evidence = evidence();
    findings.addAll(memory.surprises());
    findings.addAll(Comparison.findings(memory, evidence));
    List<KnownKey> acknowledgedRevoked =
        memory.keys().values().stream()
            .filter(key -> key.sure().state().equals("revoked"))
            .toList();
    findings.addAll(wrong(acknowledgedRevoked));
    stored += doneInDoubt(evidence);
    Comparison.settle(memory, evidence);
    List<KnownKey> all = List.copyOf(memory.keys().values());
    // What was in doubt may reach a server that lived a moment later.
    if (!until(VISIBLE_WITHIN, () -> wrong(all).isEmpty())) {
      findings.addAll(wrong(all));
    }
  }

  private long doneInDoubt(Evidence evidence) {
    return evidence.keys().values().stream()
        .filter(key -> {
          KnownKey known = memory.keys().get(key.id());
          return known == null || !known.sure().equals(key.shape());
        })
        .count();
  }

  private Evidence evidence() {
    try (Connection connection = site.connect()) {
      connection.setAutoCommit(false);
      return Evidence.read(connection);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A token of a key, and what its check is to say. */
  private record Asked(KnownKey key, int secret, String token) {

    String expected() {
      int newest = key.sure().secret();
      // The secret that ended last still proves whose it was; those before it are gone.
      if (secret < newest - 1) {
        return "denied credential_invalid";
      }
      return switch (key.sure().state()) {
        case "active" -> key.sure().isLive(secret) ? "allowed" : "denied key_expired";
        case "disabled" -> "denied key_disabled";
        default -> "denied key_revoked";
      };
    }
  }

  /**
   * Has the server check the tokens of keys, and says which answers are not what their states ask
   * for.
   */
  private List<String> wrong(List<KnownKey> keys) {
    List<Asked> all =
        keys.stream()
            .flatMap(key ->
                key.tokens().entrySet().stream()
                    .map(token -> new Asked(key, token.getKey(), token.getValue())))
            .toList();
    List<String> wrong = new ArrayList<>();
    for (int from = 0; from < all.size(); from += BATCH) {
      List<Asked> batch = all.subList(from, Math.min(from + BATCH, all.size()));
      List<Check> checks =
          batch.stream()
              .map(asked ->
                  new Check(
                      SecretText.of(asked.token()),
                      Writer.API,
                      List.of(Editions.SCOPE),
                      null,
                      null,
                      null,
                      null))
              .toList();
      List<BatchAnswer.Result> results = verify(checks);
      for (int i = 0; i < batch.size(); i++) {
        Asked asked = batch.get(i);
        String given =
            switch (results.get(i)) {
              case VerifyAnswer answer ->
                  answer.reason() == null
                      ? answer.decision()
                      : answer.decision() + " " + answer.reason();
              case BatchAnswer.Refused refused -> refused.problem().code();
            };
        if (!given.equals(asked.expected())) {
          wrong.add(
              "key %s is %s, but the token of its secret %d is %s"
                  .formatted(asked.key().id(), asked.key().sure(), asked.secret(), given));
        }
      }
    }
    return wrong;
  }

  /**
   * Has the server check tokens. One whose database was away decides nothing about keys that it
   * does not know until it has heard from it again, and says so.
   */
  private List<BatchAnswer.Result> verify(List<Check> checks) {
    List<BatchAnswer.Result> results = new ArrayList<>();
    until(
        RECOVERED_WITHIN,
        () ->
            client.verify(checks) instanceof Outcome.Done<BatchAnswer> done
                && results.addAll(done.value().results()));
    return results.isEmpty() ? client.verify(checks).orThrow().results() : results;
  }

  private static boolean until(Duration atMost, BooleanSupplier condition) {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      pause(5);
    }
    return true;
  }

  private static void pause(long millis) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  /**
   * Kills the server for the last time and takes away what it left, but for what there was to find.
   */
  @Override
  public void close() {
    server.kill();
    threads.shutdown();
    if (findings.isEmpty()) {
      try (Stream<Path> files = Files.walk(folder)) {
        files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
