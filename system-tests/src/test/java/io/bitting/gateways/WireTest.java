package io.bitting.gateways;

import static org.assertj.core.api.Assertions.assertThat;

import io.bitting.server.RawHttp;
import io.bitting.server.Tenant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Questions as gateways ask them that cannot be started here, by what their documentation says that
 * they send, to a real server.
 */
final class WireTest {
  private static final GatewayServer SERVER = GatewayServer.tricked();
  private static final Gateway.Surroundings AROUND = SERVER.around(0);
  private static final Tenant.Made KEY = SERVER.key(List.of(TrickedApi.scope("GET /users/{id}")));

  /**
   * What one gateway sends.
   *
   * @param name the gateway
   * @param text the request; in it, {@code {method}}, {@code {target}} and {@code {key}} are those
   *     of the client's request, {@code {gateway}} is the gateway's key
   */
  record Question(String name, String text) {
    Reply ask(String method, String target) {
      String request =
          text.replace("\n", "\r\n")
              .replace("{method}", method)
              .replace("{target}", target)
              .replace("{key}", KEY.token())
              .replace("{gateway}", AROUND.gatewayKey());
      return Reply.of(RawHttp.send(AROUND.checkerPort(), request));
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Question> questions() {
    return Stream.of(
        new Question(
            "Traefik",
            """
            GET /v1/authorize/tricked HTTP/1.1
            Host: 127.0.0.1:8080
            User-Agent: curl/8.5.0
            Accept: */*
            Authorization: Bearer {key}
            X-Bitting-Gateway: {gateway}
            X-Forwarded-For: 203.0.113.7
            X-Forwarded-Host: api.example
            X-Forwarded-Method: {method}
            X-Forwarded-Proto: http
            X-Forwarded-Uri: {target}
            Accept-Encoding: gzip
            Connection: close

            """),
        new Question(
            "APISIX",
            """
            GET /v1/authorize/tricked HTTP/1.1
            X-Forwarded-Uri: {target}
            X-Forwarded-Proto: http
            X-Forwarded-Method: {method}
            X-Forwarded-Host: api.example
            X-Forwarded-For: 203.0.113.7
            X-API-Key: {key}
            X-Bitting-Gateway: {gateway}
            User-Agent: lua-resty-http/0.17.2 (Lua) ngx_lua/10026
            Host: 127.0.0.1:8080
            Connection: close

            """),
        new Question(
            "Envoy over HTTP",
            """
            {method} /v1/authorize/tricked/envoy{target} HTTP/1.1
            host: api.example
            authorization: Bearer {key}
            content-length: 0
            x-bitting-gateway: {gateway}
            x-envoy-internal: true
            x-forwarded-for: 203.0.113.7
            connection: close

            """));
  }

  @ParameterizedTest
  @MethodSource("questions")
  void question_aboutWhatTheKeyMay_isAllowedWithItsIdentity(Question question) {
    Reply reply = question.ask("GET", "/users/1?a=b");
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    assertThat(reply.only("X-Bitting-Key")).isEqualTo(KEY.id());
    assertThat(reply.only("X-Bitting-Organization")).isEqualTo(SERVER.organization());
    assertThat(reply.only("X-Bitting-Scopes")).isEqualTo(TrickedApi.scope("GET /users/{id}"));
    assertThat(reply.only("X-Bitting-Scopes-Omitted")).isEqualTo("false");
  }

  @ParameterizedTest
  @MethodSource("questions")
  void question_aboutAnythingElse_isRefusedForTheClient(Question question) {
    for (String call : List.of("DELETE /users/1", "POST /users", "GET /admin", "GET /users/me")) {
      String[] words = call.split(" ", 2);
      Reply reply = question.ask(words[0], words[1]);
      assertThat(reply.status()).as(call).isEqualTo(403);
      assertThat(reply.only("Content-Type")).isEqualTo("application/problem+json");
      assertThat(reply.only("WWW-Authenticate")).contains(TrickedApi.scope(named(call)));
    }
    assertThat(question.ask("GET", "/users/..;/admin").status()).isEqualTo(403);
    assertThat(question.ask("GET", "/users/1/../../admin").status()).isEqualTo(403);
    assertThat(question.ask("GET", "//admin").status()).isEqualTo(403);
  }

  private static String named(String call) {
    return call.replace("/users/1", "/users/{id}");
  }
}
