package io.bitting.gateways;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bitting.server.TestServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The personnel API behind every gateway, with a real server: for each of its 714 operations and
 * each kind of key the client gets what {@code POST /v1/verify} decides.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DecisionMatrixTest {
  private static final Path DOCUMENT =
      Path.of(
          "../examples/sample-apis/src/main/resources/io/bitting/samples/personnel/personnel.openapi.json");

  /** Names a request, also to the upstream. */
  private static final String ROW = "X-Row";

  private static final int AT_ONCE = 64;
  private static final int CHECKS_PER_BATCH = 100;
  private static final Map<String, Integer> STATUS =
      Map.of(
          "credential_missing", 401,
          "credential_invalid", 401,
          "key_revoked", 401,
          "insufficient_scope", 403);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Map<SortedSet<String>, String> tokens = new HashMap<>();
  private List<Operation> operations = List.of();
  private SortedSet<String> catalog = new TreeSet<>();
  private GatewayServer server;

  /** An operation, read out of the raw file: it has one scheme, and one alternative each. */
  private record Operation(
      String method, String path, boolean anonymous, SortedSet<String> scopes) {}

  /** A request of the matrix. The token is empty for none. */
  private record Row(Operation operation, String kind, String token) {
    String name() {
      return operation.method() + " " + operation.path() + " with " + kind;
    }
  }

  @BeforeAll
  void start() throws IOException {
    String document = Files.readString(DOCUMENT);
    operations = operations(new ObjectMapper().readTree(document));
    operations.forEach(operation -> catalog.addAll(operation.scopes()));
    server =
        new GatewayServer(
            "personnel", Files.readString(Path.of("..", "catalogs", "personnel.yaml")), document);
  }

  @AfterAll
  void stop() {
    client.close();
  }

  private static List<Operation> operations(JsonNode document) {
    List<Operation> operations = new ArrayList<>();
    document
        .required("paths")
        .properties()
        .forEach(path ->
            path.getValue()
                .properties()
                .forEach(method -> {
                  if (!method.getKey().equals("parameters")) {
                    JsonNode security = method.getValue().required("security");
                    SortedSet<String> scopes = new TreeSet<>();
                    security.path(0).path("apiKey").forEach(scope -> scopes.add(scope.textValue()));
                    operations.add(
                        new Operation(
                            method.getKey().toUpperCase(Locale.ROOT),
                            path.getKey().replaceAll("\\{[^}]*}", "17"),
                            security.isEmpty(),
                            scopes));
                  }
                }));
    return operations;
  }

  @Test
  void everyOperation_withEveryKindOfKey_isDecidedAlikeThroughEveryGateway() {
    assertThat(operations).hasSize(714);
    List<Row> rows = rows();
    Map<Row, Integer> expected = decisions(rows);
    assertThat(expected.values()).contains(200, 401, 403);
    for (Gateway gateway : Gateway.values()) {
      try (RawServer upstream = RawServer.upstream();
          RunningGateway running = RunningGateway.start(gateway, server.around(upstream.port()))) {
        Map<Row, Integer> statuses = new HashMap<>(ask(running, rows));
        // On a busy machine a gateway's deadline may pass, before the upstream is asked or after;
        // who is told so asks again.
        for (int again = 0; again < 3 && statuses.containsValue(503); again++) {
          statuses.putAll(
              ask(running, rows.stream().filter(row -> statuses.get(row) == 503).toList()));
        }
        Map<String, String> different = new TreeMap<>();
        expected.forEach((row, status) -> {
          if (!status.equals(statuses.get(row))) {
            different.put(row.name(), status + " is " + statuses.get(row));
          }
        });
        assertThat(different).as("%s", gateway).isEmpty();
        assertThat(upstream.take().stream().map(request -> request.only(ROW)).distinct())
            .as("%s, what reached the upstream", gateway)
            .containsExactlyInAnyOrderElementsOf(allowed(expected));
      }
    }
    System.err.println(
        "decision matrix: "
            + operations.size()
            + " operations, "
            + rows.size()
            + " requests x 3 gateways, all as /v1/verify decides");
  }

  private static List<String> allowed(Map<Row, Integer> expected) {
    return expected.keySet().stream()
        .filter(row -> expected.get(row) == 200)
        .map(Row::name)
        .toList();
  }

  private List<Row> rows() {
    String all = server.keyOfAll().token();
    var revoked = server.keyOfAll();
    server.revoke(revoked);
    List<Row> rows = new ArrayList<>();
    for (Operation operation : operations) {
      if (!operation.scopes().isEmpty()) {
        SortedSet<String> others = new TreeSet<>(catalog);
        others.removeAll(operation.scopes());
        rows.add(new Row(operation, "exactly what it requires", token(operation.scopes())));
        rows.add(new Row(operation, "all but those", token(others)));
        if (operation.scopes().size() > 1) {
          SortedSet<String> some = new TreeSet<>(operation.scopes());
          some.removeLast();
          rows.add(new Row(operation, "one too few", token(some)));
        }
      }
      rows.add(new Row(operation, "all scopes", all));
      rows.add(new Row(operation, "no key", ""));
      rows.add(new Row(operation, "a revoked key", revoked.token()));
    }
    return rows;
  }

  private String token(SortedSet<String> scopes) {
    return tokens.computeIfAbsent(scopes, ignored -> server.key(List.copyOf(scopes)).token());
  }

  /** What {@code POST /v1/verify} decides about each, as the status that a client then gets. */
  private Map<Row, Integer> decisions(List<Row> rows) {
    Map<Row, Integer> decisions = new HashMap<>();
    List<Row> asked = new ArrayList<>();
    for (Row row : rows) {
      if (row.token().isEmpty()) {
        // Without a token there is nothing to verify.
        decisions.put(row, row.operation().anonymous() ? 200 : 401);
      } else {
        asked.add(row);
      }
    }
    for (int from = 0; from < asked.size(); from += CHECKS_PER_BATCH) {
      List<Row> batch = asked.subList(from, Math.min(from + CHECKS_PER_BATCH, asked.size()));
      List<JsonNode> results =
          server.verify(batch.stream().map(row -> check(row, server.api())).toList());
      for (int i = 0; i < batch.size(); i++) {
        JsonNode result = results.get(i);
        decisions.put(
            batch.get(i),
            result.path("decision").asText().equals("allowed")
                ? 200
                : STATUS.get(result.path("reason").asText()));
      }
    }
    return decisions;
  }

  private static JsonNode check(Row row, String api) {
    return TestServer.parse(
        TestServer.json(
            "token",
            row.token(),
            "api",
            api,
            "operation",
            Map.of("method", row.operation().method(), "path", row.operation().path())));
  }

  private Map<Row, Integer> ask(RunningGateway gateway, List<Row> rows) {
    Map<Row, Integer> statuses = new ConcurrentHashMap<>();
    Semaphore places = new Semaphore(AT_ONCE);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Row row : rows) {
        threads.execute(() -> {
          places.acquireUninterruptibly();
          try {
            statuses.put(row, ask(gateway, row));
          } finally {
            places.release();
          }
        });
      }
    }
    return statuses;
  }

  private int ask(RunningGateway gateway, Row row) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + gateway.port() + row.operation().path()))
            .timeout(Duration.ofSeconds(30))
            .header(ROW, row.name())
            .method(row.operation().method(), HttpRequest.BodyPublishers.noBody());
    if (!row.token().isEmpty()) {
      request.header("Authorization", "Bearer " + row.token());
    }
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }
}
