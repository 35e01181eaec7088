package io.bitting.review;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bitting.access.OperationRequest;
import io.bitting.id.ApiId;
import io.bitting.server.Tenant;
import io.bitting.server.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Right-sizing from end to end on the Personnel sample with its 714 operations: keys call some of
 * them over HTTP, the ledger records it, and a key of the proposed grant is allowed every call that
 * was allowed, while a key that lacks any one of its scopes is denied at least one.
 */
final class PersonnelRightSizeTest {
  private static final Path DOCUMENT =
      Path.of(
          "../examples/sample-apis/src/main/resources/io/bitting/samples/personnel/personnel.openapi.json");
  private static final String API = "personnel";
  private static final int BATCH = 100;

  private static TestServer server;
  private static Tenant tenant;
  private static List<Call> operations;
  private static List<String> catalog;

  /** A call of an operation. */
  private record Call(String method, String path) {
    Map<String, String> json() {
      return Map.of("method", method, "path", path);
    }
  }

  @BeforeAll
  static void start() throws IOException {
    server = TestServer.start();
    tenant = server.tenant();
    String document = Files.readString(DOCUMENT);
    JsonNode tree = TestServer.parse(document);
    operations = operations(tree);
    catalog = new ArrayList<>(new TreeSet<>(tree.path("x-scopes").findValuesAsText("scope")));
    String owner = server.ownerToken();
    server
        .put(owner, "/v1/apis/" + API, TestServer.json("name", "Personnel", "prefix", "prs"))
        .ok();
    String yaml = Files.readString(Path.of("../catalogs/personnel.yaml"));
    server.send("PUT", owner, "/v1/apis/" + API + "/catalog", "application/yaml", yaml).ok();
    JsonNode plan =
        server
            .send(
                "PUT",
                owner,
                "/v1/apis/" + API + "/operations?dry_run=true",
                "application/json",
                document)
            .ok()
            .json();
    server
        .send(
            "PUT",
            owner,
            "/v1/apis/" + API + "/operations?confirm=" + plan.path("confirmation").asText(),
            "application/json",
            document)
        .ok();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static List<Call> operations(JsonNode document) {
    List<Call> calls = new ArrayList<>();
    document
        .path("paths")
        .properties()
        .forEach(path ->
            path.getValue()
                .properties()
                .forEach(member -> {
                  if (!member.getKey().equals("parameters")) {
                    calls.add(
                        new Call(
                            member.getKey().toUpperCase(Locale.ROOT),
                            path.getKey()
                                .replace("{resource}", "name")
                                .replaceAll("\\{[^}]*}", "1")));
                  }
                }));
    return calls;
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 0", "2, 12, 0", "3, 60, 20", "5, 714, 0"})
  void proposal_ofRealTraffic_deniesNothingAndCanLoseNothing(int seed, int calls, int lacking) {
    assertThat(operations).hasSize(714);
    Random random = new Random(seed);
    List<Call> traffic = some(operations, calls, random);
    Tenant.Made key =
        lacking == 0
            ? tenant.keyOfAll(API)
            : tenant.key(
                API, some(catalog, catalog.size() - lacking, random).toArray(String[]::new));
    List<Call> allowed = allowed(key, traffic);
    assertThat(allowed).isNotEmpty();
    assertThat(allowed.size() < traffic.size()).isEqualTo(lacking > 0);

    JsonNode size = rightSize(key);
    assertThat(size.path("outcome").asText()).as(size.toString()).isEqualTo("narrower");
    List<String> scopes = texts(size.at("/grant/scopes"));

    // Sound: the proposed key is allowed every call that was allowed.
    Tenant.Made proposed = tenant.key(API, scopes.toArray(String[]::new));
    assertThat(allowed(proposed, allowed)).isEqualTo(allowed);
    assertThat(decided(proposed, allowed)).isEqualTo(allowed);
    // Irreducible: without any one scope, something is denied; and the what-if says how much.
    List<String> needless = new ArrayList<>();
    for (String scope : scopes) {
      List<String> rest = new ArrayList<>(scopes);
      rest.remove(scope);
      if (rest.isEmpty()) {
        continue;
      }
      int denied =
          allowed.size() - decided(tenant.key(API, rest.toArray(String[]::new)), allowed).size();
      if (denied == 0) {
        needless.add(scope);
      }
      assertThat(deniedByWhatIf(key, rest)).as(scope).isEqualTo(denied);
    }
    assertThat(needless).isEmpty();
    System.err.println(
        "personnel right-size: "
            + traffic.size()
            + " calls, "
            + allowed.size()
            + " allowed, "
            + scopes.size()
            + " of "
            + catalog.size()
            + " scopes proposed; 0 calls denied with them, at least 1 without any one of them");
  }

  /** The control: a proposal with one scope on top would be found out by the same walk. */
  @Test
  void proposal_withAScopeTooMany_isFoundOut() {
    Tenant.Made key = tenant.keyOfAll(API);
    List<Call> allowed = allowed(key, some(operations, 20, new Random(6)));
    List<String> scopes = texts(rightSize(key).at("/grant/scopes"));
    Set<String> more = new TreeSet<>(catalog);
    scopes.forEach(more::remove);
    List<String> wide = new ArrayList<>(scopes);
    wide.add(more.iterator().next());

    List<String> needless = new ArrayList<>();
    for (String scope : wide) {
      List<String> rest = new ArrayList<>(wide);
      rest.remove(scope);
      if (decided(tenant.key(API, rest.toArray(String[]::new)), allowed).equals(allowed)) {
        needless.add(scope);
      }
    }
    assertThat(needless).containsExactly(wide.getLast());
  }

  private static <T> List<T> some(List<T> all, int count, Random random) {
    List<T> shuffled = new ArrayList<>(all);
    Collections.shuffle(shuffled, random);
    return List.copyOf(shuffled.subList(0, count));
  }

  /** Makes calls with a key, and returns those that were allowed because of it. */
  private static List<Call> allowed(Tenant.Made key, List<Call> calls) {
    List<Call> allowed = new ArrayList<>();
    for (int from = 0; from < calls.size(); from += BATCH) {
      List<Call> batch = calls.subList(from, Math.min(calls.size(), from + BATCH));
      List<Map<String, Object>> checks =
          batch.stream()
              .map(call ->
                  Map.<String, Object>of(
                      "token", key.token(), "api", API, "operation", call.json()))
              .toList();
      JsonNode results =
          server
              .post(server.ownerToken(), "/v1/verify/batch", TestServer.json("checks", checks))
              .ok()
              .json()
              .path("results");
      for (int i = 0; i < batch.size(); i++) {
        if (results.get(i).path("decision").asText().equals("allowed")) {
          allowed.add(batch.get(i));
        }
      }
    }
    return allowed;
  }

  /** Asks what decides in the server itself, many times over, without leaving a record of it. */
  private static List<Call> decided(Tenant.Made key, List<Call> calls) {
    return calls.stream()
        .filter(call ->
            server
                .server()
                .authorizer()
                .authorize(
                    new OperationRequest(key.token(), new ApiId(API), call.method(), call.path()))
                .decision()
                .isAllowed())
        .toList();
  }

  private static JsonNode rightSize(Tenant.Made key) {
    server.flushUsage();
    return server.get(tenant.owner(), tenant.path(key, "/right-size")).ok().json();
  }

  private static long deniedByWhatIf(Tenant.Made key, List<String> scopes) {
    return server
        .post(tenant.owner(), tenant.path(key, "/what-if"), TestServer.json("scopes", scopes))
        .ok()
        .json()
        .path("denied_calls")
        .asLong();
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(each -> texts.add(each.asText()));
    return texts;
  }
}
