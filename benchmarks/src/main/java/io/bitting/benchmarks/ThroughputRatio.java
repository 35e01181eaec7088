package io.bitting.benchmarks;

import io.bitting.server.BittingServer;
import io.bitting.server.ServerSettings;
import io.bitting.server.http.EdgeSettings;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
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

/**
 * Holds an operation that checks against a handler that does not, on the same listener of the same
 * server. Runs of one and the other alternate, and change places from pair to pair; the figure is
 * the median of the pairs' ratios.
 *
 * <p>The server is asked how many checks it allowed and denied: each one that was counted must have
 * been allowed.
 */
final class ThroughputRatio {
  /** What the other handler is mounted below. */
  static final String MOUNT = "/benchmark";

  /** Short, so that whatever else the machine does meanwhile meets both of a pair. */
  private static final int SECONDS = 1;

  private static final int WARM_UP_PAIRS = 3;
  private static final int WARM_UP_SECONDS = 15;
  private static final Pattern CHECKS =
      Pattern.compile("^bitting_checks_total\\{outcome=\"(\\w+)\".*} (\\S+)$", Pattern.MULTILINE);

  private final BittingServer server;
  private final Wrk wrk;
  private final Rival checking;
  private final Rival plain;
  private long asked;

  /** One of the two: its name and its path. */
  record Rival(String name, String path) {}

  ThroughputRatio(BittingServer server, Wrk wrk, Rival checking, Rival plain) {
    this.server = server;
    this.wrk = wrk;
    this.checking = checking;
    this.plain = plain;
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
  private record Pair(Run checking, Run plain) {
    double ratio() {
      return checking.load().perSecond() / plain.load().perSecond();
    }

    double processorTimeRatio() {
      return plain.micros() / checking.micros();
    }
  }

  /** Starts a server on a folder that was filled, with the other handler beside it. */
  static BittingServer start(Path folder, int keys, Handler<HttpServerRequest> plain) {
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
            List.of(new BittingServer.Mount(MOUNT, (vertx, authorizer, base) -> plain)),
            Clock.systemUTC());
    System.out.printf(
        Locale.ROOT,
        "server with %,d keys, started in %.1f s%n",
        keys,
        (System.nanoTime() - began) / 1e9);
    return server;
  }

  /** Measures some pairs, and tells whether the ratio is at least what it has to be. */
  boolean measure(int count, double ratioMin) throws IOException, InterruptedException {
    // Asked before the warm-up, since the server's code is compiled anew for a new kind of request.
    long before = allowed(server);
    for (int i = 1; i <= WARM_UP_PAIRS; i++) {
      System.out.println("warm-up: " + text(pair(i, WARM_UP_SECONDS)));
    }
    List<Pair> pairs = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      pairs.add(pair(i, SECONDS));
      System.out.println("pair " + i + ": " + text(pairs.getLast()));
    }
    long allowed = allowed(server) - before;
    if (allowed < asked) {
      throw new IllegalStateException("of " + asked + " checks only " + allowed + " were allowed");
    }
    System.out.printf(
        Locale.ROOT,
        "all %,d checks were allowed; median ratio of processor times %.2f%n",
        allowed,
        Verdict.median(pairs.stream().map(Pair::processorTimeRatio).toList()));
    return Verdict.atLeast(
        checking.name() + " : " + plain.name(),
        Verdict.median(pairs.stream().map(Pair::ratio).toList()),
        ratioMin,
        "");
  }

  private String text(Pair pair) {
    return String.format(
        Locale.ROOT,
        "%s %s, %s %s: ratio %.3f, of processor times %.3f",
        checking.name(),
        pair.checking(),
        plain.name(),
        pair.plain(),
        pair.ratio(),
        pair.processorTimeRatio());
  }

  private Pair pair(int number, int seconds) throws IOException, InterruptedException {
    boolean plainFirst = number % 2 == 0;
    Run first = run(plainFirst ? plain : checking, seconds);
    Run second = run(plainFirst ? checking : plain, seconds);
    Pair pair = plainFirst ? new Pair(second, first) : new Pair(first, second);
    asked += pair.checking().load().requests();
    return pair;
  }

  private Run run(Rival rival, int seconds) throws IOException, InterruptedException {
    Duration before = processorTime();
    Wrk.Load load = wrk.run(rival.path(), seconds);
    return new Run(load, processorTime().minus(before).toNanos() / 1e3 / load.requests());
  }

  private static Duration processorTime() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** Asks a server how many checks it has allowed; throws if it has denied one. */
  static long allowed(BittingServer server) throws IOException, InterruptedException {
    String metrics = send(HttpRequest.newBuilder(), server.adminPort(), "/metrics").body();
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

  static HttpResponse<String> send(HttpRequest.Builder request, int port, String path)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          request.uri(URI.create("http://127.0.0.1:" + port + path)).build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }
}
