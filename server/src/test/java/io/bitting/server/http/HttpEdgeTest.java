package io.bitting.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bitting.server.Attacks;
import io.bitting.server.Problems;
import io.bitting.server.RawHttp;
import io.bitting.server.Tenant;
import io.bitting.server.TestServer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes over the wire before anybody has looked at it. */
final class HttpEdgeTest {
  private static final TestServer SERVER = TestServer.shared();
  private static Tenant tenant;
  private static Tenant.Made victim;

  @BeforeAll
  static void start() {
    tenant = SERVER.tenant();
    victim = tenant.key("bitting", "org:read");
  }

  static Stream<String> requests() {
    return Attacks.of("requests.json").stream().map(attack -> attack.path("name").asText());
  }

  /**
   * One request is seen, and answered as it should be; a second one that is hidden in it, by which
   * a key would be revoked, is not carried out.
   */
  @ParameterizedTest
  @MethodSource("requests")
  void take_malformedRequest_isAnsweredOnce(String name) {
    JsonNode attack =
        Attacks.of("requests.json").stream()
            .filter(a -> a.path("name").asText().equals(name))
            .findFirst()
            .orElseThrow();
    StringBuilder lines = new StringBuilder();
    attack.path("lines").forEach(line -> lines.append(line.asText()).append("\r\n"));
    lines.setLength(lines.length() - 2);
    RawHttp.Answer answer =
        RawHttp.send(
            SERVER.server().port(),
            Attacks.unfold(lines.toString())
                .replace("{hidden}", revocation(victim, ""))
                .replace("{token}", SERVER.ownerToken()));
    assertThat(answer.count()).as(answer.statusLine()).isEqualTo(attack.path("answers").asInt());
    if (answer.count() > 0) {
      assertThat(answer.statusLine()).contains(" " + attack.path("status").asInt() + " ");
      assertThat(answer.text()).doesNotContain("io.netty", "Exception", "at io.");
    }
    assertThat(answer.closed()).as("closed").isTrue();
    assertThat(SERVER.verify(victim.token(), "bitting", "org:read")).isEqualTo("allowed");
  }

  /** The control of the above: the request that was hidden is one that would do harm. */
  @Test
  void hiddenRequest_onItsOwn_revokes() {
    Tenant.Made other = tenant.key("bitting", "org:read");
    RawHttp.Answer answer =
        RawHttp.send(SERVER.server().port(), revocation(other, "Connection: close\r\n"));
    assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 200 OK");
    assertThat(SERVER.verify(other.token(), "bitting", "org:read")).isEqualTo("denied key_revoked");
  }

  private static String revocation(Tenant.Made key, String more) {
    return "POST "
        + tenant.path(key, "/revoke")
        + " HTTP/1.1\r\nHost: x\r\n"
        + more
        + "Authorization: Bearer "
        + tenant.owner()
        + "\r\nContent-Length: 0\r\n\r\n";
  }

  /** Nobody reads it, so whether the answer comes first is a matter of luck. */
  @Test
  void take_bodyWithoutEndToGet_isHungUpOn() {
    RawHttp.Answer answer =
        RawHttp.send(
            SERVER.server().port(),
            "GET /v1/whoami HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nAuthorization: Bearer "
                + tenant.owner()
                + "\r\n\r\n200000\r\n"
                + "x".repeat(2 * 1024 * 1024));
    assertThat(answer.count()).isLessThanOrEqualTo(1);
    assertThat(answer.closed()).isTrue();
  }

  @Test
  void take_twoRequestsAtOnce_areAnsweredInOrder() {
    String first = "GET /v1/whoami HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {}\r\n\r\n";
    String second = "GET /nowhere HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    RawHttp.Answer answer =
        RawHttp.send(SERVER.server().port(), first.replace("{}", tenant.owner()) + second);
    assertThat(answer.count()).isEqualTo(2);
    assertThat(answer.text().indexOf(" 200 ")).isLessThan(answer.text().indexOf(" 404 "));
  }

  /** What is not the address of an operation is none, and not another one either. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "*",
        "//v1/whoami",
        "/v1//whoami",
        "/v1/./whoami",
        "/v1/../v1/whoami",
        "/%76%31/whoami",
        "/v1/%2e/whoami",
        "/v1%2Fwhoami",
        "/v1/whoami/",
        "/v1/whoami;x=y",
        "/v1/whoami%00",
        "/V1/WHOAMI",
        "/v1/whoami%2f",
        "/v1/whoami.",
        "/v1/whoami%20",
        "/v1\\whoami",
        "/v1",
        "/v1/organizations/",
        "/v1/organizations//api-keys",
        "/v1/setup/x",
        "/livez",
        "/metrics"
      })
  void take_pathOfNothing_isNotFound(String path) {
    RawHttp.Answer answer =
        RawHttp.send(
            SERVER.server().port(),
            "GET "
                + path
                + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer "
                + tenant.owner()
                + "\r\n\r\n");
    assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 404 Not Found");
  }

  /** Links are made of the configured address, whatever the request says of itself (X5). */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /v1/whoami HTTP/1.1\r\nHost: evil.example\r\n",
        "GET /v1/whoami HTTP/1.1\r\nHost: x\r\nX-Forwarded-Host: evil.example\r\n",
        "GET /v1/whoami HTTP/1.1\r\nHost: x\r\nForwarded: host=evil.example;proto=https\r\n",
        "GET http://evil.example/v1/whoami HTTP/1.1\r\nHost: x\r\n"
      })
  void take_foreignHost_isNotRepeated(String head) {
    RawHttp.Answer answer =
        RawHttp.send(SERVER.server().port(), head + "Connection: close\r\n\r\n");
    assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 401 Unauthorized");
    assertThat(answer.text())
        .doesNotContain("evil")
        .contains("\"type\":\"" + SERVER.server().baseUrl() + "/errors/credential_missing\"");
  }

  @Test
  void answers_haveSafeHeaders() {
    for (TestServer.Reply reply :
        List.of(
            SERVER.get(tenant.owner(), "/v1/whoami"),
            SERVER.get("", "/v1/whoami"),
            SERVER.get("", "/nowhere"),
            SERVER.get(tenant.owner(), "/v1/whoami?x=y"))) {
      assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
      assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
      assertThat(reply.header("Content-Security-Policy")).contains("default-src 'none'", "sandbox");
      assertThat(reply.header("Referrer-Policy")).isEqualTo("no-referrer");
      assertThat(reply.header("X-Request-Id")).matches("[0-9A-Za-z]{16}");
      assertThat(reply.header("Server") + reply.header("X-Powered-By")).isEmpty();
      assertThat(reply.header("Access-Control-Allow-Origin")).isEmpty();
    }
  }

  @Test
  void requestId_ofCaller_isNotTaken() {
    TestServer.Reply reply =
        SERVER.send(SERVER.request("", "/v1/whoami").header("X-Request-Id", "mine").GET().build());
    assertThat(reply.header("X-Request-Id")).isNotEqualTo("mine");
    Problems.expect(reply, 401, "credential_missing");
  }
}
