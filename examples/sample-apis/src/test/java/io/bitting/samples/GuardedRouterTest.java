package io.bitting.samples;

import static io.bitting.scope.Requirement.allOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bitting.access.Guard;
import io.bitting.id.ApiId;
import io.bitting.samples.SampleServer.Reply;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Exchanger;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every sample API does by itself, on a table of five operations. */
final class GuardedRouterTest {
  private static final List<Endpoint<List<String>>> TABLE =
      List.of(
          Operation.get("/notes", "list notes", allOf("scripts:read"))
              .query("from")
              .by((notes, call) -> Answer.found("notes", notes)),
          Operation.post("/notes", "write a note", allOf("scripts:write"))
              .taking(Operation.Body.JSON, "{\"text\": \"a\"}")
              .by(GuardedRouterTest::write),
          Operation.post("/bytes", "count bytes", allOf("scripts:write"))
              .taking(Operation.Body.BYTES, "a")
              .by((notes, call) -> Answer.found(Map.of("bytes", call.content().length()))),
          Operation.post("/meet", "meet another call", allOf("scripts:write"))
              .query("millis")
              .by((notes, call) -> Answer.found(Map.of("met", meets(call.query("millis"))))),
          Operation.post("/crash", "fail", allOf("scripts:write"))
              .by((notes, call) -> {
                throw new IllegalStateException("a mistake with a secret in it");
              }));

  private static final Exchanger<String> MEETING = new Exchanger<>();

  private KeyRing ring;
  private SampleServer server;
  private String token;
  private String reader;
  private String stranger;
  private Guard guard;

  private static Answer write(List<String> notes, Call call) {
    String text = call.fields().line("text", 100);
    List<String> tags = call.fields().optionalLines("tags", 2, 10).orElse(List.of());
    int stars = call.fields().optionalNumber("stars", 1, 5).orElse(1);
    return call.fields()
        .then(() -> {
          notes.add(text + tags + stars);
          return new Answer.Created("/notes/" + notes.size(), Map.of("text", text));
        });
  }

  /** Tells whether another call is in its action at the same time; waits for one that long. */
  private static boolean meets(Optional<String> millis) {
    try {
      MEETING.exchange("", Long.parseLong(millis.orElseThrow()), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @BeforeEach
  void start() {
    ring = new KeyRing();
    ApiId appsec = ring.api("nex", ShippedCatalog.appsec());
    var acme = ring.organization("acme", false);
    token = ring.all(acme, appsec).token();
    reader = ring.specific(acme, appsec, "scripts:read").token();
    stranger = ring.all(ring.organization("globex", false), appsec).token();
    guard = new Guard(ring.start(), appsec);
    server = new SampleServer(1, vertx -> router(vertx, guard));
  }

  private static Router router(Vertx vertx, Guard guard) {
    Map<Object, List<String>> notes = new ConcurrentHashMap<>();
    return new GuardedRouter<>(
            vertx,
            new VertxGuard(guard, SampleServer.BASE),
            "Notes",
            TABLE,
            organization -> notes.computeIfAbsent(organization, id -> new ArrayList<>()))
        .router();
  }

  @AfterEach
  void close() {
    server.close();
    ring.close();
  }

  private void assertProblem(Reply reply, int status, String code) {
    assertThat(reply.text()).contains("\"code\":\"" + code + "\"");
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.header("Content-Type")).contains("application/problem+json");
    JsonNode problem = reply.json();
    assertThat(problem.get("type").asText()).isEqualTo(SampleServer.BASE + "/errors/" + code);
    assertThat(problem.get("status").asInt()).isEqualTo(status);
    assertThat(problem.get("title").asText()).isNotBlank();
    assertThat(problem.get("detail").asText()).endsWith(".");
    assertThat(reply.header("X-Request-Id")).contains(problem.get("request_id").asText());
    assertThat(reply.header("Cache-Control")).contains("no-store");
    assertThat(server.get("/notes", token).json().get("notes")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/"})
  void describe_withoutKey_listsEveryOperationWithWhatItRequires(String path) {
    Reply reply = server.get(path, "");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().get("operations")).hasSize(6);
    assertThat(reply.json().get("operations").get(0).toString())
        .isEqualTo(
            "{\"method\":\"GET\",\"path\":\"/\",\"name\":\"describe this API\",\"anonymous\":true}");
    assertThat(reply.json().get("operations").get(1).get("any_of").toString())
        .isEqualTo("[[\"scripts:read\"]]");
  }

  /** No spelling of a path leads around the guard, and none makes the router fail. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/notes",
        "/notes/",
        "//notes",
        "/./notes",
        "/x/../notes",
        "/%6eotes",
        "/notes?from=1",
        "/notes;x=1",
        "/notes%2F",
        "/notes%00",
        "/NOTES",
        "/../notes",
        "/%2e%2e/notes",
        "/notes/..%2fnotes"
      })
  void get_anySpellingOfAPathWithoutKey_isRefused(String path) {
    server.send("POST", "/notes", token, "{\"text\": \"confidential\"}");
    Reply reply = server.get(path, "");
    assertThat(reply.status()).isIn(401, 404);
    assertThat(reply.text()).doesNotContain("confidential");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST", "DELETE", "OPTIONS", "TRACE"})
  void call_unknownPath_isNotFoundForEverybody(String method) {
    for (String anyToken : List.of("", token)) {
      assertProblem(server.send(method, "/nothing", anyToken, ""), 404, "not_found");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "DELETE,/notes,'GET, HEAD, POST'",
    "GET,/crash,POST",
    "PROPFIND,/notes,'GET, HEAD, POST'",
    "POST,/,'GET, HEAD'"
  })
  void call_wrongMethod_namesTheRightOnes(String method, String path, String allowed) {
    Reply reply = server.send(method, path, "", "");
    assertProblem(reply, 405, "method_not_allowed");
    assertThat(reply.header("Allow")).contains(allowed);
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void head_ofAReadingOperation_isGuardedAndHasNoBody(HttpClient.Version version) {
    Reply refused = server.send(server.request("/notes", "").version(version).HEAD().build());
    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.header("WWW-Authenticate")).isPresent();
    assertThat(refused.text()).isEmpty();
    Reply allowed = server.send(server.request("/notes", token).version(version).HEAD().build());
    assertThat(allowed.status()).isEqualTo(200);
    assertThat(allowed.http().version()).isEqualTo(version);
    assertThat(allowed.text()).isEmpty();
    assertThat(allowed.header("Content-Length"))
        .contains(String.valueOf("{\"notes\":[]}".length()));
  }

  @Test
  void post_rightBody_isCreatedAtItsLocation() {
    Reply reply = server.send("POST", "/notes", token, "{\"text\": \" Grüße 🗝 \", \"stars\": 5}");
    assertThat(reply.status()).isEqualTo(201);
    assertThat(reply.header("Location")).contains(SampleServer.MOUNT + "/notes/1");
    assertThat(reply.header("X-Content-Type-Options")).contains("nosniff");
    assertThat(server.get("/notes", token).json().get("notes").get(0).asText())
        .isEqualTo("Grüße 🗝[]5");
  }

  /** What cannot be read, and why. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"text\": \"a\"",
        "{\"text\": \"a\"} {}",
        "{\"text\": \"a\", \"text\": \"b\"}",
        "{\"text\": \"a\", \"t\\u0065xt\": \"b\"}",
        "[\"text\"]",
        "\"text\"",
        "null",
        "{text: 'a'}",
        "{\"text\": NaN}",
        "{\"text\": [[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]}",
        "{\"text\": 1111111111111111111111111111111111111111111111111111}",
        "{\"text\": \"a\nb\"}"
      })
  void post_unreadableBody_isMalformed(String body) {
    assertProblem(server.send("POST", "/notes", token, body), 400, "request_malformed");
  }

  @Test
  void post_emptyBodyOrOtherEncoding_isMalformed() {
    byte[] latin = {'{', '"', 't', 'e', 'x', 't', '"', ':', '"', (byte) 0xe9, '"', '}'};
    byte[] utf16 = "{\"text\":\"a\"}".getBytes(StandardCharsets.UTF_16LE);
    for (byte[] body : List.of(new byte[0], latin, utf16)) {
      Reply reply =
          server.send(
              server
                  .request("/notes", token)
                  .header("Content-Type", "application/json")
                  .POST(BodyPublishers.ofByteArray(body))
                  .build());
      assertProblem(reply, 400, "request_malformed");
    }
  }

  @Test
  void post_severalFaults_namesEachOfThem() {
    Reply reply =
        server.send(
            "POST",
            "/notes",
            token,
            "{\"text\": 1, \"stars\": 6, \"tags\": [\"ok\", \"\"], \"a/b~c\": true, \"\\ud800\": 1}");
    assertProblem(reply, 422, "validation_failed");
    List<String> faults = new ArrayList<>();
    reply
        .json()
        .get("faults")
        .forEach(
            fault -> faults.add(fault.get("pointer").asText() + " " + fault.get("code").asText()));
    assertThat(faults)
        .containsExactly(
            "/text type_wrong",
            "/tags/1 value_out_of_range",
            "/stars value_out_of_range",
            "/a~1b~0c member_unknown",
            "/? member_unknown");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "{}|/text member_missing",
        "{\"text\": null}|/text type_wrong",
        "{\"text\": \"\"}|/text value_out_of_range",
        "{\"text\": \"  \"}|/text value_out_of_range",
        "{\"text\": \"a\\u0000\"}|/text value_out_of_range",
        "{\"text\": \"a\\ud800\"}|/text value_out_of_range",
        "{\"text\": \"a\\u202eb\"}|/text value_out_of_range",
        "{\"text\": \"a\", \"stars\": 1.5}|/stars type_wrong",
        "{\"text\": \"a\", \"stars\": \"1\"}|/stars type_wrong",
        "{\"text\": \"a\", \"stars\": 99999999999}|/stars value_out_of_range",
        "{\"text\": \"a\", \"tags\": \"b\"}|/tags type_wrong",
        "{\"text\": \"a\", \"tags\": []}|/tags value_out_of_range",
        "{\"text\": \"a\", \"tags\": [\"1\", \"2\", \"3\"]}|/tags value_out_of_range",
        "{\"text\": \"a\", \"Text\": \"a\"}|/Text member_unknown"
      })
  void post_wrongBody_isNotValid(String body, String fault) {
    Reply reply = server.send("POST", "/notes", token, body);
    assertProblem(reply, 422, "validation_failed");
    JsonNode only = reply.json().get("faults").get(0);
    assertThat(reply.json().get("faults")).hasSize(1);
    assertThat(only.get("pointer").asText() + " " + only.get("code").asText()).isEqualTo(fault);
    assertThat(only.get("message").asText()).isNotBlank();
    assertThat(only.get("fix").asText()).isNotBlank();
  }

  @Test
  void post_bodyWhereNoneIsTaken_isNotValidUnlessEmpty() {
    assertProblem(server.send("POST", "/crash", token, "{\"a\": 1}"), 422, "validation_failed");
    assertProblem(server.send("POST", "/crash", token, "{}"), 500, "internal_error");
  }

  @Test
  void post_largerThanTaken_isTooLarge() {
    String json = "{\"text\": \"" + "a".repeat(64 << 10) + "\"}";
    assertProblem(server.send("POST", "/notes", token, json), 413, "body_too_large");
    assertThat(bytes(256 << 10).status()).isEqualTo(200);
    assertProblem(bytes((256 << 10) + 1), 413, "body_too_large");
  }

  private Reply bytes(int count) {
    return server.send(
        server
            .request("/bytes", token)
            .header("Content-Type", "application/octet-stream")
            .POST(
                BodyPublishers.ofInputStream(
                    () -> new java.io.ByteArrayInputStream(new byte[count])))
            .build());
  }

  @ParameterizedTest
  @CsvSource({
    "/notes,text/plain",
    "/notes,application/x-www-form-urlencoded",
    "/notes,multipart/form-data; boundary=x",
    "/bytes,application/json",
    "/bytes,multipart/form-data; boundary=x"
  })
  void post_otherMediaType_isNotSupported(String path, String type) {
    Reply reply =
        server.send(
            server
                .request(path, token)
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString("{\"text\": \"a\"}"))
                .build());
    assertProblem(reply, 415, "media_type_unsupported");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/notes?to=1", "/notes?from=1&from=2", "/notes?from=1&FROM=2", "/notes?=1"})
  void get_queryThatIsNotDeclared_isNotValid(String path) {
    assertProblem(server.get(path, token), 400, "query_invalid");
  }

  /** What no client library sends. */
  @ParameterizedTest
  @ValueSource(strings = {"/notes?from=%zz", "/notes?%", "/notes?from=%e9%"})
  void get_queryThatCannotBeDecoded_isMalformed(String target) {
    assertThat(server.statusLine("GET", target, token)).startsWith("HTTP/1.1 400 ");
    assertThat(server.statusLine("GET", target, "")).startsWith("HTTP/1.1 400 ");
  }

  @Test
  void post_actionThatFails_tellsTheCallerNothing() {
    Reply reply = server.send("POST", "/crash", token, "");
    assertProblem(reply, 500, "internal_error");
    assertThat(reply.text()).doesNotContain("secret").doesNotContain("Exception");
  }

  /** Who may not call an operation learns nothing of what is wrong with the call. */
  @Test
  void post_keyWithoutScopeAndManyFaults_hearsOfTheScopeOnly() {
    Reply reply =
        server.send(
            server
                .request("/notes?to=1", reader)
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofByteArray(Buffer.buffer(new byte[1 << 20]).getBytes()))
                .build());
    assertProblem(reply, 403, "insufficient_scope");
  }

  /**
   * What an organization has needs no lock of its own; the second half shows that the first one can
   * tell.
   */
  @Test
  void post_twoCallsAtOnce_meetOnlyIfTheyAreOfTwoOrganizations() throws Exception {
    try (SampleServer loops = new SampleServer(2, vertx -> router(vertx, guard))) {
      assertThat(met(loops, token, token, 500)).containsOnly("{\"met\":false}");
      assertThat(met(loops, token, stranger, 20_000)).containsOnly("{\"met\":true}");
    }
  }

  private static List<String> met(SampleServer loops, String one, String other, int millis)
      throws Exception {
    List<CompletableFuture<HttpResponse<byte[]>>> calls = new ArrayList<>();
    for (String token : List.of(one, other)) {
      String path = "/meet?millis=" + millis;
      calls.add(loops.begin(loops.request(path, token).POST(BodyPublishers.noBody()).build()));
    }
    List<String> answers = new ArrayList<>();
    for (CompletableFuture<HttpResponse<byte[]>> call : calls) {
      answers.add(new String(call.get().body(), StandardCharsets.UTF_8));
    }
    return answers;
  }
}
