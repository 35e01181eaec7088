package io.bitting.server.acting;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bitting.fixtures.MutableClock;
import io.bitting.server.Problems;
import io.bitting.server.Race;
import io.bitting.server.Tenant;
import io.bitting.server.TestServer;
import io.bitting.server.docs.OpenApiDocument;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code Idempotency-Key} on whatever makes something with a secret: it is made once, and its
 * secret is in one answer.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class IdempotencyKeyTest {
  private static final TestServer SERVER = TestServer.shared();
  private static final String HEADER = "Idempotency-Key";

  private String api;
  private Tenant tenant;

  @BeforeAll
  void start() {
    api = SERVER.api();
    tenant = SERVER.tenant();
  }

  /** The servers on which requests are repeated, one for each database. */
  static List<TestServer> servers() {
    return List.of(TestServer.shared(), TestServer.sharedOnPostgresql());
  }

  private TestServer.Reply post(String path, String name, String body) {
    return SERVER.postNamed(tenant.owner(), tenant.path(path), name, body);
  }

  private String key(String name) {
    return TestServer.json("api", api, "name", name, "scopes", List.of("bot"));
  }

  private static String name() {
    return "\"" + SERVER.unique("request") + "\"";
  }

  /** Expects the first answer again: the same members and headers, but for the secret. */
  private static void expectAgain(TestServer.Reply first, TestServer.Reply again, String secret) {
    assertThat(first.json().has("secret_available")).isFalse();
    assertThat(first.json().path(secret).asText()).isNotEmpty();
    JsonNode expected =
        ((ObjectNode) first.json().deepCopy()).put("secret_available", false).without(secret);
    assertThat(again.status()).isEqualTo(first.status());
    assertThat(again.json()).isEqualTo(expected);
    assertThat(again.header("Location")).isEqualTo(first.header("Location"));
    assertThat(again.header("Cache-Control")).isEqualTo("no-store");
  }

  @Test
  void document_namesTheHeader_whereASecretIsMade() {
    Set<String> taking = new TreeSet<>();
    JsonNode document =
        TestServer.parse(new String(new OpenApiDocument().json(), StandardCharsets.UTF_8));
    for (JsonNode path : document.get("paths")) {
      for (JsonNode operation : path) {
        if (operation.path("parameters").toString().contains("/IdempotencyKey\"")) {
          taking.add(operation.path("operationId").asText());
        }
      }
    }
    assertThat(taking)
        .containsExactly(
            "createInvitation",
            "createKey",
            "createOrganization",
            "createSetupCode",
            "replaceKey",
            "rotateKey");
  }

  @Test
  void createKey_sentAgain_isAnsweredAgainWithoutTheToken_andMakesNoSecondKey() {
    String name = name();
    String body = key(SERVER.unique("repeated"));
    TestServer.Reply first = post("/api-keys", name, body).ok();
    String everything = tenant.everything();

    for (int i = 0; i < 2; i++) {
      expectAgain(first, post("/api-keys", name, body), "token");
    }
    assertThat(tenant.everything()).isEqualTo(everything);
    assertThat(SERVER.verify(first.json().path("token").asText(), api, "bot")).isEqualTo("allowed");
  }

  @Test
  void createOrganization_sentAgain_isAnsweredAgainWithoutTheCode() {
    String name = name();
    String slug = SERVER.unique("repeated");
    String body = TestServer.json("slug", slug, "name", "Repeated");
    TestServer.Reply first =
        SERVER.postNamed(SERVER.ownerToken(), "/v1/organizations", name, body).ok();

    expectAgain(
        first,
        SERVER.postNamed(SERVER.ownerToken(), "/v1/organizations", name, body),
        "setup_code");
    String path = "/v1/organizations/" + slug + "/setup-code";
    String other = name();
    TestServer.Reply code = SERVER.postNamed(SERVER.ownerToken(), path, other, "").ok();
    expectAgain(code, SERVER.postNamed(SERVER.ownerToken(), path, other, ""), "setup_code");
    // The second answer made no other code void.
    SERVER
        .post("", "/v1/setup", TestServer.json("code", code.json().path("setup_code").asText()))
        .ok();
  }

  /** A second rotation would end the overlap, or be refused because of it. */
  @Test
  void rotateKey_sentAgain_isAnsweredAgainWithoutTheToken_andRotatesOnce() {
    Tenant.Made key = tenant.key(api, "bot");
    String path = "/api-keys/" + key.id() + "/rotate";
    String name = name();
    TestServer.Reply first = post(path, name, "{}").ok();
    String everything = tenant.everything();

    expectAgain(first, post(path, name, "{}"), "token");
    assertThat(tenant.everything()).isEqualTo(everything);
    assertThat(SERVER.verify(key.token(), api, "bot")).isEqualTo("allowed");
    assertThat(SERVER.verify(first.json().path("token").asText(), api, "bot")).isEqualTo("allowed");
    Problems.expect(
        post(path, name, TestServer.json("overlap", "now")), 422, "idempotency_key_reused");
  }

  @Test
  void replaceKey_sentAgain_isAnsweredAgainWithoutTheToken_andMakesOneKey() {
    Tenant.Made key = tenant.key(api, "bot");
    String path = "/api-keys/" + key.id() + "/replace";
    String name = name();
    TestServer.Reply first = post(path, name, "{}").ok();
    String everything = tenant.everything();

    expectAgain(first, post(path, name, "{}"), "token");
    assertThat(tenant.everything()).isEqualTo(everything);
  }

  /** Nothing comes of a plan, so that there is nothing to keep. */
  @Test
  void replaceKey_plan_isNotRemembered() {
    Tenant.Made key = tenant.key(api, "bot");
    String path = "/api-keys/" + key.id() + "/replace";
    String name = name();
    post(path, name, TestServer.json("plan", true)).ok();
    assertThat(post(path, name, "{}").ok().json().has("token")).isTrue();
  }

  /** What was first answered stays so: what has happened since is asked for elsewhere. */
  @Test
  void createKey_sentAgainAfterItWasRevoked_isAnsweredAsAtFirst() {
    String name = name();
    String body = key(SERVER.unique("revoked"));
    TestServer.Reply first = post("/api-keys", name, body).ok();
    SERVER.post(tenant.owner(), first.header("Location") + "/revoke", "").ok();

    expectAgain(first, post("/api-keys", name, body), "token");
  }

  @Test
  void createKey_anotherRequestUnderTheSameName_isRefused() {
    String name = name();
    String body = key(SERVER.unique("first"));
    post("/api-keys", name, body).ok();
    String everything = tenant.everything();

    for (String other : List.of(key(SERVER.unique("other")), body + " ", "{}")) {
      Problems.expect(post("/api-keys", name, other), 422, "idempotency_key_reused");
    }
    Problems.expect(
        SERVER.postNamed(
            tenant.owner(), "/v1/organizations/" + tenant.id() + "/api-keys", name, body),
        422,
        "idempotency_key_reused");
    assertThat(tenant.everything()).isEqualTo(everything);
  }

  /** A name is its sender's affair: another key has no part in it, whoever's it is. */
  @Test
  void createKey_sameNameByAnotherKey_isAnotherRequest() {
    String name = name();
    String body = key(SERVER.unique("mine"));
    TestServer.Reply first = post("/api-keys", name, body).ok();

    Tenant other = SERVER.tenant();
    TestServer.Reply theirs =
        SERVER.postNamed(other.owner(), other.path("/api-keys"), name, body).ok();
    assertThat(theirs.json().path("id")).isNotEqualTo(first.json().path("id"));
    assertThat(theirs.json().path("token").asText()).isNotEmpty();

    Tenant.Made issuer = tenant.key(api, "keys:issue", "bot");
    Problems.expect(
        SERVER.postNamed(issuer.token(), tenant.path("/api-keys"), name, body), 409, "name_taken");
  }

  /** Whoever sends it again is checked anew. */
  @Test
  void createKey_sentAgainByAKeyThatIsRevoked_isRefused() {
    Tenant.Made issuer = tenant.key(api, "keys:issue", "bot");
    String name = name();
    String body = key(SERVER.unique("once"));
    SERVER.postNamed(issuer.token(), tenant.path("/api-keys"), name, body).ok();
    tenant.change(issuer, "revoke").ok();

    Problems.expect(
        SERVER.postNamed(issuer.token(), tenant.path("/api-keys"), name, body), 401, "key_revoked");
  }

  @Test
  void createKey_refused_isNotRemembered() {
    String name = name();
    String taken = SERVER.unique("taken");
    post("/api-keys", name(), key(taken)).ok();

    Problems.expect(post("/api-keys", name, key("")), 422, "validation_failed");
    Problems.expect(post("/api-keys", name, key(taken)), 409, "name_taken");
    String body = key(SERVER.unique("corrected"));
    TestServer.Reply first = post("/api-keys", name, body).ok();
    expectAgain(first, post("/api-keys", name, body), "token");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "8e03978e-40d5-43dd-bc93-6894a57f9324",
        "",
        "\"",
        "\"\"",
        "\"a",
        "a\"",
        "\"a\" \"b\"",
        "\"a\", \"b\"",
        "\"a\";b=c",
        "\"a\"b\"",
        "\"a\\\"",
        "\"a\\b\"",
        "\"a\tb\"",
        "'a'",
        ":YQ==:",
        "?1",
        "1"
      })
  void createKey_nameThatIsNoString_isRefused(String name) {
    String everything = tenant.everything();
    Problems.expect(
        post("/api-keys", name, key(SERVER.unique("malformed"))), 400, "idempotency_key_malformed");
    assertThat(tenant.everything()).isEqualTo(everything);
  }

  @Test
  void createKey_nameTooLongOrTwice_isRefused_andTheLongestIsNot() {
    String longest = "\"" + "x".repeat(255) + "\"";
    Problems.expect(
        post("/api-keys", "\"" + "x".repeat(256) + "\"", key(SERVER.unique("long"))),
        400,
        "idempotency_key_malformed");
    post("/api-keys", longest, key(SERVER.unique("long"))).ok();
    Problems.expect(
        SERVER.send(
            SERVER
                .request(tenant.owner(), tenant.path("/api-keys"))
                .header("Content-Type", "application/json")
                .header(HEADER, name())
                .header(HEADER, name())
                .POST(HttpRequest.BodyPublishers.ofString(key(SERVER.unique("twice"))))
                .build()),
        400,
        "idempotency_key_malformed");
  }

  @Test
  void createKey_nameWithEscapes_isThatText() {
    String body = key(SERVER.unique("escaped"));
    TestServer.Reply first = post("/api-keys", "\"a \\\"b\\\" \\\\ ~\"", body).ok();
    expectAgain(first, post("/api-keys", "  \"a \\\"b\\\" \\\\ ~\"  ", body), "token");
  }

  /** At once: one is carried out, and no other gets its token. */
  @ParameterizedTest(autoCloseArguments = false)
  @MethodSource("servers")
  void createKey_sameNameByManyAtOnce_makesOneKey(TestServer server) {
    String shop = server.api();
    Tenant maker = server.tenant();
    for (int round = 0; round < 5; round++) {
      String name = "\"round " + round + "\"";
      String body =
          TestServer.json("api", shop, "name", "wanted " + round, "scopes", List.of("bot"));
      List<TestServer.Reply> replies =
          Race.of(16, i -> server.postNamed(maker.owner(), maker.path("/api-keys"), name, body));

      assertThat(replies).filteredOn(reply -> reply.json().has("token")).hasSize(1);
      List<String> others = new ArrayList<>();
      for (TestServer.Reply reply : replies) {
        if (reply.status() != 201) {
          others.add(Problems.expect(reply, 409, "idempotency_key_in_use").path("code").asText());
          assertThat(reply.header("Retry-After")).isEqualTo("1");
        }
      }
      assertThat(others).hasSizeLessThan(16);
      TestServer.Reply afterwards =
          server.postNamed(maker.owner(), maker.path("/api-keys"), name, body).ok();
      assertThat(afterwards.json().path("secret_available").asBoolean(true)).isFalse();
    }
    assertThat(maker.keys()).hasSize(6);
  }

  /** 24 hours by the clock, and not one millisecond less. */
  @Test
  void name_after24Hours_isNewAgain() {
    MutableClock clock = new MutableClock();
    try (TestServer server = TestServer.start(clock, List.of())) {
      server
          .post(
              server.ownerToken(),
              "/v1/organizations",
              TestServer.json("slug", "acme", "name", "Acme"))
          .ok();
      String path = "/v1/organizations/acme/setup-code";
      TestServer.Reply first = server.postNamed(server.ownerToken(), path, "\"a\"", "{}").ok();
      clock.advance(Duration.ofHours(24).minusMillis(1));
      expectAgain(first, server.postNamed(server.ownerToken(), path, "\"a\"", "{}"), "setup_code");
      Problems.expect(
          server.postNamed(server.ownerToken(), path, "\"a\"", ""), 422, "idempotency_key_reused");

      clock.advance(Duration.ofMillis(1));
      TestServer.Reply second = server.postNamed(server.ownerToken(), path, "\"a\"", "").ok();
      assertThat(second.json().path("setup_code").asText())
          .isNotEmpty()
          .isNotEqualTo(first.json().path("setup_code").asText());
      expectAgain(second, server.postNamed(server.ownerToken(), path, "\"a\"", ""), "setup_code");
    }
  }
}
