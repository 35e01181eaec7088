package io.bitting.gateways;

import static org.assertj.core.api.Assertions.assertThat;

import io.bitting.fixtures.Attack;
import io.bitting.server.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * What a gateway with our recipe owes: whatever the checker does, only its 200 with an identity
 * lets a request pass; the client gets the truth about a refusal; the upstream gets the request
 * that was checked, and nothing that the client says about itself.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class GatewayContract {
  private static final Set<Integer> REFUSALS = Set.of(400, 401, 403, 429, 503);
  private static final String API = "sample";
  private static final String GATEWAY_KEY = "bit_gatewaygatewaygatewaygatewaygatewaygateway1";
  private static final List<String> IDENTITY =
      List.of(
          "X-Bitting-Key: " + ScriptedChecker.KEY,
          "X-Bitting-Organization: " + ScriptedChecker.ORGANIZATION,
          "X-Bitting-Scopes: " + ScriptedChecker.SCOPES,
          "X-Bitting-Scopes-Omitted: false");

  private RawServer checker;
  private RawServer upstream;
  private RunningGateway gateway;

  abstract Gateway kind();

  @BeforeAll
  void start() {
    checker = ScriptedChecker.start();
    upstream = RawServer.upstream();
    gateway = started(checker.port());
  }

  private RunningGateway started(int checkerPort) {
    return RunningGateway.start(
        kind(), new Gateway.Surroundings(checkerPort, upstream.port(), API, GATEWAY_KEY));
  }

  @AfterAll
  void stop() {
    gateway.close();
    upstream.close();
    checker.close();
  }

  @BeforeEach
  void forget() {
    checker.take();
    upstream.take();
  }

  /** A request with a token that says what the checker answers. */
  private static String request(String line, String token, String... headers) {
    StringBuilder request =
        new StringBuilder(line)
            .append(" HTTP/1.1\r\nHost: api.example\r\nAuthorization: Bearer ")
            .append(token)
            .append("\r\n");
    for (String header : headers) {
      request.append(header).append("\r\n");
    }
    if (Stream.of(headers).noneMatch(header -> header.startsWith("Connection:"))) {
      request.append("Connection: close\r\n");
    }
    return request.append("\r\n").toString();
  }

  private Reply send(String line, String token, String... headers) {
    return gateway.send(request(line, token, headers));
  }

  /** Does the same with many things at once, and collects what came out, in order. */
  private static <T, R> Map<T, R> each(Stream<T> things, Function<T, R> action) {
    Map<T, R> results = new ConcurrentHashMap<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      things.forEach(thing -> threads.execute(() -> results.put(thing, action.apply(thing))));
    }
    return results;
  }

  private RawServer.Request passed() {
    List<RawServer.Request> requests = upstream.take();
    assertThat(requests).hasSize(1);
    return requests.get(0);
  }

  @Test
  void allowed_request_reachesTheUpstreamWithItsCaller_andWithoutCredentials() {
    assertThat(send("GET /orders/1?a=b%20c", "allow", "X-API-Key: allow", "X-Own: 1").status())
        .isEqualTo(200);
    RawServer.Request request = passed();
    assertThat(request.head().get(0)).isEqualTo("GET /orders/1?a=b%20c HTTP/1.1");
    assertThat(headers(request, "x-bitting-")).containsExactlyInAnyOrderElementsOf(lower(IDENTITY));
    assertThat(request.only("X-Own")).isEqualTo("1");
    assertThat(request.only("X-Forwarded-For")).isEqualTo("127.0.0.1");
    assertThat(String.join("\n", request.head())).doesNotContain("allow", GATEWAY_KEY);
  }

  @Test
  void check_provesTheGateway_andAsksAboutTheVeryRequest() {
    send("DELETE /orders/1?a=b%20c", "allow", "Cookie: session=1", "X-Own: 1");
    List<RawServer.Request> checks = checker.take();
    assertThat(checks).hasSize(1);
    RawServer.Request check = checks.get(0);
    assertThat(check.head().get(0))
        .isEqualTo(
            kind() == Gateway.NGINX
                ? "GET /v1/authorize/sample/nginx HTTP/1.1"
                : "GET /v1/authorize/sample HTTP/1.1");
    assertThat(check.only("X-Bitting-Gateway")).isEqualTo(GATEWAY_KEY);
    assertThat(check.only(methodHeader())).isEqualTo("DELETE");
    assertThat(check.only(targetHeader())).isEqualTo("/orders/1?a=b%20c");
    assertThat(check.only("X-Forwarded-For")).isEqualTo("127.0.0.1");
    assertThat(check.header("Cookie")).isEmpty();
  }

  @Test
  void credentials_eachKindAndTwoAtOnce_areTheCheckersToJudge() {
    gateway.send("GET / HTTP/1.1\r\nHost: a\r\nX-API-Key: allow\r\nConnection: close\r\n\r\n");
    assertThat(passed().header("X-API-Key")).isEmpty();
    assertThat(checker.take().get(0).only("X-API-Key")).isEqualTo("allow");
    send("GET /", "allow", "X-API-Key: other");
    RawServer.Request check = checker.take().get(0);
    assertThat(check.only("Authorization")).isEqualTo("Bearer allow");
    assertThat(check.only("X-API-Key")).isEqualTo("other");
    send("GET /", "allow", "Authorization: Bearer other");
    if (kind() == Gateway.NGINX) {
      // It answers 400 itself.
      assertThat(checker.take()).isEmpty();
    } else {
      assertThat(checker.take().get(0).header("Authorization"))
          .containsExactlyInAnyOrder("Bearer allow", "Bearer other");
    }
  }

  @Test
  void refusals_eachStatus_reachTheClientWithChallengeAndProblem() {
    for (int status : REFUSALS) {
      Reply reply = send("GET /orders/1", "refuse-" + status);
      assertThat(reply.status()).isEqualTo(status);
      assertThat(reply.header("Content-Type")).containsExactly("application/problem+json");
      assertThat(reply.header("WWW-Authenticate")).containsExactly(ScriptedChecker.CHALLENGE);
      assertThat(reply.only("Retry-After")).isEqualTo("7");
      assertThat(reply.body()).isEqualTo(ScriptedChecker.problem(status));
    }
    assertThat(upstream.take()).isEmpty();
  }

  @Test
  void checker_eachStatusWithAnIdentity_onlyTwoHundredPasses() {
    Map<Integer, Reply> replies =
        new TreeMap<>(
            each(
                IntStream.range(200, 600).boxed(),
                status -> send("GET /orders/" + status, "status-" + status)));
    assertThat(upstream.take().stream().map(RawServer.Request::target))
        .containsExactly("/orders/200");
    replies.forEach((status, reply) ->
        assertThat(reply.status())
            .as("answered %d", status)
            // A refusal without a problem is no verdict either.
            .isEqualTo(status == 200 ? 200 : 503));
  }

  @Test
  void checker_twoHundredThatLacksAnIdentityHeader_isUnavailable() {
    for (int i = 0; i < ScriptedChecker.IDENTITY_HEADERS; i++) {
      assertUnavailable(send("GET /orders/1", "lacks-" + i), "lacks " + i);
    }
    assertThat(upstream.take()).isEmpty();
  }

  @Test
  void checker_inEveryKindOfFault_isUnavailable() {
    List<Attack> faults = Attack.in("checkers.json");
    Map<Attack, Reply> replies =
        each(
            faults.stream(),
            fault -> send("GET /orders/1", "fault-" + fault.text("name").orElseThrow()));
    assertThat(upstream.take()).isEmpty();
    assertThat(replies).hasSize(faults.size());
    replies.forEach((fault, reply) -> assertUnavailable(reply, fault.toString()));
    System.err.println(kind() + ": " + faults.size() + " kinds of fault, each answered 503");
  }

  private static void assertUnavailable(Reply reply, String why) {
    assertThat(reply.status()).as(why).isEqualTo(503);
    assertThat(reply.header("Content-Type")).as(why).containsExactly("application/problem+json");
    assertThat(reply.only("Retry-After")).as(why).isEqualTo("5");
    assertThat(reply.body()).as(why).contains("\"title\":\"Verification unavailable\"");
  }

  @Test
  void checker_down_isUnavailable() {
    try (RunningGateway alone = started(TestServer.freePort())) {
      assertUnavailable(alone.send(request("GET /orders/1", "allow")), "down");
      assertUnavailable(alone.send(request("POST /orders", "allow", "Content-Length: 0")), "down");
    }
    assertThat(upstream.take()).isEmpty();
  }

  @Test
  void verdict_ofOneRequest_isNotTheNextOnes() {
    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      statuses.add(send("GET /orders/1", "once-" + kind()).status());
    }
    assertThat(statuses).containsExactly(200, 403, 403);
    assertThat(upstream.take()).hasSize(1);
    Reply both =
        gateway.send(
            request("GET /orders/1", "allow", "Connection: keep-alive")
                + request("GET /orders/2", "refuse-403"));
    assertThat(both.status()).isEqualTo(200);
    assertThat(both.body()).contains("HTTP/1.1 403 ");
    assertThat(upstream.take().stream().map(RawServer.Request::target))
        .containsExactly("/orders/1");
  }

  @Test
  void bodies_ofAnyKind_reachTheUpstreamAndNotTheChecker() {
    String smuggled = "GET /v1/authorize/sample HTTP/1.1\r\nHost: a\r\n\r\n";
    String line = "POST /orders";
    gateway.send(request(line, "allow", "Content-Length: " + smuggled.length()) + smuggled);
    assertThat(passed().body()).isEqualTo(smuggled);
    gateway.send(
        request(line, "allow", "Transfer-Encoding: chunked")
            + Integer.toHexString(smuggled.length())
            + "\r\n"
            + smuggled
            + "\r\n0\r\n\r\n");
    assertThat(passed().body()).contains(smuggled);
    gateway.send(request(line, "refuse-403", "Content-Length: " + smuggled.length()) + smuggled);
    assertThat(checker.take()).hasSize(3).allMatch(check -> check.body().isEmpty());
    assertThat(upstream.take()).isEmpty();
  }

  @Test
  void spoofedHeaders_inEverySpelling_areNeverSeenNorBelieved() {
    List<Attack> attacks = Attack.in("gateway-headers.json");
    for (Attack attack : attacks) {
      Reply reply = send("GET /orders/1", "allow", "X-Own: 1", attack.input());
      List<RawServer.Request> requests = upstream.take();
      List<RawServer.Request> checks = checker.take();
      if (reply.status() == 400) {
        assertThat(requests).as(attack.toString()).isEmpty();
        continue;
      }
      assertThat(reply.status()).as(attack.toString()).isEqualTo(200);
      assertThat(requests).as(attack.toString()).hasSize(1);
      RawServer.Request request = requests.get(0);
      // What is folded is part of the line before.
      assertThat(request.head().stream().filter(line -> !line.matches("(?i)x-own:.*")))
          .as(attack.toString())
          .noneMatch(line -> line.contains("spoofed") || line.contains("203.0.113."));
      assertThat(headers(request, "x-bitting-"))
          .as(attack.toString())
          .containsExactlyInAnyOrderElementsOf(lower(IDENTITY));
      assertThat(request.only("X-Forwarded-For")).as(attack.toString()).isEqualTo("127.0.0.1");
      assertThat(checks).as(attack.toString()).hasSize(1);
      RawServer.Request check = checks.get(0);
      assertThat(check.only("X-Bitting-Gateway")).as(attack.toString()).isEqualTo(GATEWAY_KEY);
      assertThat(check.only(methodHeader())).as(attack.toString()).isEqualTo("GET");
      assertThat(check.only(targetHeader())).as(attack.toString()).isEqualTo("/orders/1");
      assertThat(check.only("X-Forwarded-For")).as(attack.toString()).isEqualTo("127.0.0.1");
      assertThat(headers(check, "x-real-ip")).as(attack.toString()).allMatch(String::isEmpty);
    }
    System.err.println(kind() + ": " + attacks.size() + " spoofed headers, none seen upstream");
  }

  /** The control of the above: what the client sends is otherwise passed on. */
  @Test
  void otherHeaders_ofTheClient_reachTheUpstream() {
    send("GET /orders/1", "allow", "X-Own: spoofed", "Accept-Language: de", "Cookie: a=b");
    RawServer.Request request = passed();
    assertThat(request.only("X-Own")).isEqualTo("spoofed");
    assertThat(request.only("Accept-Language")).isEqualTo("de");
    assertThat(request.only("Cookie")).isEqualTo("a=b");
  }

  @Test
  void methods_howeverSent_areTheOnesThatWereChecked() {
    List<String> methods =
        List.of(
            "GET",
            "HEAD",
            "POST",
            "PUT",
            "PATCH",
            "DELETE",
            "OPTIONS",
            "TRACE",
            "PROPFIND",
            "PURGE",
            "get",
            "Get",
            "GETX",
            "CONNECT",
            "PRI",
            "M-SEARCH",
            "G%45T",
            "_GET");
    for (String method : methods) {
      gateway.send(request(method + " /orders/1", "allow", "Content-Length: 0"));
      List<RawServer.Request> requests = upstream.take();
      List<RawServer.Request> checks = checker.take();
      for (RawServer.Request request : requests) {
        assertThat(request.method()).isEqualTo(method);
        assertThat(checks.stream().map(check -> check.only(methodHeader())))
            .containsExactly(method);
      }
      assertThat(requests.size()).as(method).isLessThanOrEqualTo(1);
      if (List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS").contains(method)) {
        assertThat(requests).as(method).hasSize(1);
      }
    }
  }

  @Test
  void refusedHead_andOptions_neverReachTheUpstream() {
    for (String method : List.of("HEAD", "OPTIONS", "TRACE", "POST")) {
      assertThat(send(method + " /orders/1", "refuse-403", "Content-Length: 0").status())
          .isIn(403, 405);
      assertThat(send(method + " *", "refuse-403", "Content-Length: 0").status())
          .isIn(200, 400, 403, 405);
    }
    assertThat(upstream.take()).isEmpty();
  }

  @Test
  void upgrade_toAnotherProtocol_isNotAskedForUpstream() {
    List<String> asked =
        List.of(
            "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
                + "HTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA",
            "Connection: close, Upgrade\r\nUpgrade: TLS/1.0",
            "Connection: upgrade\r\nUpgrade: h2c, websocket");
    for (String upgrade : asked) {
      gateway.send(
          request("GET /orders/1", "allow", upgrade) + request("GET /orders/2", "refuse-403"));
      List<RawServer.Request> requests = upstream.take();
      for (RawServer.Request request : requests) {
        assertThat(request.header("Upgrade")).as(upgrade).isEmpty();
        assertThat(request.header("HTTP2-Settings")).as(upgrade).isEmpty();
        assertThat(request.target()).isEqualTo("/orders/1");
      }
      assertThat(requests).as(upgrade).hasSizeLessThanOrEqualTo(1);
    }
  }

  @Test
  void targets_ofEveryForm_reachTheUpstreamAsTheyWereChecked() {
    List<Attack> tricks = TrickedApi.tricks();
    int passed = 0;
    for (Attack trick : tricks) {
      gateway.send(Tricks.request(trick, "allow"));
      List<RawServer.Request> requests = upstream.take();
      List<RawServer.Request> checks = checker.take();
      // nginx asks about "?a" and sends "/?a"; Bitting takes the former for no path.
      assertThat(
              checks.stream().map(check -> check.only(targetHeader()).replaceFirst("^[?]", "/?")))
          .as(trick + ": " + trick.input())
          .containsAll(requests.stream().map(RawServer.Request::target).toList());
      assertThat(requests.size()).as(trick.toString()).isLessThanOrEqualTo(checks.size());
      passed += requests.size();
    }
    System.err.println(
        kind() + ": " + passed + " of " + tricks.size() + " targets go upstream as checked");
    assertThat(passed).isGreaterThan(tricks.size() / 2);
  }

  @Test
  void logs_neverHoldACredential() {
    String token = "fault-hangs-up";
    send("GET /orders/1?a=secretOfTheQuery", "allow");
    send("GET /orders/1", token, "X-API-Key: secretOfTheHeader");
    send("GET /orders/1", "refuse-403", "X-API-Key: secretOfTheHeader");
    assertThat(gateway.logs())
        .contains("/orders/1")
        .doesNotContain(token)
        .doesNotContain("secretOfTheQuery")
        .doesNotContain("secretOfTheHeader")
        .doesNotContain(GATEWAY_KEY);
  }

  private String methodHeader() {
    return kind() == Gateway.NGINX ? "X-Original-Method" : "X-Forwarded-Method";
  }

  private String targetHeader() {
    return kind() == Gateway.NGINX ? "X-Original-URI" : "X-Forwarded-Uri";
  }

  /** The headers whose names begin so, when {@code _} and {@code .} are read as {@code -}. */
  private static List<String> headers(RawServer.Request request, String beginning) {
    return lower(
        request.head().stream()
            .skip(1)
            .filter(line ->
                line.replaceAll("[_.]", "-")
                    .regionMatches(true, 0, beginning, 0, beginning.length()))
            .toList());
  }

  /** HAProxy writes all names in small letters. */
  private static List<String> lower(List<String> headers) {
    return headers.stream()
        .map(line ->
            line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT)
                + line.substring(line.indexOf(':')))
        .toList();
  }
}
