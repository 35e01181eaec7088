package io.bitting.gateways;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bitting.server.Tenant;
import io.bitting.server.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a client and an upstream are told through each gateway, with a real server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AnswersTest {
  private static final String SHOW_USER = "GET /users/{id}";
  private static final String SHOW_ADMIN = "GET /admin";

  private final GatewayServer server = GatewayServer.tricked();
  private final RawServer upstream = RawServer.upstream();
  private final Tenant.Made key = server.key(List.of(TrickedApi.scope(SHOW_USER)));

  @AfterAll
  void stop() {
    upstream.close();
  }

  private void through(Gateway gateway, Consumer<RunningGateway> test) {
    upstream.take();
    try (RunningGateway running = RunningGateway.start(gateway, server.around(upstream.port()))) {
      test.accept(running);
    }
  }

  private static Reply get(RunningGateway gateway, String target, String... headers) {
    StringBuilder request =
        new StringBuilder("GET ").append(target).append(" HTTP/1.1\r\nHost: api.example\r\n");
    Stream.of(headers).forEach(header -> request.append(header).append("\r\n"));
    return gateway.send(request.append("Connection: close\r\n\r\n").toString());
  }

  private String bearer() {
    return "Authorization: Bearer " + key.token();
  }

  /** Checks what is alike in all refusals, and returns the problem. */
  private JsonNode refused(Reply reply, int status, String code) {
    assertThat(reply.status()).as(reply.body()).isEqualTo(status);
    assertThat(reply.header("Content-Type")).containsExactly("application/problem+json");
    JsonNode problem = TestServer.parse(reply.body());
    assertThat(problem.path("status").asInt()).isEqualTo(status);
    assertThat(problem.path("code").asText()).isEqualTo(code);
    assertThat(upstream.take()).isEmpty();
    return problem;
  }

  @ParameterizedTest
  @EnumSource
  void allowed_eachKindOfCredential_tellsTheUpstreamWhoCalls(Gateway gateway) {
    through(
        gateway,
        running -> {
          for (String credential :
              List.of(
                  bearer(), "Authorization: Api-Key " + key.token(), "X-API-Key: " + key.token())) {
            assertThat(get(running, "/users/1", credential).status()).as(credential).isEqualTo(200);
            RawServer.Request request = upstream.take().get(0);
            assertThat(request.only("X-Bitting-Key")).isEqualTo(key.id());
            assertThat(request.only("X-Bitting-Organization")).isEqualTo(server.organization());
            assertThat(request.only("X-Bitting-Scopes")).isEqualTo(TrickedApi.scope(SHOW_USER));
            assertThat(request.only("X-Bitting-Scopes-Omitted")).isEqualTo("false");
            assertThat(String.join("\n", request.head())).doesNotContain(key.token());
          }
        });
  }

  @ParameterizedTest
  @EnumSource
  void lackingScope_isNamedInTheChallengeAndTheProblem(Gateway gateway) {
    String scope = TrickedApi.scope(SHOW_ADMIN);
    through(
        gateway,
        running -> {
          Reply reply = get(running, "/admin", bearer());
          JsonNode problem = refused(reply, 403, "insufficient_scope");
          assertThat(problem.at("/required_scopes/0").asText()).isEqualTo(scope);
          assertThat(problem.at("/missing_scopes/0").asText()).isEqualTo(scope);
          assertThat(reply.header("WWW-Authenticate"))
              .containsExactly(
                  "Bearer realm=\"tricked\", error=\"insufficient_scope\", scope=\""
                      + scope
                      + "\"");
        });
  }

  @ParameterizedTest
  @EnumSource
  void missingKey_isChallengedOnce(Gateway gateway) {
    through(
        gateway,
        running -> {
          Reply reply = get(running, "/users/1");
          refused(reply, 401, "credential_missing");
          assertThat(reply.header("WWW-Authenticate")).hasSize(1);
          assertThat(reply.only("WWW-Authenticate")).startsWith("Bearer realm=\"tricked\"");
        });
  }

  @ParameterizedTest
  @EnumSource
  void whatCanBeReadInTwoWays_isRefused(Gateway gateway) {
    through(
        gateway,
        running -> {
          refused(
              get(running, "/users/1", bearer(), "X-API-Key: " + key.token()),
              400,
              "credential_ambiguous");
          refused(get(running, "/users/1?x=" + key.token()), 400, "credential_ambiguous");
          refused(get(running, "/users/..;/admin", bearer()), 403, "requirement_unknown");
          refused(get(running, "/users/1?_method=DELETE", bearer()), 403, "requirement_unknown");
          refused(get(running, "/nothing/here", bearer()), 403, "requirement_unknown");
        });
  }

  @ParameterizedTest
  @EnumSource
  void revokedKey_isRefusedFromTheNextRequestOn(Gateway gateway) {
    Tenant.Made made = server.key(List.of(TrickedApi.scope(SHOW_USER)));
    String credential = "X-API-Key: " + made.token();
    through(
        gateway,
        running -> {
          assertThat(get(running, "/users/1", credential).status()).isEqualTo(200);
          upstream.take();
          server.revoke(made);
          refused(get(running, "/users/1", credential), 401, "key_revoked");
        });
  }

  @ParameterizedTest
  @EnumSource
  void gatewayWithTheWrongKey_getsNothingThrough(Gateway gateway) {
    Gateway.Surroundings right = server.around(upstream.port());
    Gateway.Surroundings wrong =
        new Gateway.Surroundings(
            right.checkerPort(), right.upstreamPort(), right.api(), key.token());
    upstream.take();
    try (RunningGateway running = RunningGateway.start(gateway, wrong)) {
      Reply reply = get(running, "/users/1", bearer());
      refused(reply, 503, "gateway_misconfigured");
      assertThat(reply.header("Retry-After")).hasSize(1);
    }
  }

  /** Row B1: who guesses is slowed down, and nobody else is. */
  @ParameterizedTest
  @EnumSource
  void wrongKeys_tooManyFromOneAddress_areToldToWait(Gateway gateway) {
    through(
        gateway,
        running -> {
          List<Reply> replies = new ArrayList<>();
          String unknown = "X-API-Key: " + server.unknownToken();
          do {
            replies.add(get(running, "/users/1", unknown));
          } while (replies.getLast().status() == 401 && replies.size() < 5_000);
          Reply last = replies.getLast();
          refused(last, 429, "rate_limited");
          assertThat(last.header("Retry-After")).hasSize(1);
          assertThat(get(running, "/users/1", bearer()).status()).isEqualTo(200);
        });
  }
}
