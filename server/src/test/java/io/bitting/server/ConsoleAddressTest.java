package io.bitting.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bitting.organization.Role;
import io.bitting.server.console.SignedIn;
import io.bitting.server.http.EdgeSettings;
import io.bitting.server.http.Route;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** X5: the console behind a proxy with TLS has the address that was configured, and no other. */
final class ConsoleAddressTest {
  private static final String BASE = "https://console.example";
  private static final String HERE = "console.example";

  private static TestServer server;
  private static Tenant tenant;
  private static SignedIn owner;
  private static String token;

  @BeforeAll
  static void start() {
    Path folder = TestServer.newFolder();
    server =
        TestServer.start(
            folder,
            TestServer.settings(
                new ServerSettings.Sqlite(folder),
                new EdgeSettings("127.0.0.1", 0, BASE, Optional.empty(), Set.of())));
    tenant = server.tenant();
    owner = SignedIn.as(tenant, Role.OWNER);
    TestBrowser browser = new TestBrowser(server);
    browser.toss("__Host-bitting", owner.cookie());
    browser.page("/keys");
    token = browser.token();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String send(
      String line, String host, List<String> headers, String cookie, String body) {
    StringBuilder request =
        new StringBuilder(line + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n");
    headers.forEach(header -> request.append(header).append("\r\n"));
    request.append("Cookie: __Host-bitting=").append(cookie).append("\r\n");
    if (!body.isEmpty()) {
      request
          .append("Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ")
          .append(body.length())
          .append("\r\n");
    }
    return RawHttp.send(server.server().port(), request + "\r\n" + body).text();
  }

  private static String form(String... fields) {
    return TestBrowser.form(token, fields);
  }

  /** Every page, and every form that answers with a link, × every way to name another host. */
  @Test
  void links_haveTheConfiguredAddress_whateverHostIsNamed() {
    String key = tenant.key("bitting", "org:read").id();
    for (JsonNode attack : Attacks.of("foreign-hosts.json")) {
      String host = attack.path("host").asText(HERE);
      List<String> headers = new ArrayList<>();
      attack.path("headers").forEach(header -> headers.add(header.asText()));
      List<String> answers = new ArrayList<>();
      for (Route route : server.server().pages()) {
        if (route.method().equals("GET")) {
          String path = route.template().replace("{api}", "bitting").replaceAll("\\{[^}]*}", key);
          // The door is for strangers.
          String cookie = path.matches("/(sign-in|setup|join).*") ? "" : owner.cookie();
          answers.add(send("GET " + path, host, headers, cookie, ""));
        }
      }
      String mail = server.unique("kim") + "@example.com";
      String invited =
          send(
              "POST /members/invitations",
              host,
              headers,
              owner.cookie(),
              form("mail", URLEncoder.encode(mail, StandardCharsets.UTF_8), "role", "member")
                  .replace("%2540", "%40"));
      String made =
          send(
              "POST /keys",
              host,
              headers,
              owner.cookie(),
              form("api", "bitting", "name", server.unique("new"), "scopes", "org:read"));
      String saved =
          send(
              "POST /settings/name",
              host,
              headers,
              owner.cookie(),
              form("name", server.unique("Name")));
      // The control: these are links.
      assertThat(invited).as(attack.path("name").asText()).contains(BASE + "/join#");
      assertThat(made).contains(" 200 ", BASE);
      assertThat(saved.toLowerCase(java.util.Locale.ROOT)).contains("location: /settings\r\n");
      answers.addAll(List.of(invited, made, saved));
      assertThat(answers)
          .allSatisfy(answer -> assertThat(answer).doesNotContain("evil.example", ":4711"));
    }
  }

  /** What a browser says of where a form was, and for what host it was meant. */
  @ParameterizedTest
  @CsvSource({
    "https://console.example, console.example, 303",
    "https://CONSOLE.example, console.example, 303",
    "https://other.example, other.example, 303",
    "https://127.0.0.1:8080, 127.0.0.1:8080, 303",
    "http://console.example, console.example, 403",
    "http://other.example, other.example, 403",
    "https://console.example:8443, console.example, 403",
    "https://console.example.evil.example, console.example, 403",
    "https://evil.example, console.example, 403",
    "https://console.example@evil.example, console.example, 403",
    "https://console.example/, console.example, 403",
    "console.example, console.example, 403",
    "null, console.example, 403",
    "'https://console.example, https://evil.example', console.example, 403",
  })
  void form_isTakenFromThisAddressAlone(String origin, String host, int status) {
    String name = server.unique("Name");
    String answer =
        send(
            "POST /settings/name",
            host,
            List.of("Origin: " + origin),
            owner.cookie(),
            form("name", name));
    assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
    assertThat(server.get(tenant.owner(), tenant.path("")).ok().json().path("name").asText())
        .satisfies(now -> assertThat(now.equals(name)).isEqualTo(status == 303));
  }
}
