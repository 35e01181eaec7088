package io.bitting.benchmarks;

import io.bitting.server.BittingServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Holds pages of the console in an organization of 100,000 keys against the same pages in one of
 * 100, on the same server and in turn: the time within which 99 of 100 are answered.
 */
public final class PagesRatio {
  private static final int FEW = 100;
  private static final int MANY = 100_000;
  private static final int WARM_UP = 300;
  private static final double RATIO_MAX = 3;
  private static final Pattern NEXT = Pattern.compile("href=\"(/keys\\?[^\"]*cursor=[^\"]*)\"");

  private final HttpClient client = HttpClient.newHttpClient();
  private final int port;

  private PagesRatio(int port) {
    this.port = port;
  }

  /**
   * Runs, prints and ends with 1 if a limit is not held.
   *
   * @param args how many times each page is asked for
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    int times = Integer.parseInt(args[0]);
    Path folder = Files.createTempDirectory(Path.of(args[1]), "crowded");
    List<CrowdedDatabase.Crowd> crowds = new CrowdedDatabase().fill(folder, FEW, MANY);
    boolean held = true;
    try (BittingServer server =
        ThroughputRatio.start(folder, FEW + MANY, (HttpServerRequest request) -> {})) {
      PagesRatio pages = new PagesRatio(server.port());
      for (String path :
          List.of(
              "/keys",
              "/keys?q=needle",
              "/keys?q=import",
              "/keys?scope=scans:delete",
              "/keys?state=active",
              "/keys?expires_within=30d",
              "deep",
              "key",
              "/catalog/appsec",
              "/audit",
              "/members",
              "/settings",
              "/review")) {
        held &= pages.compare(path, crowds.get(0), crowds.get(1), times);
      }
    } finally {
      delete(folder);
    }
    System.exit(held ? 0 : 1);
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  private boolean compare(
      String what, CrowdedDatabase.Crowd few, CrowdedDatabase.Crowd many, int times)
      throws IOException, InterruptedException {
    String ofFew = path(what, few);
    String ofMany = path(what, many);
    long first = nanos(many, ofMany);
    for (int i = 0; i < Math.min(WARM_UP, times); i++) {
      nanos(few, ofFew);
      nanos(many, ofMany);
    }
    List<Long> fewNanos = new ArrayList<>();
    List<Long> manyNanos = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      fewNanos.add(nanos(few, ofFew));
      manyNanos.add(nanos(many, ofMany));
    }
    System.out.printf(
        Locale.ROOT,
        "%s: %,d keys p50 %.1f ms, p99 %.1f ms; %,d keys p50 %.1f ms, p99 %.1f ms, the first %.1f ms%n",
        what,
        few.keys(),
        millis(fewNanos, 50),
        millis(fewNanos, 99),
        many.keys(),
        millis(manyNanos, 50),
        millis(manyNanos, 99),
        first / 1e6);
    return Verdict.atMost(
        what + ", " + many.keys() + " : " + few.keys() + " keys",
        millis(manyNanos, 99) / millis(fewNanos, 99),
        RATIO_MAX,
        "");
  }

  /** A page far down the list, where there is one, and that of a key, are found by looking. */
  private String path(String what, CrowdedDatabase.Crowd crowd)
      throws IOException, InterruptedException {
    if (what.equals("key")) {
      return "/keys/" + crowd.key();
    }
    if (!what.equals("deep")) {
      return what;
    }
    String path = "/keys";
    for (int page = 0; page < crowd.keys() / 100; page++) {
      Matcher next = NEXT.matcher(get(crowd, path));
      if (!next.find()) {
        throw new IllegalStateException("no page after " + path);
      }
      path = next.group(1).replace("&amp;", "&");
    }
    return path;
  }

  private long nanos(CrowdedDatabase.Crowd crowd, String path)
      throws IOException, InterruptedException {
    long began = System.nanoTime();
    get(crowd, path);
    return System.nanoTime() - began;
  }

  private String get(CrowdedDatabase.Crowd crowd, String path)
      throws IOException, InterruptedException {
    HttpResponse<String> response =
        client.send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(60))
                .header("Cookie", "__Host-bitting=" + crowd.cookie())
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IllegalStateException(path + " was answered " + response.statusCode());
    }
    return response.body();
  }

  private static double millis(List<Long> nanos, int percent) {
    List<Long> sorted = nanos.stream().sorted().toList();
    return sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100)) / 1e6;
  }
}
