package io.bitting.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bitting.cli.demo.Demo;
import io.bitting.fixtures.MutableClock;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The decision matrix of the Personnel sample as the demo serves it, over HTTP, with keys that were
 * created over HTTP: each of its 714 operations with a key that has exactly what is required, one
 * that has all but that, one of all scopes, none, and a revoked one; where two scopes are required,
 * also with either alone. What is expected is read out of the raw document here, by nothing that
 * Bitting has.
 */
final class PersonnelMatrixTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Path DOCUMENT =
      Path.of(
          "../examples/sample-apis/src/main/resources/io/bitting/samples/personnel/personnel.openapi.json");
  private static final int CALLS_AT_ONCE = 8;

  @TempDir private static Path folder;

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final ExecutorService THREADS = Executors.newFixedThreadPool(CALLS_AT_ONCE);
  private static final Map<Set<String>, String> TOKENS = new LinkedHashMap<>();
  private static Demo demo;
  private static List<Row> rows;
  private static SortedSet<String> catalog;
  private static String all;
  private static String revoked;

  /** Who may call an operation. */
  private enum Audience {
    EVERYBODY,
    ANY_VALID_KEY,
    SCOPES
  }

  /** An operation, and what the document says that it requires. */
  private record Row(String method, String path, Audience audience, SortedSet<String> required) {
    Row requiring(SortedSet<String> other) {
      return new Row(method, path, audience, other);
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  /** What a call must be answered: a code, or nothing if it is allowed. */
  private record Expected(int status, String code, Set<String> missing) {
    static final Expected ALLOWED = new Expected(200, "", Set.of());
  }

  /** A call of the matrix. */
  private record Decision(Row row, String kind, String token, Expected expected) {}

  @BeforeAll
  static void start() throws IOException {
    demo = Demo.start(folder.resolve("demo"), 0, 0, new MutableClock());
    JsonNode document = MAPPER.readTree(DOCUMENT.toFile());
    rows = rows(document);
    catalog = new TreeSet<>(document.path("x-scopes").findValuesAsText("scope"));
    makeKeys();
  }

  @AfterAll
  static void stop() {
    demo.close();
    CLIENT.close();
    THREADS.close();
  }

  @Test
  void everyOperation_withEveryKindOfKey_isDecidedRight() {
    assertThat(rows).hasSize(714);
    assertThat(catalog).hasSize(142);
    assertThat(rows.stream().filter(row -> row.required().size() == 2)).hasSize(56);
    assertThat(rows.stream().filter(row -> row.audience() == Audience.ANY_VALID_KEY)).hasSize(3);
    assertThat(rows.stream().filter(row -> row.audience() == Audience.EVERYBODY)).hasSize(2);
    List<Decision> decisions = rows.stream().flatMap(row -> decisions(row).stream()).toList();

    List<String> wrong = walk(decisions);

    assertThat(wrong).isEmpty();
    assertThat(decisions).hasSize(714 * 5 + 56 * 2);
    System.err.println(
        "personnel matrix: "
            + rows.size()
            + " operations, "
            + decisions.size()
            + " decisions, all right");
  }

  /**
   * The control: of each operation that requires two scopes, one is left out of what is expected,
   * and the matrix finds that at the call with the other one alone.
   */
  @Test
  void expectation_thatIsWrong_isFound() {
    List<Decision> decisions = new ArrayList<>();
    for (Row row : rows) {
      if (row.required().size() == 2) {
        Row wrong = row.requiring(new TreeSet<>(Set.of(row.required().first())));
        decisions.addAll(
            decisions(wrong).stream().filter(each -> each.kind().equals("exactly")).toList());
      }
    }
    assertThat(walk(decisions)).hasSize(56).allMatch(line -> line.contains("insufficient_scope"));
  }

  /** What is no operation is refused to a key that may do everything. */
  @Test
  void request_forNoOperation_isRefused() {
    for (String path : List.of("/nothing", "/users/1/nothing", "//users", "/users/1/../2")) {
      HttpResponse<String> answer = send("GET", demo.personnelPath() + path, all, "");
      assertThat(answer.statusCode()).as(path).isEqualTo(403);
      assertThat(json(answer).path("code").asText()).as(path).isEqualTo("requirement_unknown");
    }
  }

  private static List<Decision> decisions(Row row) {
    Expected missing = new Expected(401, "credential_missing", Set.of());
    Expected dead = new Expected(401, "key_revoked", Set.of());
    boolean scoped = row.audience() == Audience.SCOPES;
    boolean open = row.audience() == Audience.EVERYBODY;
    SortedSet<String> exactly = scoped ? row.required() : new TreeSet<>(Set.of(catalog.first()));
    Expected lacking =
        scoped ? new Expected(403, "insufficient_scope", row.required()) : Expected.ALLOWED;
    List<Decision> decisions = new ArrayList<>();
    decisions.add(new Decision(row, "exactly", token(exactly), Expected.ALLOWED));
    decisions.add(new Decision(row, "all but", token(allBut(exactly)), lacking));
    decisions.add(new Decision(row, "all", all, Expected.ALLOWED));
    decisions.add(new Decision(row, "none", "", open ? Expected.ALLOWED : missing));
    decisions.add(new Decision(row, "revoked", revoked, open ? Expected.ALLOWED : dead));
    if (row.required().size() > 1) {
      for (String scope : row.required()) {
        SortedSet<String> rest = new TreeSet<>(row.required());
        rest.remove(scope);
        decisions.add(
            new Decision(
                row,
                "only " + rest,
                token(rest),
                new Expected(403, "insufficient_scope", Set.of(scope))));
      }
    }
    return decisions;
  }

  /** Makes the calls, several at once, and returns a line for each that was decided otherwise. */
  private static List<String> walk(List<Decision> decisions) {
    return parallel(decisions, PersonnelMatrixTest::wrong).stream()
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<String> wrong(Decision decision) {
    Row row = decision.row();
    String path =
        demo.personnelPath()
            + row.path().replace("{resource}", "name").replaceAll("\\{[^}]*}", "1");
    HttpResponse<String> answer = send(row.method(), path, decision.token(), "");
    return isAsExpected(decision.expected(), row, answer)
        ? Optional.empty()
        : Optional.of(
            row + " with " + decision.kind() + ": " + answer.statusCode() + " " + answer.body());
  }

  private static boolean isAsExpected(Expected expected, Row row, HttpResponse<String> answer) {
    int status = answer.statusCode();
    if (expected.equals(Expected.ALLOWED)) {
      // An earlier call may have deleted it, and a call without a body may lack something: both
      // are answers of the operation, not of the guard.
      return Set.of(200, 201, 204).contains(status)
          || (status == 404 && json(answer).path("detail").asText().startsWith("There is no "))
          || (status == 422 && json(answer).path("code").asText().equals("validation_failed"));
    }
    String challenge = answer.headers().firstValue("WWW-Authenticate").orElse("");
    JsonNode problem = json(answer);
    return status == expected.status()
        && answer
            .headers()
            .firstValue("Content-Type")
            .equals(Optional.of("application/problem+json"))
        && problem.path("code").asText().equals(expected.code())
        && challenge.startsWith("Bearer realm=\"personnel\"")
        && (status != 403
            || (texts(problem.path("required_scopes")).equals(row.required())
                && texts(problem.path("missing_scopes")).equals(expected.missing())
                && challenge.endsWith("scope=\"" + String.join(" ", row.required()) + "\"")));
  }

  private static Set<String> texts(JsonNode list) {
    Set<String> texts = new TreeSet<>();
    list.forEach(each -> texts.add(each.asText()));
    return texts;
  }

  private static List<Row> rows(JsonNode document) {
    List<Row> rows = new ArrayList<>();
    document
        .path("paths")
        .properties()
        .forEach(path ->
            path.getValue()
                .properties()
                .forEach(member -> {
                  if (!member.getKey().equals("parameters")) {
                    rows.add(row(member.getKey(), path.getKey(), member.getValue()));
                  }
                }));
    return rows;
  }

  private static Row row(String method, String path, JsonNode operation) {
    JsonNode security = operation.path("security");
    assertThat(security.isArray() && security.size() <= 1).as(path).isTrue();
    SortedSet<String> required = new TreeSet<>();
    security.path(0).path("apiKey").forEach(scope -> required.add(scope.asText()));
    Audience audience =
        security.isEmpty()
            ? Audience.EVERYBODY
            : required.isEmpty() ? Audience.ANY_VALID_KEY : Audience.SCOPES;
    return new Row(method.toUpperCase(Locale.ROOT), path, audience, required);
  }

  /** Makes every key that the matrix needs: each set of scopes once. */
  private static void makeKeys() {
    Set<SortedSet<String>> sets = new LinkedHashSet<>();
    for (Row row : rows) {
      SortedSet<String> exactly =
          row.required().isEmpty() ? new TreeSet<>(Set.of(catalog.first())) : row.required();
      sets.add(exactly);
      sets.add(allBut(exactly));
      exactly.forEach(scope -> sets.add(new TreeSet<>(Set.of(scope))));
    }
    List<SortedSet<String>> list = List.copyOf(sets);
    List<String> tokens =
        parallel(
            list,
            set ->
                create("\"scopes\":[\"" + String.join("\",\"", set) + "\"]", "k" + set.hashCode())
                    .path("token")
                    .asText());
    for (int i = 0; i < list.size(); i++) {
      TOKENS.put(list.get(i), tokens.get(i));
    }
    all = create("\"all_scopes\":true", "all").path("token").asText();
    JsonNode dead = create("\"all_scopes\":true", "revoked");
    revoked = dead.path("token").asText();
    assertThat(send("GET", demo.personnelPath() + "/users", revoked, "").statusCode())
        .isEqualTo(200);
    owner("/v1/organizations/demo/api-keys/" + dead.path("id").asText() + "/revoke", "", 200);
  }

  private static String token(SortedSet<String> scopes) {
    return Optional.ofNullable(TOKENS.get(scopes)).orElseThrow();
  }

  private static SortedSet<String> allBut(SortedSet<String> scopes) {
    SortedSet<String> rest = new TreeSet<>(catalog);
    rest.removeAll(scopes);
    return rest;
  }

  private static JsonNode create(String scopes, String name) {
    return owner(
        "/v1/organizations/demo/api-keys",
        "{\"api\":\"personnel\"," + scopes + ",\"name\":\"" + name + "\"}",
        201);
  }

  private static JsonNode owner(String path, String body, int status) {
    HttpResponse<String> answer = send("POST", path, demo.ownerToken().reveal(), body);
    assertThat(answer.statusCode()).as("%s: %s", path, answer.body()).isEqualTo(status);
    return json(answer);
  }

  private static <T, R> List<R> parallel(List<T> all, Function<T, R> action) {
    List<Callable<R>> calls =
        all.stream().<Callable<R>>map(each -> () -> action.apply(each)).toList();
    List<R> results = new ArrayList<>();
    try {
      for (Future<R> future : THREADS.invokeAll(calls)) {
        results.add(future.get());
      }
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
    return results;
  }

  private static JsonNode json(HttpResponse<String> answer) {
    try {
      return MAPPER.readTree(answer.body());
    } catch (IOException e) {
      throw new AssertionError(answer.body(), e);
    }
  }

  private static HttpResponse<String> send(String method, String path, String token, String body) {
    int port = URI.create(demo.baseUrl()).getPort();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(40));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    if (!body.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    HttpRequest.BodyPublisher publisher =
        body.isEmpty()
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(body);
    try {
      return CLIENT.send(
          request.method(method, publisher).build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(method + " " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
