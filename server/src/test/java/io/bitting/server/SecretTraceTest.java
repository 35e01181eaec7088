package io.bitting.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A token is in the answer that created it and nowhere else (rule 9): not in a log at any level, a
 * metric, an audit event, a later answer, a problem or a file, whichever way it was sent.
 */
final class SecretTraceTest {
  private static final Logger LOG = LoggerFactory.getLogger(SecretTraceTest.class);

  private static final Map<String, String> ANSWERS = new LinkedHashMap<>();
  private static final List<Canary> CANARIES = new ArrayList<>();
  private static AllLogs logs;
  private static TestServer server;
  private static Tenant operator;
  private static String api;
  private static Tenant.Made key;

  @BeforeAll
  static void sendTokensInEveryWay() {
    logs = new AllLogs();
    server = TestServer.startWithoutOwner(Clock.systemUTC(), List.of());
    String code = server.server().setupCodeIfNone().orElseThrow().text();
    CANARIES.add(new Canary("setup code", code));
    note("wrong setup", server.post("", "/v1/setup", TestServer.json("code", code, "x", 1)));
    server.setUp(code);
    CANARIES.add(Canary.ofToken("owner's token", server.ownerToken()));
    operator = server.operator();
    api = server.api();
    key = operator.key(api, "bot", "org:read");
    CANARIES.add(Canary.ofToken("token", key.token()));
    JsonNode organization =
        server
            .post(
                server.ownerToken(),
                "/v1/organizations",
                TestServer.json("slug", "tenant", "name", "Tenant"))
            .ok()
            .json();
    CANARIES.add(new Canary("tenant's setup code", organization.path("setup_code").asText()));
    send(key.token());
    manage();
  }

  @AfterAll
  static void stop() {
    server.close();
    logs.close();
  }

  private static void note(String what, TestServer.Reply reply) {
    ANSWERS.put(
        what + " #" + ANSWERS.size(), reply.response().headers().map() + "\n" + reply.text());
  }

  private static void noteGet(String what, String token, String path) {
    note(what, server.get(token, path));
  }

  private static void raw(String what, String request) {
    ANSWERS.put(
        what + " #" + ANSWERS.size(),
        RawHttp.send(server.server().port(), request + "\r\nConnection: close\r\n\r\n").text());
  }

  private static void send(String token) {
    String upper = token.toUpperCase(Locale.ROOT);
    String path = operator.path("/api-keys");
    noteGet("right", token, "/v1/whoami");
    noteGet("refused", token, path);
    note(
        "user agent",
        server.send(
            server.request(token, "/v1/whoami").setHeader("User-Agent", "robot " + token).build()));
    for (String wrong :
        List.of(
            upper,
            token.toLowerCase(Locale.ROOT),
            token + "x",
            token.substring(1),
            token + "=".repeat(7_000))) {
      noteGet("wrong", wrong, "/v1/whoami");
    }
    for (String in :
        List.of(
            "/v1/whoami?token=" + token,
            "/v1/whoami?access_token=" + token,
            "/v1/whoami?" + token,
            "/v1/whoami?" + token + "=1",
            "/v1/whoami?" + token + "=%",
            "/v1/whoami?x=%&token=" + token,
            "/v1/whoami/" + token,
            "/v1/" + token + "/whoami",
            "/" + token,
            "/" + token + "?" + "x".repeat(9_000))) {
      raw("address", "GET " + in + " HTTP/1.1\r\nHost: x");
    }
    for (String in :
        List.of(
            path + "?state=" + token,
            path + "?q=" + token,
            path + "?cursor=" + token,
            path + "?api=" + token,
            path + "?scope=" + token,
            path + "?created_by=" + token,
            path + "?" + token + "=" + token,
            path + "?expires_within=" + upper,
            path + "/" + token,
            "/v1/organizations/" + token,
            "/v1/organizations/" + token + "/api-keys/" + token,
            "/v1/apis/" + token,
            "/v1/audit-events?actor=" + token + "&action=" + token,
            "/errors/" + token)) {
      noteGet("address", server.ownerToken(), in);
    }
    for (String header :
        List.of(
            "Cookie: token=" + token,
            "Authorisation: Bearer " + token,
            "Authorization: " + token,
            "Authorization: Bearer" + token,
            "Authorization: Bearer " + token + " " + token,
            "Authorization: Basic " + token,
            "Authorization: Bearer " + token + "\r\nX-API-Key: " + token,
            "X-API-Key: " + upper,
            "X-API-Key : " + token,
            "X-Request-Id: " + token,
            "Content-Type: " + token,
            "Host: " + token,
            "X-Forwarded-For: " + token,
            token + ": x",
            token + " x: y",
            "Authorization: Bearer " + token + "0".repeat(20_000))) {
      raw("header", "GET /v1/whoami HTTP/1.1\r\nHost: x\r\n" + header);
    }
    raw("method", token + " /v1/whoami HTTP/1.1\r\nHost: x");
    raw("version", "GET /v1/whoami " + token + "\r\nHost: x");
    bodies(token);
  }

  private static void bodies(String token) {
    String path = operator.path("/api-keys");
    for (String body :
        List.of(
            token,
            "{\"" + token + "\":1}",
            "{\"name\":\"" + token,
            "{\"name\":" + token + "}",
            "{\"" + token + "\":1,\"" + token + "\":2}",
            "{\"name\":\"x\",\"api\":\"" + token + "\",\"scopes\":[\"bot\"]}",
            "{\"name\":\"x\",\"api\":\""
                + api
                + "\",\"scopes\":[\""
                + token
                + "\",\"x"
                + token
                + " y\"]}",
            "{\"name\":\"x\",\"api\":\""
                + api
                + "\",\"scopes\":[\"bot\"],\"expires_at\":\""
                + token
                + "\"}",
            "{\"name\":\"x\",\"api\":\""
                + api
                + "\",\"scopes\":[\"bot\"],\"reach\":\""
                + token
                + "\"}",
            "{\"" + "x".repeat(120) + token + "\":1}",
            "{\"" + "x".repeat(500) + token + "\":1}",
            "[" + token + "]")) {
      note("body", server.post(server.ownerToken(), path, body));
      note("body", server.post(server.ownerToken(), "/v1/verify", body));
      note("body", server.post("", "/v1/setup", body));
    }
    note(
        "padded",
        server.post(
            server.ownerToken(),
            "/v1/verify",
            TestServer.json(
                "token", token + " ".repeat(20_000), "api", api, "any_valid_key", true)));
    note(
        "too large",
        server.post(
            server.ownerToken(), "/v1/verify", "{\"token\":\"" + token + "x".repeat(70_000)));
    note(
        "right",
        server.post(
            server.ownerToken(),
            "/v1/verify",
            TestServer.json("token", token, "api", api, "any_valid_key", true)));
    note(
        "denied",
        server.post(
            server.ownerToken(),
            "/v1/verify",
            TestServer.json(
                "token", token, "api", api, "required_scopes", List.of("orders:read"))));
    note(
        "source",
        server.post(
            server.ownerToken(),
            "/v1/verify",
            "{\"token\":\"x\",\"api\":\""
                + api
                + "\",\"any_valid_key\":true,\"source\":{\"ip\":\""
                + token
                + "\"}}"));
    note(
        "batch",
        server.post(
            server.ownerToken(),
            "/v1/verify/batch",
            "{\"checks\":[" + TestServer.json("token", token, "api", token) + "]}"));
    note("media type", server.send("POST", server.ownerToken(), path, "x/" + token, "{}"));
    for (String yaml :
        List.of(
            token,
            "api: " + token,
            token + ": 1",
            "prefix: \"" + token,
            "scopes: [{scope: " + token + "}]",
            "a: *" + token,
            "a: !" + token + " b",
            "catalog: " + token)) {
      note(
          "catalog",
          server.send(
              "PUT",
              server.ownerToken(),
              "/v1/apis/" + api + "/catalog",
              "application/yaml",
              yaml));
      note(
          "catalog",
          server.send(
              "PUT",
              server.ownerToken(),
              "/v1/apis/" + api + "/catalog?confirm=" + token,
              "application/json",
              yaml));
    }
    note(
        "API",
        server.put(
            server.ownerToken(),
            "/v1/apis/" + token,
            TestServer.json("name", "x", "prefix", token)));
    note(
        "organization",
        server.post(
            server.ownerToken(), "/v1/organizations", TestServer.json("slug", token, "name", "x")));
  }

  /** K6: whatever is done with the key afterwards, its token does not come again. */
  private static void manage() {
    noteGet("show", server.ownerToken(), operator.path(key, ""));
    noteGet("list", server.ownerToken(), operator.path("/api-keys?limit=200"));
    note("edit", server.patch(server.ownerToken(), operator.path(key, ""), "{\"purpose\":\"x\"}"));
    note(
        "same again",
        server.post(
            server.ownerToken(),
            operator.path("/api-keys"),
            TestServer.json(
                "api", api, "name", key.shown().path("name").asText(), "scopes", List.of("bot"))));
    for (String verb : List.of("disable", "enable", "revoke")) {
      note(verb, operator.change(key, verb));
    }
    noteGet("revoked", key.token(), "/v1/whoami");
    repeat();
    noteGet("audit", server.ownerToken(), operator.path("/audit-events?limit=200"));
    noteGet("audit", server.ownerToken(), "/v1/audit-events?limit=200");
  }

  /**
   * K6: nor does that of a key whose creation is sent again; and a token may be taken for a name.
   */
  private static void repeat() {
    String name = "\"" + key.token() + "\"";
    TestServer.Reply first = named(name, "named");
    CANARIES.add(Canary.ofToken("token of a named request", first.json().path("token").asText()));
    note("repeated", named(name, "named"));
    note("repeated otherwise", named(name, "other"));
    note("badly named", named(key.token(), "other"));
  }

  private static TestServer.Reply named(String name, String key) {
    return server.postNamed(
        server.ownerToken(),
        operator.path("/api-keys"),
        name,
        TestServer.json("api", api, "name", key, "scopes", List.of("bot")));
  }

  private static List<String> found(String where, String text) {
    return CANARIES.stream().flatMap(canary -> canary.in(where, text).stream()).toList();
  }

  @Test
  void answers_haveNoTrace() {
    List<String> found = new ArrayList<>();
    ANSWERS.forEach((what, text) -> found.addAll(found(what, text)));
    assertThat(found).isEmpty();
    assertThat(ANSWERS).hasSizeGreaterThan(120);
    System.out.println("answers searched for secrets: " + ANSWERS.size());
  }

  @Test
  void answers_areNotKept() {
    ANSWERS.forEach((what, text) -> {
      String lower = text.toLowerCase(Locale.ROOT);
      if (!lower.isBlank()) {
        assertThat(lower).as(what).contains("cache-control", "no-store");
      }
    });
  }

  @Test
  void logs_haveNoTrace_atAnyLevel() {
    String text = logs.text();
    assertThat(text).hasSizeGreaterThan(10_000);
    assertThat(found("the logs", text)).isEmpty();
  }

  @Test
  void metrics_haveNoTrace() throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (String path : List.of("/metrics", "/readyz", "/livez")) {
        String text =
            client
                .send(
                    HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + server.server().adminPort() + path))
                        .build(),
                    HttpResponse.BodyHandlers.ofString())
                .body();
        assertThat(text).isNotEmpty();
        assertThat(found(path, text)).isEmpty();
        assertThat(text).doesNotContain(key.id(), operator.slug(), operator.id(), "tenant");
      }
    }
  }

  @Test
  void files_haveNoTrace() throws IOException {
    server.server().flushUsage();
    List<String> searched = new ArrayList<>();
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(server.folder())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        searched.add(file.getFileName().toString());
        byte[] bytes = Files.readAllBytes(file);
        CANARIES.forEach(canary -> found.addAll(canary.in(file.getFileName().toString(), bytes)));
      }
    }
    assertThat(found).isEmpty();
    assertThat(searched)
        .contains("bitting.db", "bitting.db-wal", "bitting.db-shm", "usage.db", "usage.db-wal");
  }

  /** The control: what is planted in a log, an answer or a file is found, in whatever guise. */
  @Test
  void plantedSecrets_areFound() throws IOException {
    String secret = key.token().substring(key.token().length() - 38);
    for (String planted :
        List.of(
            key.token(),
            secret.substring(10, 18),
            new StringBuilder(secret).reverse().toString(),
            key.token().toUpperCase(Locale.ROOT),
            java.util.Base64.getEncoder()
                .encodeToString(key.token().getBytes(java.nio.charset.StandardCharsets.US_ASCII)),
            java.util.Base64.getEncoder()
                .encodeToString(
                    (":" + secret).getBytes(java.nio.charset.StandardCharsets.US_ASCII)),
            secret
                .chars()
                .mapToObj(c -> String.format("%%%02X", c))
                .collect(java.util.stream.Collectors.joining()))) {
      Canary canary = Canary.ofToken("token", key.token());
      assertThat(canary.in("here", "before " + planted + " after")).as(planted).isNotEmpty();
    }
    try (AllLogs own = new AllLogs()) {
      LOG.debug("got {}", key.token());
      assertThat(found("the logs", own.text())).isNotEmpty();
    }
    Path planted = Files.createTempFile("canary", ".txt");
    Files.writeString(planted, key.token());
    assertThat(Canary.ofToken("token", key.token()).in("a file", Files.readAllBytes(planted)))
        .isNotEmpty();
    Files.delete(planted);
  }
}
