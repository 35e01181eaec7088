package io.bitting.benchmarks;

import io.bitting.server.BittingServer;
import io.bitting.server.ServerSettings;
import io.bitting.server.http.EdgeSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Holds {@code POST /v1/verify} with the usage ledger against the same without: at least 0.95 of
 * its throughput. Two servers in one process, each with a database of its own; runs of one and the
 * other alternate, and change places from pair to pair.
 *
 * <p>The ledger is written every ten seconds, as is usual, while requests come. What is left when a
 * run ends is written then, and the time that takes is added to the run: no work of the ledger is
 * left out. In the end it must have counted each check, and lost none.
 */
public final class UsageRatio {
  private static final int KEYS = 100_000;

  /** So many keys are in use at once; between two writings most of them are asked about. */
  private static final int KEYS_IN_USE = 20_000;

  private static final double RATIO_MIN = 0.95;
  private static final int SECONDS = 20;
  private static final int WARM_UP_PAIRS = 2;
  private static final String VERIFY = "/v1/verify";

  private UsageRatio() {}

  /** One of the two servers, and what loads it. */
  private record Subject(BittingServer server, Wrk wrk, boolean counts) implements AutoCloseable {
    static Subject start(Path folder, Optional<Duration> usageEvery, List<String> launcher)
        throws IOException {
      BittingServer server =
          BittingServer.start(
              new ServerSettings(
                  new ServerSettings.Sqlite(folder),
                  new EdgeSettings("127.0.0.1", 0, "", Optional.empty(), Set.of()),
                  new ServerSettings.Address("127.0.0.1", 0),
                  Optional.empty(),
                  Optional.empty(),
                  Duration.ofSeconds(60),
                  usageEvery,
                  Optional.empty()),
              List.of(),
              Clock.systemUTC());
      Wrk wrk =
          new Wrk(
              launcher,
              "verify.lua",
              server.port(),
              List.of(
                  some(FilledDatabase.tokens(folder)).toString(),
                  FilledDatabase.caller(folder),
                  Population.COMMON.text()));
      return new Subject(server, wrk, usageEvery.isPresent());
    }

    /** Returns a file of some of the tokens of another. */
    private static Path some(Path tokens) throws IOException {
      Path file = tokens.resolveSibling("tokens-in-use.txt");
      try (Stream<String> lines = Files.lines(tokens, StandardCharsets.US_ASCII)) {
        Files.write(file, lines.limit(KEYS_IN_USE).toList(), StandardCharsets.US_ASCII);
      }
      return file;
    }

    Run run() throws IOException, InterruptedException {
      long began = System.nanoTime();
      Wrk.Load load = wrk.run(VERIFY, SECONDS);
      long loaded = System.nanoTime();
      if (counts) {
        server.flushUsage();
      }
      double rest = (System.nanoTime() - loaded) / 1e9;
      double seconds = load.requests() / load.perSecond() + rest;
      return new Run(load.requests(), load.requests() / seconds, rest, (loaded - began) / 1e9);
    }

    @Override
    public void close() {
      server.close();
    }
  }

  /**
   * A run.
   *
   * @param requests how many were answered
   * @param perSecond how many a second, the rest of the ledger's work included
   * @param restSeconds how long that took
   * @param seconds how long the load lasted
   */
  private record Run(long requests, double perSecond, double restSeconds, double seconds) {}

  /**
   * Runs, prints and ends with 1 if the limit is not held.
   *
   * @param args a folder for databases, how many pairs, and the command that binds wrk to a
   *     processor, if any
   */
  public static void main(String[] args) throws IOException, InterruptedException, SQLException {
    Path with = Path.of(args[0], "usage-with-" + KEYS);
    Path without = Path.of(args[0], "usage-without-" + KEYS);
    FilledDatabase.ensure(with, KEYS);
    FilledDatabase.ensure(without, KEYS);
    List<String> launcher = List.of(args).subList(2, args.length);
    long before = counted(with);
    long answered = 0;
    long checked;
    List<Double> ratios = new ArrayList<>();
    try (Subject ledger = Subject.start(with, Optional.of(ServerSettings.USAGE_EVERY), launcher);
        Subject plain = Subject.start(without, Optional.empty(), launcher)) {
      int pairs = Integer.parseInt(args[1]);
      for (int pair = 1 - WARM_UP_PAIRS; pair <= pairs; pair++) {
        boolean plainFirst = pair % 2 == 0;
        Run first = (plainFirst ? plain : ledger).run();
        Run second = (plainFirst ? ledger : plain).run();
        Run counting = plainFirst ? second : first;
        Run bare = plainFirst ? first : second;
        answered += counting.requests();
        double ratio = counting.perSecond() / bare.perSecond();
        System.out.printf(
            Locale.ROOT,
            "%s: with the ledger %,.0f/s (its rest written in %.2f s), without %,.0f/s: ratio %.3f%n",
            pair < 1 ? "warm-up" : "pair " + pair,
            counting.perSecond(),
            counting.restSeconds(),
            bare.perSecond(),
            ratio);
        if (pair >= 1) {
          ratios.add(ratio);
        }
      }
      // More than were answered: when wrk ends, some are on their way.
      checked = ThroughputRatio.allowed(ledger.server());
    }
    long counted = counted(with) - before;
    if (counted != checked || checked < answered) {
      throw new IllegalStateException(
          "of "
              + checked
              + " checks, "
              + answered
              + " answered, "
              + counted
              + " are in the ledger");
    }
    System.out.printf(
        Locale.ROOT,
        "all %,d checks of %,d keys are in the ledger, and none is lost%n",
        counted,
        KEYS_IN_USE);
    System.exit(
        Verdict.atLeast("verify with the ledger : without", Verdict.median(ratios), RATIO_MIN, "")
            ? 0
            : 1);
  }

  /** Returns how many checks the ledger of a folder has; throws if it lost one. */
  private static long counted(Path folder) throws SQLException {
    Path file = folder.resolve("usage.db");
    if (!Files.exists(file)) {
      return 0;
    }
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      if (number(statement, "SELECT COALESCE(SUM(lost), 0) FROM usage_gaps") > 0) {
        throw new IllegalStateException("checks are lost");
      }
      return number(
              statement,
              "SELECT COALESCE(SUM(allowed + denied), 0) FROM usage_hours h JOIN usage_demands d ON d.number = h.demand WHERE d.operation = ''")
          + number(
              statement,
              "SELECT COALESCE(SUM(allowed + denied), 0) FROM usage_days h JOIN usage_demands d ON d.number = h.demand WHERE d.operation = ''");
    }
  }

  private static long number(Statement statement, String sql) throws SQLException {
    try (ResultSet results = statement.executeQuery(sql)) {
      results.next();
      return results.getLong(1);
    }
  }
}
