package io.bitting.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bitting.server.Attacks;
import io.bitting.server.RawHttp;
import io.bitting.server.TestServer;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Guarantees of every answer, whatever was asked and however it went: no browser makes anything of
 * it, nobody keeps it, no other site reads it.
 */
final class AnswersTest {
  private static final TestServer SERVER = TestServer.shared();

  private static final String CSP = "default-src 'none'; frame-ancestors 'none'; sandbox";

  /** Pages for people have a style sheet, and nothing else. */
  private static final String CSP_OF_PAGES =
      "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private static List<String> faults(Map<String, String> headers) {
    List<String> faults = new ArrayList<>();
    expect(faults, headers, "Cache-Control", "no-store");
    String type = headers.getOrDefault("Content-Type", "");
    boolean bare = type.isEmpty() && headers.getOrDefault("Content-Length", "").equals("0");
    if (!bare) {
      expect(faults, headers, "X-Content-Type-Options", "nosniff");
      expect(faults, headers, "Referrer-Policy", "no-referrer");
      expect(
          faults,
          headers,
          "Content-Security-Policy",
          type.startsWith("text/html") ? CSP_OF_PAGES : CSP);
      if (!type.matches("application/(problem[+])?json|text/(html|css); charset=utf-8")) {
        faults.add("Content-Type is " + type);
      }
    }
    if (!headers.getOrDefault("X-Request-Id", "").matches("[0-9A-Za-z]{16}")) {
      faults.add("X-Request-Id is " + headers.get("X-Request-Id"));
    }
    for (String name : headers.keySet()) {
      String lower = name.toLowerCase(Locale.ROOT);
      if (lower.startsWith("access-control-")
          || List.of("server", "via", "x-powered-by", "set-cookie").contains(lower)) {
        faults.add("there is " + name);
      }
    }
    return faults;
  }

  private static void expect(
      List<String> faults, Map<String, String> headers, String name, String value) {
    if (!value.equals(headers.get(name))) {
      faults.add(name + " is " + headers.get(name));
    }
  }

  private static Map<String, String> headers(TestServer.Reply reply) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    reply.response().headers().map().forEach((name, values) -> headers.put(name, values.get(0)));
    return headers;
  }

  private static Map<String, String> headers(RawHttp.Answer answer) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    answer
        .text()
        .lines()
        .skip(1)
        .takeWhile(line -> !line.isEmpty())
        .forEach(line -> headers.put(line.split(": ", 2)[0], line.split(": ", 2)[1]));
    return headers;
  }

  @Test
  void everyOperation_answersSafely_howeverItGoes() {
    String token = SERVER.operator().key("bitting", "org:read").token();
    List<String> faults = new ArrayList<>();
    int count = 0;
    JsonNode paths = SERVER.get("", "/openapi.json").json().path("paths");
    for (Map.Entry<String, JsonNode> path : paths.properties()) {
      String address =
          path.getKey()
              .replace("{org}", SERVER.operator().slug())
              .replace("{api}", "bitting")
              .replace("{key}", "AAAAAAAAAAAA")
              .replace("{member}", "AAAAAAAAAAAA")
              .replace("{invitation}", "AAAAAAAAAAAA")
              .replace("{code}", "not_found")
              .replace("{target}", "orders");
      for (String method :
          List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")) {
        for (String key : List.of("", token, TestServer.unknownToken("bit"))) {
          TestServer.Reply reply =
              SERVER.send(
                  SERVER
                      .request(key, address)
                      .header("Origin", "https://evil.example")
                      .header("Access-Control-Request-Method", "POST")
                      .header("Cookie", "token=" + SERVER.ownerToken())
                      .header("Content-Type", "application/json")
                      .method(
                          method,
                          List.of("POST", "PUT", "PATCH").contains(method)
                              ? HttpRequest.BodyPublishers.ofString("[")
                              : HttpRequest.BodyPublishers.noBody())
                      .build());
          count++;
          for (String fault : faults(headers(reply))) {
            faults.add(method + " " + address + " " + reply.status() + ": " + fault);
          }
        }
      }
    }
    assertThat(faults).isEmpty();
    assertThat(count).isGreaterThan(400);
    System.out.println("answers with safe headers: " + count);
  }

  @Test
  void everyMalformedRequest_isAnsweredSafely() {
    List<String> faults = new ArrayList<>();
    int count = 0;
    for (JsonNode attack : Attacks.of("requests.json")) {
      StringBuilder lines = new StringBuilder();
      attack.path("lines").forEach(line -> lines.append(line.asText()).append("\r\n"));
      // What would wait for more has its end.
      RawHttp.Answer answer =
          RawHttp.send(
              SERVER.server().port(),
              Attacks.unfold(lines.toString())
                  .replace("{hidden}", "")
                  .replace("{token}", "x")
                  .replaceAll("\r\n\r\n$", "\r\n\r\n"));
      if (answer.count() > 0) {
        count++;
        for (String fault : faults(headers(answer))) {
          faults.add(attack.path("name").asText() + ": " + fault);
        }
      }
    }
    assertThat(faults).isEmpty();
    assertThat(count).isGreaterThan(20);
  }

  /** A method that is for proxies, and an address that is of no resource. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "CONNECT 127.0.0.1:22 HTTP/1.1\r\nHost: 127.0.0.1:22\r\n",
        "CONNECT /v1/whoami HTTP/1.1\r\nHost: x\r\n",
        "OPTIONS * HTTP/1.1\r\nHost: x\r\n",
        "PRI * HTTP/1.1\r\nHost: x\r\n",
        "TRACE /v1/whoami HTTP/1.1\r\nHost: x\r\nMax-Forwards: 0\r\n",
        "PROPFIND / HTTP/1.1\r\nHost: x\r\n"
      })
  void methodOfOthers_isRefused_andRepeatsNothing(String head) {
    RawHttp.Answer answer =
        RawHttp.send(
            SERVER.server().port(),
            head
                + "Connection: close\r\nX-Canary: sung\r\nAuthorization: Bearer "
                + SERVER.ownerToken()
                + "\r\n\r\n");
    assertThat(answer.count()).isLessThanOrEqualTo(1);
    assertThat(answer.statusLine()).matches("(HTTP/1.1 (400|404|405) .*)?");
    assertThat(answer.text()).doesNotContain("sung", SERVER.ownerToken());
    assertThat(answer.closed()).isTrue();
    if (answer.count() == 1) {
      assertThat(faults(headers(answer))).isEmpty();
    }
  }
}
