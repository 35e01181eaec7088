package io.bitting.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** From an empty folder to an allowed and a denied check. */
final class FirstMinuteTest {

  @Test
  void verify_ofNewKey_isAllowedThenDeniedOnceRevoked() throws Exception {
    try (TestServer server = TestServer.start()) {
      String owner = server.ownerToken();
      assertThat(
              server
                  .send(
                      "PUT",
                      owner,
                      "/v1/apis/appsec",
                      "application/json",
                      "{\"name\":\"AppSec\",\"prefix\":\"nex\"}")
                  .status())
          .isEqualTo(201);
      String yaml = Files.readString(Path.of("../catalogs/appsec.yaml"));
      TestServer.Reply put =
          server.send("PUT", owner, "/v1/apis/appsec/catalog", "application/yaml", yaml);
      assertThat(put.status()).as(put.text()).isEqualTo(200);
      TestServer.Reply made =
          server.post(
              owner,
              "/v1/organizations/operator/api-keys",
              "{\"api\":\"appsec\",\"name\":\"reader\",\"scopes\":[\"scans:read\"]}");
      assertThat(made.status()).as(made.text()).isEqualTo(201);
      String token = made.json().path("token").asText();
      assertThat(verify(server, owner, token, "scans:read")).isEqualTo("allowed/null");
      assertThat(verify(server, owner, token, "scans:delete"))
          .isEqualTo("denied/insufficient_scope");
      TestServer.Reply whoami = server.get(token, "/v1/whoami");
      assertThat(whoami.status()).as(whoami.text()).isEqualTo(200);
      TestServer.Reply revoked =
          server.post(
              owner,
              "/v1/organizations/operator/api-keys/" + made.json().path("id").asText() + "/revoke",
              "");
      assertThat(revoked.status()).as(revoked.text()).isEqualTo(200);
      assertThat(verify(server, owner, token, "scans:read")).isEqualTo("denied/key_revoked");
    }
  }

  private static String verify(TestServer server, String owner, String token, String scope) {
    TestServer.Reply reply =
        server.post(
            owner,
            "/v1/verify",
            "{\"token\":\""
                + token
                + "\",\"api\":\"appsec\",\"required_scopes\":[\""
                + scope
                + "\"]}");
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return reply.json().path("decision").asText()
        + "/"
        + reply.json().path("reason").asText("null");
  }
}
