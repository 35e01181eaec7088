package io.bitting.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.bitting.server.RawHttp;
import io.bitting.server.Tenant;
import io.bitting.server.TestServer;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The listener of those who run the server. */
final class AdminEdgeTest {
  private static final TestServer SERVER = TestServer.shared();

  @ParameterizedTest
  @CsvSource({
    "/livez, text/plain",
    "/readyz, application/json",
    "/metrics, text/plain; version=0.0.4; charset=utf-8"
  })
  void path_isAnswered_forGetAndHeadOnly(String path, String type) {
    TestServer.Reply get = SERVER.admin("GET", path);
    assertThat(get.status()).isEqualTo(200);
    assertThat(get.header("Content-Type")).startsWith(type);
    assertThat(get.text()).isNotEmpty();
    TestServer.Reply head = SERVER.admin("HEAD", path);
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.text()).isEmpty();
    for (String method : List.of("POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "FOO")) {
      TestServer.Reply other = SERVER.admin(method, path);
      assertThat(other.status()).as(method).isEqualTo(405);
      assertThat(other.header("Allow")).as(method).isEqualTo("GET, HEAD");
      assertThat(other.text()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/v1/whoami",
        "/v1/setup",
        "/openapi.json",
        "/livez/",
        "//livez",
        "/LIVEZ",
        "/metrics/x",
        "/%6detrics",
        "/readyz;x",
        "/debug",
        "/actuator/env"
      })
  void path_ofNothing_isNotFound(String path) {
    for (String method : List.of("GET", "POST")) {
      TestServer.Reply reply = SERVER.admin(method, path);
      assertThat(reply.status()).isEqualTo(404);
      assertThat(reply.text()).isEmpty();
    }
  }

  @Test
  void answers_haveSafeHeaders() {
    for (String path : List.of("/livez", "/readyz", "/metrics", "/nowhere")) {
      for (String method : List.of("GET", "POST")) {
        TestServer.Reply reply = SERVER.admin(method, path);
        assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
        assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(reply.header("Content-Security-Policy"))
            .isEqualTo("default-src 'none'; frame-ancestors 'none'; sandbox");
        assertThat(reply.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(reply.header("Server")).isEmpty();
        assertThat(reply.header("Access-Control-Allow-Origin")).isEmpty();
      }
    }
  }

  /** What those who run the server see is nobody else's. */
  @ParameterizedTest
  @ValueSource(strings = {"/livez", "/readyz", "/metrics"})
  void path_onThePortForCallers_isNotFound(String path) {
    for (String token : List.of("", SERVER.ownerToken())) {
      assertThat(SERVER.get(token, path).status()).isEqualTo(404);
    }
  }

  /** It speaks HTTP/1.1 and nothing else, and takes no more than the other port. */
  @Test
  void largeHeaderOrOtherProtocol_isRefused() {
    int port = SERVER.server().adminPort();
    RawHttp.Answer large =
        RawHttp.send(
            port, "GET /livez HTTP/1.1\r\nHost: x\r\nX-A: " + "a".repeat(20_000) + "\r\n\r\n");
    assertThat(large.statusLine()).doesNotContain(" 200 ");
    assertThat(large.closed()).isTrue();
    RawHttp.Answer upgrade =
        RawHttp.send(
            port,
            "GET /livez HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n\r\nGET /nowhere HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    assertThat(upgrade.statusLine()).isEqualTo("HTTP/1.1 200 OK");
    assertThat(upgrade.count()).isEqualTo(2);
  }

  /**
   * Guarantees that a metric says nothing of a key or an organization, and that no caller makes
   * metrics grow: labels are of closed lists.
   */
  @Test
  void metrics_haveLabelsOfClosedLists() {
    Tenant tenant = SERVER.tenant();
    Tenant.Made key = tenant.key("bitting", "org:read");
    for (String path : List.of("/zzz1", "/v1/zzz2", tenant.path("/zzz3"), tenant.path(key, ""))) {
      SERVER.get(key.token(), path);
      SERVER.send("FOOZZZ", key.token(), path, "text/zzz4", "{}");
    }
    SERVER.verify(key.token(), "bitting", "zzz:five");
    String metrics = SERVER.admin("GET", "/metrics").text();
    assertThat(metrics)
        .contains("bitting_requests_seconds_count{", "bitting_checks_total{", "bitting_index_age")
        .doesNotContainIgnoringCase("zzz")
        .doesNotContain(key.id(), tenant.id(), tenant.slug(), key.token());
    Set<String> operations = new TreeSet<>(Set.of("none", "authorizeForEnvoyOverGrpc"));
    SERVER.get("", "/openapi.json").json().findValuesAsText("operationId").forEach(operations::add);
    SERVER.pages().forEach(page -> operations.add(page.operationId()));
    int count = 0;
    Matcher labels = Pattern.compile("([a-z_]+)=\"([^\"]*)\"").matcher(metrics);
    for (; labels.find(); count++) {
      String value = labels.group(2);
      switch (labels.group(1)) {
        case "operation" -> assertThat(operations).contains(value);
        case "status" -> assertThat(value).matches("[1-5][0-9]{2}");
        case "outcome" -> assertThat(value).isIn("allowed", "denied");
        case "reason" -> assertThat(value).matches("[a-z_]+");
        case "kind", "verdict" -> assertThat(value).matches("[a-z_]+");
        // Of the virtual machine.
        case "area", "id", "action", "cause", "gc" -> assertThat(value).isNotBlank();
        default -> throw new AssertionError("a label that is not listed: " + labels.group());
      }
    }
    assertThat(count).isGreaterThan(50);
  }
}
