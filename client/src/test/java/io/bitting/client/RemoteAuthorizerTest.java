package io.bitting.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.sun.net.httpserver.HttpHandler;
import io.bitting.access.AccessRequest;
import io.bitting.access.Credential;
import io.bitting.access.Decision;
import io.bitting.access.DenialReason;
import io.bitting.access.Guard;
import io.bitting.access.VerificationUnavailableException;
import io.bitting.id.ApiId;
import io.bitting.scope.Requirement;
import io.bitting.scope.Scope;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the authorizer makes of bytes, and of no bytes. That it decides as the server does is for
 * the contract test against the real server.
 */
final class RemoteAuthorizerTest {
  private static final ApiId APPSEC = new ApiId("appsec");
  private static final String SECRET = "nex_4fT9xQ2mZp7Bhunter2hunter2hunter2hunter2hu000000";
  private static final String OWN = "bit_4fT9xQ2mZp7Cs3cr3ts3cr3ts3cr3ts3cr3ts3cr3t000000";
  private static final String KEY =
      "{\"id\":\"4fT9xQ2mZp7B\",\"organization\":\"0rgAn1sat10n\",\"api\":\"appsec\",\"expires_at\":null,\"secret\":1,\"superseded_at\":null}";
  private static final String ALLOWED =
      "{\"decision\":\"allowed\",\"reason\":null,\"key\":"
          + KEY
          + ",\"required_scopes\":[\"bot\"],\"missing_scopes\":[],\"as_of\":\"e.7\"}";
  private static final String DENIED =
      "{\"decision\":\"denied\",\"reason\":\"insufficient_scope\",\"key\":"
          + KEY
          + ",\"required_scopes\":[\"bot\"],\"missing_scopes\":[\"bot\"],\"as_of\":\"e.7\"}";
  private static final String JSON = "application/json";

  private static RemoteAuthorizer authorizer(URI base) {
    return new RemoteAuthorizer(
        BittingClient.builder(base).token(() -> OWN).timeout(Duration.ofMillis(500)).build());
  }

  private static Decision ask(CannedServer server) {
    return authorizer(server.base())
        .authorize(new AccessRequest(SECRET, APPSEC, Requirement.allOf("bot")));
  }

  @Test
  void authorize_allowed_isAllowedWithTheKey() throws IOException {
    try (CannedServer server = CannedServer.answering(200, JSON + "; charset=utf-8", ALLOWED)) {
      Decision decision = ask(server);

      assertThat(decision).isInstanceOf(Decision.Allowed.class);
      assertThat(((Decision.Allowed) decision).key().id().text()).isEqualTo("4fT9xQ2mZp7B");
      assertThat(decision.asOf().text()).isEqualTo("e.7");
    }
  }

  @Test
  void authorize_denied_saysWhatIsMissing() throws IOException {
    try (CannedServer server = CannedServer.answering(200, JSON, DENIED)) {
      Decision.Denied denied = (Decision.Denied) ask(server);

      assertThat(denied.reason()).isEqualTo(DenialReason.INSUFFICIENT_SCOPE);
      assertThat(denied.missing()).containsExactly(new Scope("bot"));
    }
  }

  static Stream<Arguments> requirements() {
    return Stream.of(
        arguments(Requirement.allOf("a", "b"), "\"required_scopes\":[\"a\",\"b\"]}"),
        arguments(
            new Requirement.Scopes(List.of(Set.of(new Scope("a")), Set.of(new Scope("b")))),
            "\"any_of\":[[\"a\"],[\"b\"]]}"),
        arguments(new Requirement.AnyValidKey(), "\"any_valid_key\":true}"));
  }

  @ParameterizedTest
  @MethodSource("requirements")
  void authorize_anyRequirement_isSentWhole(Requirement requirement, String sent)
      throws IOException {
    try (CannedServer server = CannedServer.answering(200, JSON, ALLOWED)) {
      authorizer(server.base()).authorize(new AccessRequest(SECRET, APPSEC, requirement));

      assertThat(server.received())
          .containsExactly(
              new CannedServer.Received(
                  "POST",
                  "/v1/verify",
                  "Bearer " + OWN,
                  JSON,
                  "null",
                  "{\"token\":\"" + SECRET + "\",\"api\":\"appsec\"," + sent));
    }
  }

  @Test
  void authorize_anonymous_sendsNoTokenAndWantsTheApiToBeKnown() throws IOException {
    AccessRequest request = new AccessRequest(SECRET, APPSEC, new Requirement.Anonymous());
    String missing =
        DENIED.replace("insufficient_scope", "credential_missing").replace(KEY, "null");

    try (CannedServer server = CannedServer.answering(200, JSON, missing)) {
      assertThat(authorizer(server.base()).authorize(request).isAllowed()).isTrue();
      assertThat(server.received())
          .extracting(CannedServer.Received::body)
          .noneMatch(body -> body.contains(SECRET));
    }
    try (CannedServer server =
        CannedServer.answering(200, JSON, missing.replace("credential_missing", "api_unknown"))) {
      assertThat(authorizer(server.base()).authorize(request).isAllowed()).isFalse();
    }
  }

  /** Guarantee: whatever is not a decision is an exception, never an allowed decision. */
  static Stream<Arguments> nonsense() {
    return Stream.of(
        arguments("empty", answering(200, JSON, "")),
        arguments("null", answering(200, JSON, "null")),
        arguments("true", answering(200, JSON, "true")),
        arguments("empty object", answering(200, JSON, "{}")),
        arguments("half", answering(200, JSON, ALLOWED.substring(0, ALLOWED.length() - 1))),
        arguments("two", answering(200, JSON, ALLOWED + ALLOWED)),
        arguments(
            "decision twice",
            answering(200, JSON, DENIED.replaceFirst("\\{", "{\"decision\":\"allowed\","))),
        arguments("decision only", answering(200, JSON, "{\"decision\":\"allowed\"}")),
        arguments(
            "other word", answering(200, JSON, ALLOWED.replace("\"allowed\"", "\"Allowed\""))),
        arguments("no decision", answering(200, JSON, ALLOWED.replace("\"allowed\"", "null"))),
        arguments(
            "a third state", answering(200, JSON, ALLOWED.replace("\"allowed\"", "\"abstained\""))),
        arguments(
            "allowed for a reason",
            answering(200, JSON, ALLOWED.replace("\"reason\":null", "\"reason\":\"key_revoked\""))),
        arguments(
            "allowed, scope missing",
            answering(
                200,
                JSON,
                ALLOWED.replace("\"missing_scopes\":[]", "\"missing_scopes\":[\"bot\"]"))),
        arguments("allowed without key", answering(200, JSON, ALLOWED.replace(KEY, "null"))),
        arguments(
            "key of another API", answering(200, JSON, ALLOWED.replace("appsec", "personnel"))),
        arguments("key without id", answering(200, JSON, ALLOWED.replace("4fT9xQ2mZp7B", ""))),
        arguments("no position", answering(200, JSON, ALLOWED.replace("e.7", "seven"))),
        arguments(
            "denied, reason unknown",
            answering(200, JSON, DENIED.replace("insufficient_scope", "bad_weather"))),
        arguments(
            "denied, no reason",
            answering(200, JSON, DENIED.replace("\"insufficient_scope\"", "null"))),
        arguments("other media type", answering(200, "text/html", ALLOWED)),
        arguments("problem as 200", answering(200, "application/problem+json", ALLOWED)),
        arguments("created", answering(202, JSON, ALLOWED)),
        arguments("no content", answering(204, JSON, "")),
        arguments("allowed as 500", answering(500, JSON, ALLOWED)),
        arguments("allowed as 403", answering(403, JSON, ALLOWED)),
        arguments("gateway's page", answering(502, "text/html", "<h1>Bad gateway</h1>")),
        arguments(
            "problem",
            answering(503, "application/problem+json", problem(503, "verification_unavailable"))),
        arguments(
            "beyond reach",
            answering(403, "application/problem+json", problem(403, "beyond_reach"))),
        arguments(
            "own key revoked",
            answering(401, "application/problem+json", problem(401, "key_revoked"))),
        arguments("problem without body", answering(401, "application/problem+json", "")),
        arguments("too long", answering(200, JSON, " ".repeat(9 << 20) + ALLOWED)));
  }

  private static HttpHandler answering(int status, String type, String body) {
    return exchange -> CannedServer.answer(exchange, status, type, body);
  }

  private static String problem(int status, String code) {
    return "{\"type\":\"t\",\"title\":\"t\",\"status\":"
        + status
        + ",\"code\":\""
        + code
        + "\",\"detail\":\"d\"}";
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("nonsense")
  void authorize_whatIsNoDecision_isUnavailable(String what, HttpHandler handler)
      throws IOException {
    try (CannedServer server = new CannedServer(handler)) {
      assertThatExceptionOfType(VerificationUnavailableException.class)
          .isThrownBy(() -> ask(server))
          .satisfies(RemoteAuthorizerTest::showsNoSecret);
    }
  }

  @ParameterizedTest
  @CsvSource({"301", "302", "303", "307", "308"})
  void authorize_redirect_isNotFollowed(int status) throws IOException {
    try (CannedServer elsewhere = CannedServer.answering(200, JSON, ALLOWED);
        CannedServer server =
            new CannedServer(exchange -> {
              exchange.getResponseHeaders().set("Location", elsewhere.base() + "/v1/verify");
              CannedServer.answer(exchange, status, JSON, ALLOWED);
            })) {
      assertThatExceptionOfType(VerificationUnavailableException.class)
          .isThrownBy(() -> ask(server))
          .withMessageContaining("redirects are not followed");
      assertThat(elsewhere.received()).isEmpty();
    }
  }

  @Test
  void authorize_noAnswerInTime_isUnavailable() throws IOException {
    CountDownLatch closed = new CountDownLatch(1);
    try (CannedServer server = new CannedServer(exchange -> await(closed))) {
      assertThatExceptionOfType(VerificationUnavailableException.class)
          .isThrownBy(() -> ask(server))
          .withMessageContaining("within 500 ms")
          .satisfies(RemoteAuthorizerTest::showsNoSecret);
      closed.countDown();
    }
  }

  /** A time-out for the head of the answer alone would wait for ever here. */
  @Test
  void authorize_answerThatNeverEnds_isUnavailable() throws IOException {
    CountDownLatch closed = new CountDownLatch(1);
    HttpHandler drip =
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", JSON);
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write(ALLOWED.getBytes(UTF_8));
          exchange.getResponseBody().flush();
          await(closed);
        };
    try (CannedServer server = new CannedServer(drip)) {
      assertThatExceptionOfType(VerificationUnavailableException.class)
          .isThrownBy(() -> ask(server));
      closed.countDown();
    }
  }

  @Test
  void authorize_connectionCutTwice_isUnavailable() throws IOException {
    AtomicInteger requests = new AtomicInteger();
    HttpHandler cut =
        exchange -> {
          requests.incrementAndGet();
          exchange.getResponseHeaders().set("Content-Type", JSON);
          exchange.sendResponseHeaders(200, ALLOWED.length());
          exchange.getResponseBody().write(ALLOWED.getBytes(UTF_8), 0, 40);
          exchange.close();
        };
    try (CannedServer server = new CannedServer(cut)) {
      assertThatExceptionOfType(VerificationUnavailableException.class)
          .isThrownBy(() -> ask(server));
      assertThat(requests).hasValue(2);
    }
  }

  @Test
  void authorize_connectionCutOnce_asksAgain() throws IOException {
    AtomicInteger requests = new AtomicInteger();
    HttpHandler once =
        exchange -> {
          if (requests.getAndIncrement() == 0) {
            exchange.close();
          } else {
            CannedServer.answer(exchange, 200, JSON, DENIED);
          }
        };
    try (CannedServer server = new CannedServer(once)) {
      assertThat(ask(server).isAllowed()).isFalse();
    }
  }

  @Test
  void authorize_nobodyListens_isUnavailable() throws IOException {
    URI gone;
    try (CannedServer server = CannedServer.answering(200, JSON, ALLOWED)) {
      gone = server.base();
    }
    assertThatExceptionOfType(VerificationUnavailableException.class)
        .isThrownBy(() ->
            authorizer(gone)
                .authorize(new AccessRequest(SECRET, APPSEC, new Requirement.AnyValidKey())))
        .satisfies(RemoteAuthorizerTest::showsNoSecret);
  }

  @Test
  void authorize_ownTokenCannotBeHad_isUnavailable() throws IOException {
    try (CannedServer server = CannedServer.answering(200, JSON, ALLOWED)) {
      for (String unfit : List.of("", OWN + "\n", OWN + "\r\nX-Evil: 1", "é" + OWN)) {
        RemoteAuthorizer authorizer =
            new RemoteAuthorizer(BittingClient.builder(server.base()).token(() -> unfit).build());
        assertThatExceptionOfType(VerificationUnavailableException.class)
            .isThrownBy(() ->
                authorizer.authorize(
                    new AccessRequest(SECRET, APPSEC, new Requirement.AnyValidKey())))
            .satisfies(RemoteAuthorizerTest::showsNoSecret);
      }
      RemoteAuthorizer failing =
          new RemoteAuthorizer(
              BittingClient.builder(server.base())
                  .token(() -> {
                    throw new UncheckedIOException(new IOException("disk"));
                  })
                  .build());
      assertThatExceptionOfType(VerificationUnavailableException.class)
          .isThrownBy(() ->
              failing.authorize(new AccessRequest(SECRET, APPSEC, new Requirement.AnyValidKey())));
      assertThat(server.received()).isEmpty();
    }
  }

  @Test
  void guard_overAServerThatFails_refuses() throws IOException {
    try (CannedServer server = CannedServer.answering(500, JSON, ALLOWED)) {
      Guard guard = new Guard(authorizer(server.base()), APPSEC);

      assertThat(
              guard.check(new Credential.Presented(SECRET), Requirement.allOf("bot"), "GET /bot"))
          .isInstanceOf(Guard.Refused.class);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void showsNoSecret(Throwable thrown) {
    StringWriter trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace));
    assertThat(trace.toString()).doesNotContain("hunter2", "s3cr3t");
  }
}
