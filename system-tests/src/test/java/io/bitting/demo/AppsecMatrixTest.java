package io.bitting.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bitting.cli.demo.Demo;
import io.bitting.fixtures.MutableClock;
import io.bitting.samples.Operation;
import io.bitting.samples.appsec.AppsecApi;
import io.bitting.scope.Requirement;
import io.bitting.scope.Scope;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The decision matrix of the AppSec sample as the demo serves it, over HTTP, with keys that were
 * created over HTTP: every operation, and Bitting's own organization endpoints, with every kind of
 * key. Names rules 1, 2, 4, 5, 7 and 8.
 */
final class AppsecMatrixTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String REALM = "realm=\"appsec\"";

  @TempDir private static Path folder;

  private static final MutableClock CLOCK = new MutableClock();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Map<String, String> TOKENS = new HashMap<>();
  private static Demo demo;
  private static int checked;

  /** A call of the matrix: an operation with an example, or one of Bitting's own endpoints. */
  private record Row(
      String name,
      String method,
      String path,
      String mediaType,
      String body,
      Requirement requirement,
      String realm) {}

  @BeforeAll
  static void start() {
    demo = Demo.start(folder.resolve("demo"), 0, 0, CLOCK);
  }

  @AfterAll
  static void stop() {
    demo.close();
    CLIENT.close();
  }

  @Test
  void everyOperation_withEveryKindOfKey_isDecidedRight() {
    String other = otherOrganization();
    List<Row> rows = rows();
    for (Row row : rows) {
      switch (row.requirement()) {
        case Requirement.Scopes scopes -> check(row, scopes, other);
        case Requirement.AnyValidKey ignored -> {
          assertAllowed(row, token("spare", "[\"files:read\"]"));
          assertRefused(row, "", 401, "credential_missing");
          assertRefused(row, demo.ownerToken().reveal(), 401, "credential_invalid");
        }
        case Requirement.Anonymous ignored -> assertAllowed(row, "");
        case Requirement.Undeclared ignored ->
            throw new AssertionError("the sample declares what each operation requires");
      }
    }
    deadKeys(rows);
    System.err.println(
        "appsec matrix: " + rows.size() + " operations, " + checked + " decisions, all right");
    assertThat(checked).isGreaterThan(400);
  }

  @Test
  void everyProductScope_opensAnOperation() {
    SortedSet<Scope> opened = new TreeSet<>();
    for (Row row : rows()) {
      if (row.requirement() instanceof Requirement.Scopes scopes) {
        scopes.alternatives().forEach(opened::addAll);
      }
    }
    SortedSet<Scope> expected = new TreeSet<>(catalog());
    expected.removeIf(scope -> scope.text().equals("scim"));
    assertThat(opened).isEqualTo(expected);
  }

  private static void check(Row row, Requirement.Scopes scopes, String other) {
    SortedSet<Scope> any = new TreeSet<>();
    for (SortedSet<Scope> alternative : scopes.alternatives()) {
      any.addAll(alternative);
      assertAllowed(row, token("exactly " + alternative, names(alternative)));
      for (Scope lacking : alternative) {
        SortedSet<Scope> rest = new TreeSet<>(alternative);
        rest.remove(lacking);
        if (!rest.isEmpty() && scopes.alternatives().size() == 1) {
          assertLacks(
              row,
              token("exactly " + rest, names(rest)),
              alternative,
              new TreeSet<>(List.of(lacking)));
        }
      }
    }
    SortedSet<Scope> others = new TreeSet<>(catalog());
    others.removeAll(any);
    SortedSet<Scope> first = scopes.alternatives().get(0);
    assertLacks(row, token("all but " + any, names(others)), first, first);
    assertAllowed(row, demo.admin().token().reveal());
    assertRefused(row, "", 401, "credential_missing");
    assertRefused(row, "nex_" + "0".repeat(50), 401, "credential_invalid");
    if (row.realm().equals(REALM)) {
      // A key of another API, which reaches everything there, is unknown here.
      assertRefused(row, demo.ownerToken().reveal(), 401, "credential_invalid");
      // A key of another organization opens that organization's own data, which the samples' tests
      // show to be apart.
      assertAllowed(row, other);
    } else {
      assertRefused(row, other, 404, "not_found");
    }
  }

  /** Keys that worked and then were revoked, disabled or let expire. */
  private static void deadKeys(List<Row> rows) {
    String all = "{\"api\":\"appsec\",\"all_scopes\":true,\"name\":\"%s\"%s}";
    JsonNode revoked = create(String.format(all, "revoked", ""));
    JsonNode disabled = create(String.format(all, "disabled", ""));
    String soon = ",\"expires_at\":\"" + CLOCK.instant().plus(Duration.ofMinutes(1)) + "\"";
    JsonNode expired = create(String.format(all, "expired", soon));
    owner(
        "POST",
        "/v1/organizations/demo/api-keys/" + revoked.path("id").asText() + "/revoke",
        "",
        200);
    owner(
        "POST",
        "/v1/organizations/demo/api-keys/" + disabled.path("id").asText() + "/disable",
        "",
        200);
    CLOCK.advance(Duration.ofMinutes(1));
    for (Row row : rows) {
      if (!(row.requirement() instanceof Requirement.Anonymous)) {
        assertRefused(row, revoked.path("token").asText(), 401, "key_revoked");
        assertRefused(row, disabled.path("token").asText(), 403, "key_disabled");
        assertRefused(row, expired.path("token").asText(), 401, "key_expired");
      }
    }
  }

  private static List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (Operation operation : AppsecApi.operations()) {
      String body = operation.example().body();
      rows.add(
          new Row(
              operation.method() + " " + operation.template(),
              operation.method().name(),
              demo.appsecPath() + operation.example().path(),
              body == null ? "" : operation.body().mediaType(),
              body == null ? "" : body,
              operation.requirement(),
              REALM));
    }
    String bitting = "realm=\"bitting\"";
    rows.add(
        new Row(
            "GET /v1/organizations/{org}",
            "GET",
            "/v1/organizations/demo",
            "",
            "",
            Requirement.allOf("org:read"),
            bitting));
    rows.add(
        new Row(
            "PATCH /v1/organizations/{org}",
            "PATCH",
            "/v1/organizations/demo",
            "application/json",
            "{\"name\":\"Demo\"}",
            Requirement.allOf("org:write"),
            bitting));
    rows.add(
        new Row(
            "GET /v1/organizations/{org}/members",
            "GET",
            "/v1/organizations/demo/members",
            "",
            "",
            Requirement.allOf("org.memberships:read"),
            bitting));
    rows.add(
        new Row(
            "POST /v1/organizations/{org}/invitations",
            "POST",
            "/v1/organizations/demo/invitations",
            "application/json",
            "{\"mail\":\"ada@example.com\",\"role\":\"auditor\"}",
            Requirement.allOf("org.memberships:manage"),
            bitting));
    return rows;
  }

  private static List<Scope> catalog() {
    List<Scope> scopes = new ArrayList<>();
    owner("GET", "/v1/apis/appsec/catalog", "", 200)
        .path("scopes")
        .forEach(entry -> scopes.add(new Scope(entry.path("scope").asText())));
    assertThat(scopes).hasSize(20);
    return scopes;
  }

  private static String names(SortedSet<Scope> scopes) {
    return "[\"" + String.join("\",\"", scopes.stream().map(Scope::text).toList()) + "\"]";
  }

  /** Creates a key of some scopes once, and returns its token. */
  private static String token(String name, String scopes) {
    return TOKENS.computeIfAbsent(
        scopes,
        ignored ->
            create(
                    "{\"api\":\"appsec\",\"scopes\":"
                        + scopes
                        + ",\"name\":\""
                        + shortened(name)
                        + "\"}")
                .path("token")
                .asText());
  }

  private static String shortened(String name) {
    return name.length() > 80 ? name.substring(0, 80) + TOKENS.size() : name;
  }

  private static JsonNode create(String body) {
    return owner("POST", "/v1/organizations/demo/api-keys", body, 201);
  }

  private static String otherOrganization() {
    JsonNode made =
        owner("POST", "/v1/organizations", "{\"slug\":\"acme\",\"name\":\"Acme\"}", 201);
    String code = made.path("setup_code").asText();
    JsonNode owned =
        json(send("POST", "/v1/setup", "", "application/json", "{\"code\":\"" + code + "\"}"), 201);
    HttpResponse<String> key =
        send(
            "POST",
            "/v1/organizations/acme/api-keys",
            owned.path("token").asText(),
            "application/json",
            "{\"api\":\"appsec\",\"all_scopes\":true,\"name\":\"all of acme\"}");
    return json(key, 201).path("token").asText();
  }

  private static JsonNode owner(String method, String path, String body, int status) {
    return json(
        send(
            method,
            path,
            demo.ownerToken().reveal(),
            body.isEmpty() ? "" : "application/json",
            body),
        status);
  }

  private static void assertAllowed(Row row, String token) {
    HttpResponse<String> response = send(row, token);
    assertThat(response.statusCode())
        .as("%s: %s", row.name(), response.body())
        .isNotIn(401, 403, 405, 500, 503);
    if (response.statusCode() == 404) {
      // An earlier row deleted it: that too is an answer of the operation, not of the guard.
      assertThat(response.body()).as(row.name()).contains("\"There is no ");
    }
  }

  private static void assertRefused(Row row, String token, int status, String code) {
    HttpResponse<String> response = send(row, token);
    assertThat(response.statusCode()).as("%s: %s", row.name(), response.body()).isEqualTo(status);
    assertThat(json(response, status).path("code").asText()).as(row.name()).isEqualTo(code);
    if (status == 401) {
      assertThat(response.headers().firstValue("WWW-Authenticate").orElse(""))
          .as(row.name())
          .startsWith("Bearer " + row.realm());
    }
  }

  private static void assertLacks(
      Row row, String token, SortedSet<Scope> required, SortedSet<Scope> missing) {
    HttpResponse<String> response = send(row, token);
    JsonNode problem = json(response, 403);
    assertThat(problem.path("code").asText()).as(row.name()).isEqualTo("insufficient_scope");
    assertThat(texts(problem.path("required_scopes"))).as(row.name()).isEqualTo(texts(required));
    assertThat(texts(problem.path("missing_scopes"))).as(row.name()).isEqualTo(texts(missing));
    assertThat(response.headers().firstValue("WWW-Authenticate"))
        .as(row.name())
        .contains(
            "Bearer "
                + row.realm()
                + ", error=\"insufficient_scope\", scope=\""
                + String.join(" ", texts(required))
                + "\"");
  }

  private static List<String> texts(SortedSet<Scope> scopes) {
    return scopes.stream().map(Scope::text).toList();
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(each -> texts.add(each.asText()));
    return texts;
  }

  private static JsonNode json(HttpResponse<String> response, int status) {
    assertThat(response.statusCode())
        .as("%s: %s", response.request().uri().getPath(), response.body())
        .isEqualTo(status);
    try {
      return MAPPER.readTree(response.body());
    } catch (IOException e) {
      throw new AssertionError(response.body(), e);
    }
  }

  private static HttpResponse<String> send(Row row, String token) {
    checked++;
    return send(row.method(), row.path(), token, row.mediaType(), row.body());
  }

  private static HttpResponse<String> send(
      String method, String path, String token, String mediaType, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
            .timeout(Duration.ofSeconds(40));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    if (!mediaType.isEmpty()) {
      request.header("Content-Type", mediaType);
    }
    HttpRequest.BodyPublisher publisher =
        body.isEmpty()
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8);
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

  private static int port() {
    return URI.create(demo.baseUrl()).getPort();
  }
}
