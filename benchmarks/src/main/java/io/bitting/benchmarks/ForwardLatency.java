package io.bitting.benchmarks;

import io.bitting.server.BittingServer;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Sends a gateway's questions at a fixed rate by h2load, and holds the time within which 999 of
 * 1,000 are answered against the deadline of the strictest gateway: Envoy's 200 ms. The clock of a
 * request starts when it was due by the rate, as far as h2load keeps it.
 */
public final class ForwardLatency {
  private static final int PER_SECOND = 5_000;
  private static final int CONNECTIONS = 50;
  private static final int SECONDS = 30;
  private static final int WARM_UP_SECONDS = 10;
  private static final double MILLIS_MAX = 200;

  private ForwardLatency() {}

  /**
   * Runs, prints and ends with 1 if the limit is not held.
   *
   * @param args a folder for databases
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path folder = Path.of(args[0], "forward-" + ForwardRatio.KEYS);
    FilledDatabase.ensure(folder, ForwardRatio.KEYS);
    Path log = Files.createTempFile("h2load", ".log");
    boolean held;
    try (BittingServer server =
        ThroughputRatio.start(folder, ForwardRatio.KEYS, new Plain("none"))) {
      load(server.port(), folder, WARM_UP_SECONDS, log);
      Files.writeString(log, "");
      load(server.port(), folder, SECONDS, log);
      held = judge(Files.readAllLines(log));
    } finally {
      Files.delete(log);
    }
    System.exit(held ? 0 : 1);
  }

  private static void load(int port, Path folder, int seconds, Path log)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "h2load",
                "--h1",
                "--threads=1",
                "--clients=" + CONNECTIONS,
                "--rps=" + PER_SECOND / CONNECTIONS,
                "--duration=" + seconds,
                "--log-file=" + log));
    HttpRequest question =
        ForwardRatio.question(folder)
            .uri(java.net.URI.create("http://127.0.0.1:" + port + ForwardRatio.AUTHORIZE))
            .build();
    for (Map.Entry<String, List<String>> header : question.headers().map().entrySet()) {
      command.add("--header=" + header.getKey() + ": " + header.getValue().get(0));
    }
    command.add(question.uri().toString());
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (process.waitFor() != 0) {
      throw new IllegalStateException("h2load failed");
    }
  }

  /** Reads lines of: microseconds since 1970, status, microseconds that it took. */
  private static boolean judge(List<String> lines) {
    List<Double> millis = new ArrayList<>();
    for (String line : lines) {
      String[] columns = line.split("\t", -1);
      if (!columns[1].equals("200")) {
        throw new IllegalStateException("a request was answered " + columns[1]);
      }
      millis.add(Double.parseDouble(columns[2]) / 1e3);
    }
    millis.sort(null);
    int count = millis.size();
    System.out.printf(
        Locale.ROOT,
        "%,d requests, %,.0f a second over %d connections: p50 %.2f ms, p99 %.2f ms, p99.9 %.2f ms, max %.2f ms%n",
        count,
        (double) count / SECONDS,
        CONNECTIONS,
        millis.get(count / 2),
        millis.get(count * 99 / 100),
        millis.get((int) (count * 999L / 1000)),
        millis.get(count - 1));
    boolean rate =
        Verdict.atLeast("requests a second", (double) count / SECONDS, 0.99 * PER_SECOND, "");
    return Verdict.atMost(
            "999 of 1,000 answered within",
            millis.get((int) (count * 999L / 1000)),
            MILLIS_MAX,
            " ms")
        && rate;
  }
}
