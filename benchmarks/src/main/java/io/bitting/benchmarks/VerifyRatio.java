package io.bitting.benchmarks;

import io.bitting.server.BittingServer;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Holds {@code POST /v1/verify}, its caller's key checked, against {@link Echo}: at least 0.8 of
 * its throughput.
 */
public final class VerifyRatio {
  private static final int KEYS = 1_000_000;
  private static final double RATIO_MIN = 0.8;
  private static final String VERIFY = "/v1/verify";
  private static final String ECHO = ThroughputRatio.MOUNT + "/echo";

  private VerifyRatio() {}

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
    try (BittingServer server = ThroughputRatio.start(folder, KEYS, new Echo())) {
      Wrk wrk =
          new Wrk(
              List.of(args).subList(2, args.length),
              "verify.lua",
              server.port(),
              List.of(
                  FilledDatabase.tokens(folder).toString(),
                  FilledDatabase.caller(folder),
                  Population.COMMON.text()));
      requireSameSize(server, folder);
      held =
          new ThroughputRatio(
                  server,
                  wrk,
                  new ThroughputRatio.Rival("verify", VERIFY),
                  new ThroughputRatio.Rival("echo", ECHO))
              .measure(Integer.parseInt(args[1]), RATIO_MIN);
    }
    System.exit(held ? 0 : 1);
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
    String verify = ThroughputRatio.send(question, server.port(), VERIFY).body();
    String echo = ThroughputRatio.send(question, server.port(), ECHO).body();
    if (verify.length() != echo.length()) {
      throw new IllegalStateException("the answers differ in size: " + verify + " and " + echo);
    }
    System.out.println("both answer like " + echo);
  }
}
