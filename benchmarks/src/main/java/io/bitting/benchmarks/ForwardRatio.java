package io.bitting.benchmarks;

import io.bitting.server.BittingServer;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Holds {@code GET /v1/authorize/{api}}, by which a gateway asks about a client's request, against
 * {@link Plain}: at least 0.8 of its throughput.
 */
public final class ForwardRatio {
  static final int KEYS = 100_000;

  /** The path that a gateway asks. */
  static final String AUTHORIZE = "/v1/authorize/appsec";

  private static final double RATIO_MIN = 0.8;
  private static final String PLAIN = ThroughputRatio.MOUNT + "/plain";

  private ForwardRatio() {}

  /**
   * Runs, prints and ends with 1 if the limit is not held.
   *
   * @param args a folder for databases, how many pairs, and the command that binds wrk to a
   *     processor, if any
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path folder = Path.of(args[0], "forward-" + KEYS);
    FilledDatabase.ensure(folder, KEYS);
    // About as long as those of a grant of the population.
    String scopes = "scans:read ".repeat(10).strip();
    boolean held;
    try (BittingServer server = ThroughputRatio.start(folder, KEYS, new Plain(scopes))) {
      Wrk wrk =
          new Wrk(
              List.of(args).subList(2, args.length),
              "forward.lua",
              server.port(),
              List.of(FilledDatabase.tokens(folder).toString(), FilledDatabase.caller(folder)));
      requireAllowed(server.port(), folder);
      held =
          new ThroughputRatio(
                  server,
                  wrk,
                  new ThroughputRatio.Rival("authorize", AUTHORIZE),
                  new ThroughputRatio.Rival("plain", PLAIN))
              .measure(Integer.parseInt(args[1]), RATIO_MIN);
    }
    System.exit(held ? 0 : 1);
  }

  /** Asks once; throws unless the request may go on. */
  private static void requireAllowed(int port, Path folder)
      throws IOException, InterruptedException {
    HttpResponse<String> answer = ThroughputRatio.send(question(folder), port, AUTHORIZE);
    if (answer.statusCode() != 200) {
      throw new IllegalStateException(answer.statusCode() + " " + answer.body());
    }
    System.out.println("authorize answers with " + answer.headers().map());
  }

  /** Returns what a gateway sends about a request of the first key. */
  static HttpRequest.Builder question(Path folder) throws IOException {
    try (Stream<String> lines = Files.lines(FilledDatabase.tokens(folder))) {
      return HttpRequest.newBuilder()
          .header("X-Bitting-Gateway", FilledDatabase.caller(folder))
          .header("X-Forwarded-Method", "GET")
          .header("X-Forwarded-Uri", "/scans/4711?page=2")
          .header("Authorization", "Bearer " + lines.findFirst().orElseThrow());
    }
  }
}
