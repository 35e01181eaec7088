package io.bitting.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bitting.server.Problems;
import io.bitting.server.RawHttp;
import io.bitting.server.ServerSettings;
import io.bitting.server.Tenant;
import io.bitting.server.TestCertificate;
import io.bitting.server.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a key may travel, and who is believed about where a request comes from. */
final class TransportTest {

  private static TestServer start(EdgeSettings edge) {
    Path folder = TestServer.newFolder();
    return TestServer.start(folder, TestServer.settings(new ServerSettings.Sqlite(folder), edge));
  }

  private static EdgeSettings edge(String host, Set<String> proxies) {
    return new EdgeSettings(host, 0, "https://keys.example.com", Optional.empty(), proxies);
  }

  /** Requests to an address of this machine that is not its loopback: plain HTTP over a network. */
  @Nested
  final class OverANetwork {
    private static TestServer server;
    private static final List<String> ADDRESSES = new ArrayList<>();

    @BeforeAll
    static void start() throws SocketException {
      server = TransportTest.start(edge("0.0.0.0", Set.of("192.0.2.200")));
      for (NetworkInterface each : Collections.list(NetworkInterface.getNetworkInterfaces())) {
        if (each.isUp() && !each.isLoopback()) {
          each.inetAddresses()
              .filter(java.net.Inet4Address.class::isInstance)
              .map(InetAddress::getHostAddress)
              .forEach(ADDRESSES::add);
        }
      }
    }

    @AfterAll
    static void stop() {
      server.close();
    }

    private static RawHttp.Answer send(String host, String head, String body) {
      return RawHttp.send(
          host,
          server.server().port(),
          (head
                  + "Host: x\r\nConnection: close\r\n"
                  + (body.isEmpty()
                      ? ""
                      : "Content-Type: application/json\r\nContent-Length: "
                          + body.length()
                          + "\r\n")
                  + "\r\n"
                  + body)
              .getBytes(StandardCharsets.ISO_8859_1));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "Authorization: Bearer {}",
          "Authorization: bearer {}",
          "X-API-Key: {}",
          "Authorization: Bearer {}\r\nX-Forwarded-Proto: https",
          "Authorization: Bearer {}\r\nX-Forwarded-Proto: https\r\nX-Forwarded-For: 127.0.0.1",
          "Authorization: Bearer {}\r\nForwarded: for=127.0.0.1;proto=https",
          "Authorization: Bearer {}\r\nX-Real-IP: 127.0.0.1\r\nX-Forwarded-Ssl: on",
          "Authorization: Bearer {}\r\nX-API-Key: {}"
        })
    void key_isRefused_andNothingIsDone(String header) {
      String rename = TestServer.json("name", "Renamed in the clear");
      String head =
          "PATCH "
              + server.operator().path("")
              + " HTTP/1.1\r\n"
              + header.replace("{}", server.ownerToken())
              + "\r\n";
      String before = server.position();
      for (String address : ADDRESSES) {
        RawHttp.Answer answer = send(address, head, rename);
        assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 403 Forbidden");
        assertThat(answer.text())
            .contains("tls_required", "counts as exposed", "no-store")
            .doesNotContain(server.ownerToken(), "Location:");
      }
      assertThat(server.position()).isEqualTo(before);
    }

    @Test
    void keyInQuery_isRefused() {
      for (String address : ADDRESSES) {
        assertThat(
                send(address, "GET /v1/whoami?api_key=" + server.ownerToken() + " HTTP/1.1\r\n", "")
                    .text())
            .contains("tls_required")
            .doesNotContain(server.ownerToken());
      }
    }

    /** A setup code stands for a key; it is not used up by being refused. */
    @Test
    void setupCode_isRefused_andStaysGood() {
      String code =
          server
              .post(
                  server.ownerToken(),
                  "/v1/organizations",
                  TestServer.json("slug", server.unique("plain"), "name", "Plain"))
              .ok()
              .json()
              .path("setup_code")
              .asText();
      for (String address : ADDRESSES) {
        assertThat(
                send(address, "POST /v1/setup HTTP/1.1\r\n", TestServer.json("code", code)).text())
            .contains("tls_required")
            .doesNotContain(code);
      }
      server.post("", "/v1/setup", TestServer.json("code", code)).ok();
    }

    /** The control: from this machine, or without a key, it is as usual. */
    @Test
    void withoutAKeyOrFromThisMachine_isAnswered() {
      String whoami = "GET /v1/whoami HTTP/1.1\r\n";
      String bearer = "Authorization: Bearer " + server.ownerToken() + "\r\n";
      assertThat(send("127.0.0.1", whoami + bearer, "").statusLine()).isEqualTo("HTTP/1.1 200 OK");
      for (String address : ADDRESSES) {
        assertThat(send(address, whoami, "").statusLine()).isEqualTo("HTTP/1.1 401 Unauthorized");
        assertThat(send(address, "GET /openapi.json HTTP/1.1\r\n", "").statusLine())
            .isEqualTo("HTTP/1.1 200 OK");
      }
      System.out.println("addresses of this machine beyond its loopback: " + ADDRESSES.size());
    }
  }

  /** What stands in the audit as the source of a change. */
  @Nested
  final class Source {
    private static TestServer behindProxy;
    private static Tenant tenant;

    @BeforeAll
    static void start() {
      behindProxy = TransportTest.start(edge("127.0.0.1", Set.of("127.0.0.1", "10.0.0.1")));
      tenant = behindProxy.tenant();
    }

    @AfterAll
    static void stop() {
      behindProxy.close();
    }

    private static String source(Tenant tenant, String... headers) {
      HttpRequest.Builder request =
          tenant
              .server()
              .request(tenant.owner(), tenant.path("/api-keys"))
              .header("Content-Type", "application/json");
      if (headers.length > 0) {
        request.headers(headers);
      }
      String key =
          tenant
              .server()
              .send(
                  request
                      .POST(
                          HttpRequest.BodyPublishers.ofString(
                              TestServer.json(
                                  "api",
                                  "bitting",
                                  "name",
                                  tenant.server().unique("key"),
                                  "scopes",
                                  List.of("org:read"))))
                      .build())
              .ok()
              .json()
              .path("id")
              .asText();
      JsonNode event =
          tenant
              .server()
              .get(tenant.owner(), tenant.path("/audit-events?target=" + key))
              .json()
              .at("/items/0");
      assertThat(event.path("action").asText()).isEqualTo("key.created");
      return event.path("source").asText();
    }

    /** Nobody is a proxy who is not listed, be he on this machine. */
    @ParameterizedTest
    @CsvSource({
      "X-Forwarded-For, 203.0.113.9",
      "X-Forwarded-For, '127.0.0.1, 203.0.113.9'",
      "Forwarded, for=203.0.113.9",
      "X-Real-IP, 203.0.113.9",
      "X-Client-IP, 203.0.113.9",
      "CF-Connecting-IP, 203.0.113.9",
      "True-Client-IP, 203.0.113.9"
    })
    void spoofed_isNotBelieved(String header, String value) {
      assertThat(source(TestServer.shared().tenant(), header, value)).isEqualTo("127.0.0.1");
      if (!header.equals("X-Forwarded-For")) {
        assertThat(source(tenant, header, value)).isEqualTo("127.0.0.1");
      }
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "203.0.113.9| 203.0.113.9",
          "1.2.3.4, 203.0.113.9| 203.0.113.9",
          "127.0.0.1, 203.0.113.9, 10.0.0.1| 203.0.113.9",
          "203.0.113.9, <script>| 127.0.0.1",
          "203.0.113.9, localhost| 127.0.0.1"
        })
    void ofListedProxy_isWhatItAdded(String forwardedFor, String source) {
      assertThat(source(tenant, "X-Forwarded-For", forwardedFor)).isEqualTo(source);
    }

    @Test
    void ofListedProxy_inSeveralHeaders_isTheLast() {
      assertThat(source(tenant, "X-Forwarded-For", "1.2.3.4", "X-Forwarded-For", "203.0.113.9"))
          .isEqualTo("203.0.113.9");
      assertThat(source(tenant)).isEqualTo("127.0.0.1");
    }

    /** A listed proxy that had the request in the clear says so, and is believed in that too. */
    @Test
    void plainHttpBeforeTheProxy_isRefused() {
      for (String proto : List.of("http", "", "https, http", "wss")) {
        Problems.expect(
            behindProxy.send(
                behindProxy
                    .request(tenant.owner(), "/v1/whoami")
                    .header("X-Forwarded-Proto", proto)
                    .build()),
            403,
            "tls_required");
      }
      behindProxy
          .send(
              behindProxy
                  .request(tenant.owner(), "/v1/whoami")
                  .header("X-Forwarded-Proto", "https")
                  .build())
          .ok();
      // Nobody asks an unlisted one.
      TestServer shared = TestServer.shared();
      shared
          .send(
              shared
                  .request(shared.ownerToken(), "/v1/whoami")
                  .header("X-Forwarded-Proto", "http")
                  .build())
          .ok();
    }
  }

  /** The server's own TLS. */
  @Nested
  final class Tls {
    private static Path folder;
    private static TestServer server;
    private static HttpClient client;

    @BeforeAll
    static void start() throws Exception {
      folder = TestServer.newFolder();
      TestCertificate own = TestCertificate.make();
      Path certificate = folder.resolve("cert.pem");
      Path key = folder.resolve("key.pem");
      own.writeCertificate(certificate);
      own.writeKey(key);
      Path data = TestServer.newFolder();
      // Made over plain HTTP, which this test's fixture speaks; then started again with TLS.
      TestServer plain =
          TestServer.start(data, TestServer.settings(new ServerSettings.Sqlite(data)));
      String token = plain.ownerToken();
      plain.stop();
      server =
          TestServer.restart(
              data,
              TestServer.settings(
                  new ServerSettings.Sqlite(data),
                  new EdgeSettings(
                      "127.0.0.1",
                      0,
                      "",
                      Optional.of(new EdgeSettings.Tls(certificate, key)),
                      Set.of())),
              token);
      client = HttpClient.newBuilder().sslContext(own.trusting()).build();
    }

    @AfterAll
    static void stop() throws IOException {
      client.close();
      server.close();
      for (String file : List.of("cert.pem", "key.pem", "")) {
        Files.delete(folder.resolve(file));
      }
    }

    private static HttpResponse<String> get(String path, String token) throws Exception {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + server.server().port() + path));
      if (!token.isEmpty()) {
        request.header("Authorization", "Bearer " + token);
      }
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** The client would speak HTTP/2 if it were offered. */
    @Test
    void key_isTaken_overHttp11() throws Exception {
      HttpResponse<String> answer = get("/v1/whoami", server.ownerToken());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
    }

    @Test
    void answers_askForTls_forAYear_andLinkToIt() throws Exception {
      for (String path :
          List.of("/v1/whoami", "/nowhere", "/errors", "/openapi.json", "/sign-in", "/keys")) {
        HttpResponse<String> answer = get(path, "");
        assertThat(answer.headers().firstValue("Strict-Transport-Security"))
            .as(path)
            .contains("max-age=31536000");
      }
      assertThat(get("/v1/whoami", "").body())
          .contains(
              "\"type\":\"https://127.0.0.1:"
                  + server.server().port()
                  + "/errors/credential_missing\"");
    }

    /** Over plain HTTP the header would mean nothing (RFC 6797, section 7.2). */
    @Test
    void plainAnswers_doNotAskForTls() {
      assertThat(TestServer.shared().get("", "/v1/whoami").header("Strict-Transport-Security"))
          .isEmpty();
    }

    @Test
    void plainHttp_isNotAnswered() {
      RawHttp.Answer answer =
          RawHttp.send(
              server.server().port(),
              "GET /v1/whoami HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                  + server.ownerToken()
                  + "\r\n\r\n");
      assertThat(answer.text()).doesNotContain("HTTP/1.1 2", "as_of");
      assertThat(answer.closed()).isTrue();
    }
  }
}
