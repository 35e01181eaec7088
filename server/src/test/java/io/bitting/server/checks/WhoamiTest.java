package io.bitting.server.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bitting.server.Problems;
import io.bitting.server.RawHttp;
import io.bitting.server.Tenant;
import io.bitting.server.TestServer;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code GET /v1/whoami}. */
final class WhoamiTest {
  private static final TestServer SERVER = TestServer.shared();
  private static String api;
  private static Tenant tenant;

  @BeforeAll
  static void start() {
    api = SERVER.api();
    tenant = SERVER.tenant();
  }

  @Nested
  final class Status200 {
    @Test
    void whoami_ofAnyApi_showsTheKeyAndWhoseItIs() {
      for (String of : new String[] {api, "bitting"}) {
        Tenant.Made key = tenant.key(of, "org:read");
        JsonNode answer = SERVER.get(key.token(), "/v1/whoami").ok().json();
        assertThat(answer.path("key"))
            .isEqualTo(SERVER.get(tenant.owner(), tenant.path(key, "")).ok().json());
        assertThat(answer.at("/organization/id").asText()).isEqualTo(tenant.id());
        assertThat(answer.at("/organization/slug").asText()).isEqualTo(tenant.slug());
        assertThat(answer.path("organization")).hasSize(3);
        assertThat(answer.path("as_of").asText()).isEqualTo(SERVER.position());
        assertThat(answer.toString()).doesNotContain(key.token().substring(20));
      }
    }

    /** The ways to send a key that are allowed, and each alone. */
    @Test
    void whoami_byEitherHeader_isTheSame() {
      Tenant.Made key = tenant.key(api, "bot");
      for (String[] header :
          new String[][] {
            {"Authorization", "Bearer "},
            {"Authorization", "bearer "},
            {"Authorization", "BEARER   "},
            {"Authorization", "Api-Key "},
            {"X-API-Key", ""},
            {"x-api-key", ""}
          }) {
        assertThat(
                SERVER
                    .send(
                        SERVER
                            .request("", "/v1/whoami")
                            .header(header[0], header[1] + key.token())
                            .GET()
                            .build())
                    .status())
            .as(header[0] + ": " + header[1])
            .isEqualTo(200);
      }
    }
  }

  @Nested
  final class Status400 {
    @Test
    void whoami_twoCredentials_areRefused_evenIfEqual() {
      Tenant.Made key = tenant.key(api, "bot");
      Problems.expect(
          SERVER.send(
              SERVER
                  .request(key.token(), "/v1/whoami")
                  .header("X-API-Key", key.token())
                  .GET()
                  .build()),
          400,
          "credential_ambiguous");
      Problems.expect(
          SERVER.send(
              SERVER
                  .request(key.token(), "/v1/whoami")
                  .header("Authorization", "Bearer " + key.token())
                  .GET()
                  .build()),
          400,
          "credential_ambiguous");
    }

    @Test
    void whoami_headerOfAnotherForm_isRefused() {
      Tenant.Made key = tenant.key(api, "bot");
      for (String value :
          new String[] {
            "Bearer",
            "Bearer ",
            "Bearer " + key.token() + ", Bearer x",
            "Bearer a b",
            "Bearer \"" + key.token() + "\""
          }) {
        Problems.expect(
            SERVER.send(
                SERVER.request("", "/v1/whoami").header("Authorization", value).GET().build()),
            400,
            "credential_ambiguous");
      }
    }
  }

  @Nested
  final class Status401 {
    /** A scheme that is not ours is no credential; a cookie never is one. */
    @Test
    void whoami_otherSchemes_areNone() {
      Tenant.Made key = tenant.key(api, "bot");
      String basic =
          java.util.Base64.getEncoder()
              .encodeToString(
                  (key.token() + ":" + key.token())
                      .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      for (String[] header :
          new String[][] {
            {"Authorization", "Basic " + basic},
            {"Authorization", key.token()},
            {"Authorization", "Digest username=\"" + key.token() + "\""},
            {"Proxy-Authorization", "Bearer " + key.token()},
            {"Cookie", "token=" + key.token()},
            {"X-Api-Token", key.token()},
            {"X-Bitting-Key", key.id()},
            {"X-Bitting-Organization", tenant.id()}
          }) {
        Problems.expect(
            SERVER.send(
                SERVER.request("", "/v1/whoami").header(header[0], header[1]).GET().build()),
            401,
            "credential_missing");
      }
    }

    /**
     * E1 over HTTP: unknown, wrong secret, malformed and altered case are the same to the byte; of
     * another state is told who proved the whole secret.
     */
    @Test
    void whoami_unproved_isTheSameForAll() {
      Tenant.Made key = tenant.key(api, "bot");
      Tenant.Made revoked = tenant.key(api, "bot");
      tenant.change(revoked, "revoke").ok();
      String expected =
          Problems.comparable(
              SERVER.get(TestServer.unknownToken(TestServer.prefix(api)), "/v1/whoami"));
      assertThat(expected).startsWith("401\n").contains("credential_invalid");
      for (String token :
          new String[] {
            wrongSecret(key.token()),
            wrongSecret(revoked.token()),
            key.token() + "0",
            key.token().substring(1),
            key.token().toLowerCase(java.util.Locale.ROOT),
            "x",
            "0".repeat(8_000)
          }) {
        assertThat(Problems.comparable(SERVER.get(token, "/v1/whoami")))
            .as(token.substring(0, Math.min(70, token.length())))
            .isEqualTo(expected);
      }
      assertThat(Problems.comparable(SERVER.get(revoked.token(), "/v1/whoami")))
          .isNotEqualTo(expected);
      Problems.expect(SERVER.get(revoked.token(), "/v1/whoami"), 401, "key_revoked");
    }

    /** U4: the right token in another coding is not that token. */
    @ParameterizedTest
    @ValueSource(
        strings = {
          "percent",
          "percent of one",
          "latin-1",
          "utf-8",
          "utf-16",
          "utf-16 with mark",
          "full width"
        })
    void whoami_tokenInAnotherCoding_isRefused(String coding) {
      String token = tenant.key(api, "bot").token();
      assertThat(status(token)).isEqualTo("200");
      String wide =
          token
              .chars()
              .mapToObj(c -> String.valueOf((char) (c + 0xFEE0)))
              .collect(Collectors.joining());
      String sent =
          switch (coding) {
            case "percent" ->
                token
                    .chars()
                    .mapToObj(c -> String.format("%%%02X", c))
                    .collect(Collectors.joining());
            case "percent of one" -> token.replace("_", "%5F");
            case "latin-1" -> token + "\u00e4";
            case "utf-8" -> latin1((token + "\u00e4").getBytes(StandardCharsets.UTF_8));
            case "utf-16" -> latin1(token.getBytes(StandardCharsets.UTF_16BE));
            case "utf-16 with mark" -> latin1(token.getBytes(StandardCharsets.UTF_16));
            default -> latin1(wide.getBytes(StandardCharsets.UTF_8));
          };
      assertThat(status(sent)).isIn("400", "401");
    }

    private static String latin1(byte[] bytes) {
      return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static String status(String token) {
      String request =
          "GET /v1/whoami HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer "
              + token
              + "\r\n\r\n";
      return RawHttp.send(SERVER.server().port(), request).statusLine().split(" ", -1)[1];
    }

    private static String wrongSecret(String token) {
      return TestServer.withChecksum(token.substring(0, token.length() - 38) + "0".repeat(32));
    }
  }

  @Nested
  final class Status403 {
    @Test
    void whoami_disabledKeyOrSuspendedOrganization_isTold() {
      Tenant other = SERVER.tenant();
      Tenant.Made key = other.key(api, "bot");
      other.change(key, "disable").ok();
      Problems.expect(SERVER.get(key.token(), "/v1/whoami"), 403, "key_disabled");
      SERVER.post(SERVER.ownerToken(), other.path("/suspend"), "").ok();
      Problems.expect(SERVER.get(other.owner(), "/v1/whoami"), 403, "organization_suspended");
    }
  }
}
