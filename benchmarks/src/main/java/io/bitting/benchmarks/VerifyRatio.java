package io.bitting.benchmarks;

import io.bitting.server.BittingServer;
import io.bitting.server.ServerSettings;
import io.bitting.server.http.EdgeSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Holds {@code POST /v1/verify}, its caller's key checked, against {@link Echo} on the same
 * listener of the same server: at least 0.8 of its throughput. Runs of one and the other alternate,
 * and change places from pair to pair; the figure is the median of the pairs' ratios.
 *
 * <p>The server is asked how many checks it allowed and denied: each one that was counted must have
 * been allowed.
 */
public final class VerifyRatio {
  private static final int KEYS = 1_000_000;
  private static final int SECONDS = 3;
  private static final int WARM_UP_PAIRS = 3;
  private static final int WARM_UP_SECONDS = 8;
  private static final double RATIO_MIN = 0.8;
  private static final String VERIFY = "/v1/verify";
  private static final String MOUNT = "/benchmark";
  private static final String ECHO = MOUNT + "/echo";
  private static final Pattern CHECKS =
      Pattern.compile("^bitting_checks_total\\{outcome=\"(\\w+)\".*} (\\S+)$", Pattern.MULTILINE);

  private final BittingServer server;
  private final Wrk wrk;
  private long asked;

  private VerifyRatio(BittingServer server, Wrk wrk) {
    this.server = server;
    this.wrk = wrk;
  }

  /**
   * A run.
   *
   * @param load what came of it
   * @param micros the processor time that the server took for a request, collector included
   */
  private record Run(Wrk.Load load, double micros) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%,.0f/s (99 of 100 within %.1f ms, %.1f us of the server each, wrk busy %.0f %%)",
          load.perSecond(),
          load.p99Millis(),
          micros,
          100 * load.busy());
    }
  }

  /** A run of each. */
  private record Pair(Run verify, Run echo) {
    double ratio() {
      return verify.load().perSecond() / echo.load().perSecond();
    }

    double processorTimeRatio() {
      return echo.micros() / verify.micros();
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "verify %s, echo %s: ratio %.3f, of processor times %.3f",
          verify,
          echo,
          ratio(),
          processorTimeRatio());
    }
  }

  /**
   * Runs, prints and ends with 1 if the limit is not held.
   *
   * @param args a folder for databases, how many pairs, and the command that binds wrk to a
   *     processor, if any
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path folder = Path.of(args[0], "verify-" + KEYS);
    FilledDatabase.ensure(folder, KEYS);
    boolean held;
    try (BittingServer server = start(folder)) {
      Wrk wrk =
          new Wrk(
              List.of(args).subList(2, args.length),
              server.port(),
              FilledDatabase.tokens(folder),
              FilledDatabase.caller(folder),
              Population.COMMON.text());
      requireSameSize(server, folder);
      held = new VerifyRatio(server, wrk).measure(Integer.parseInt(args[1]));
    }
    System.exit(held ? 0 : 1);
  }

  private static BittingServer start(Path folder) {
    long began = System.nanoTime();
    BittingServer server =
        BittingServer.start(
            new ServerSettings(
                new ServerSettings.Sqlite(folder),
                new EdgeSettings("127.0.0.1", 0, "", Optional.empty(), Set.of()),
                new ServerSettings.Address("127.0.0.1", 0),
                Optional.empty(),
                Optional.empty(),
                Duration.ofSeconds(60)),
            List.of(new BittingServer.Mount(MOUNT, (vertx, authorizer, base) -> new Echo())),
            Clock.systemUTC());
    System.out.printf(
        Locale.ROOT,
        "server with %,d keys, started in %.1f s%n",
        KEYS,
        (System.nanoTime() - began) / 1e9);
    return server;
  }

  private boolean measure(int count) throws IOException, InterruptedException {
    // Asked before the warm-up, since the server's code is compiled anew for a new kind of request.
    long before = allowed();
    for (int i = 1; i <= WARM_UP_PAIRS; i++) {
      System.out.println("warm-up: " + pair(i, WARM_UP_SECONDS));
    }
    List<Pair> pairs = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      pairs.add(pair(i, SECONDS));
      System.out.println("pair " + i + ": " + pairs.getLast());
    }
    long allowed = allowed() - before;
    if (allowed < asked) {
      throw new IllegalStateException("of " + asked + " checks only " + allowed + " were allowed");
    }
    System.out.printf(
        Locale.ROOT,
        "all %,d checks were allowed; median ratio of processor times %.2f%n",
        allowed,
        Verdict.median(pairs.stream().map(Pair::processorTimeRatio).toList()));
    return Verdict.atLeast(
        "verify : echo", Verdict.median(pairs.stream().map(Pair::ratio).toList()), RATIO_MIN, "");
  }

  private Pair pair(int number, int seconds) throws IOException, InterruptedException {
    boolean echoFirst = number % 2 == 0;
    Run first = run(echoFirst ? ECHO : VERIFY, seconds);
    Run second = run(echoFirst ? VERIFY : ECHO, seconds);
    Pair pair = echoFirst ? new Pair(second, first) : new Pair(first, second);
    asked += pair.verify().load().requests();
    return pair;
  }

  private Run run(String path, int seconds) throws IOException, InterruptedException {
    Duration before = processorTime();
    Wrk.Load load = wrk.run(path, seconds);
    return new Run(load, processorTime().minus(before).toNanos() / 1e3 / load.requests());
  }

  private static Duration processorTime() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** Asks both the same; throws unless they answer with as many bytes. */
  private static void requireSameSize(BittingServer server, Path folder)
      throws IOException, InterruptedException {
    String token;
    try (Stream<String> lines = Files.lines(FilledDatabase.tokens(folder))) {
      token = lines.findFirst().orElseThrow();
    }
    HttpRequest.Builder question =
        HttpRequest.newBuilder()
            .header("Authorization", "Bearer " + FilledDatabase.caller(folder))
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"token\":\"%s\",\"api\":\"appsec\",\"required_scopes\":[\"%s\"]}"
                        .formatted(token, Population.COMMON)));
    String verify = send(question, server.port(), VERIFY);
    String echo = send(question, server.port(), ECHO);
    if (verify.length() != echo.length()) {
      throw new IllegalStateException("the answers differ in size: " + verify + " and " + echo);
    }
    System.out.println("both answer like " + echo);
  }

  /** Asks the server how many checks it has allowed; throws if it has denied one. */
  private long allowed() throws IOException, InterruptedException {
    String metrics = send(HttpRequest.newBuilder(), server.adminPort(), "/metrics");
    long allowed = 0;
    for (MatchResult count : CHECKS.matcher(metrics).results().toList()) {
      double checks = Double.parseDouble(count.group(2));
      if (count.group(1).equals("allowed")) {
        allowed += (long) checks;
      } else if (checks > 0) {
        throw new IllegalStateException("a check was denied: " + count.group());
      }
    }
    return allowed;
  }

  private static String send(HttpRequest.Builder request, int port, String path)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              request.uri(URI.create("http://127.0.0.1:" + port + path)).build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }
}
