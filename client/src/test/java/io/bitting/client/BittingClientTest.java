package io.bitting.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.bitting.client.protocol.ApiForm;
import io.bitting.client.protocol.KeyEdit;
import io.bitting.client.protocol.MemberEdit;
import io.bitting.client.protocol.NewInvitation;
import io.bitting.client.protocol.NewKey;
import io.bitting.client.protocol.NewOrganization;
import io.bitting.client.protocol.OrganizationEdit;
import io.bitting.client.protocol.ReplacementKey;
import io.bitting.client.protocol.Rotation;
import io.bitting.client.protocol.SecretText;
import io.bitting.client.protocol.SetupRequest;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sent, and what becomes of an answer; against canned bytes. */
final class BittingClientTest {
  private static final String PROBLEM =
      "{\"type\":\"t\",\"title\":\"t\",\"status\":404,\"code\":\"not_found\",\"detail\":\"there is no such key\",\"request_id\":\"r\"}";

  /** Each method, and the request line that it must send. */
  private static final Map<String, Function<BittingClient, Outcome<?>>> CALLS =
      Map.ofEntries(
          Map.entry(
              "POST /v1/setup", c -> c.setup(new SetupRequest(SecretText.of("code"), null, null))),
          Map.entry("GET /v1/whoami", BittingClient::whoami),
          Map.entry("GET /v1/organizations", c -> c.organizations(Optional.empty())),
          Map.entry("GET /v1/organizations?cursor=a%2Bb", c -> c.organizations(Optional.of("a+b"))),
          Map.entry(
              "POST /v1/organizations",
              c -> c.createOrganization(new NewOrganization("acme", "Acme"))),
          Map.entry("GET /v1/organizations/acme", c -> c.organization("acme")),
          Map.entry(
              "PATCH /v1/organizations/acme",
              c -> c.editOrganization("acme", new OrganizationEdit("A", null, null))),
          Map.entry("POST /v1/organizations/acme/suspend", c -> c.suspendOrganization("acme")),
          Map.entry("POST /v1/organizations/acme/resume", c -> c.resumeOrganization("acme")),
          Map.entry("POST /v1/organizations/acme/setup-code", c -> c.createSetupCode("acme")),
          Map.entry(
              "GET /v1/organizations/acme/members?role=owner&mfa=false&q=ada%40&cursor=c",
              c ->
                  c.members(
                      "acme", MemberQuery.all().role("owner").mfa(false).text("ada@").after("c"))),
          Map.entry("GET /v1/organizations/acme/members/m", c -> c.member("acme", "m")),
          Map.entry(
              "PATCH /v1/organizations/acme/members/m",
              c -> c.editMember("acme", "m", new MemberEdit("auditor"))),
          Map.entry(
              "POST /v1/organizations/acme/members/m/remove", c -> c.removeMember("acme", "m")),
          Map.entry(
              "GET /v1/organizations/acme/invitations",
              c -> c.invitations("acme", Optional.empty())),
          Map.entry(
              "GET /v1/organizations/acme/invitations?cursor=c",
              c -> c.invitations("acme", Optional.of("c"))),
          Map.entry(
              "POST /v1/organizations/acme/invitations",
              c -> c.createInvitation("acme", new NewInvitation("ada@example.com", "auditor"))),
          Map.entry(
              "POST /v1/organizations/acme/invitations/i/withdraw",
              c -> c.withdrawInvitation("acme", "i")),
          Map.entry("GET /v1/organizations/acme/mfa", c -> c.mfa("acme", Optional.empty())),
          Map.entry(
              "GET /v1/organizations/acme/mfa?from=2027-01-01T00%3A00%3A00Z",
              c -> c.mfa("acme", Optional.of(Instant.parse("2027-01-01T00:00:00Z")))),
          Map.entry("GET /v1/apis", BittingClient::apis),
          Map.entry("GET /v1/apis/appsec", c -> c.api("appsec")),
          Map.entry("PUT /v1/apis/appsec", c -> c.putApi("appsec", new ApiForm("AppSec", "nex"))),
          Map.entry("GET /v1/apis/appsec/catalog", c -> c.catalog("appsec")),
          Map.entry(
              "PUT /v1/apis/appsec/catalog?dry_run=true", c -> c.tryCatalog("appsec", yaml())),
          Map.entry(
              "PUT /v1/apis/appsec/catalog", c -> c.putCatalog("appsec", yaml(), Optional.empty())),
          Map.entry(
              "PUT /v1/apis/appsec/catalog?confirm=abc",
              c -> c.putCatalog("appsec", yaml(), Optional.of("abc"))),
          Map.entry(
              "POST /v1/organizations/acme/api-keys",
              c -> c.createKey("acme", new NewKey("a", "n", null, null, true, null, null))),
          Map.entry(
              "GET /v1/organizations/acme/api-keys?state=active&api=appsec&scope=a%3Ab&created_by=x&expires_within=7d&all_scopes=false&q=a%20%26%20b&limit=5&cursor=c",
              c ->
                  c.keys(
                      "acme",
                      KeyQuery.all()
                          .state("active")
                          .api("appsec")
                          .scope("a:b")
                          .createdBy("x")
                          .expiresWithin("7d")
                          .allScopes(false)
                          .text("a & b")
                          .limit(5)
                          .after("c"))),
          Map.entry("GET /v1/organizations/acme/api-keys/k", c -> c.key("acme", "k")),
          Map.entry("GET /v1/organizations/a%2Fb%3F/api-keys/..%2Fk", c -> c.key("a/b?", "../k")),
          Map.entry(
              "PATCH /v1/organizations/acme/api-keys/k",
              c -> c.editKey("acme", "k", new KeyEdit("n", null))),
          Map.entry(
              "POST /v1/organizations/acme/api-keys/k/disable", c -> c.disableKey("acme", "k")),
          Map.entry("POST /v1/organizations/acme/api-keys/k/enable", c -> c.enableKey("acme", "k")),
          Map.entry("POST /v1/organizations/acme/api-keys/k/revoke", c -> c.revokeKey("acme", "k")),
          Map.entry("POST /v1/verify/batch", c -> c.verify(List.of())),
          Map.entry(
              "GET /v1/organizations/acme/audit-events?action=key.created&actor=a&target=t&limit=1&cursor=c",
              c ->
                  c.auditEvents(
                      "acme",
                      AuditQuery.all()
                          .action("key.created")
                          .actor("a")
                          .target("t")
                          .limit(1)
                          .after("c"))),
          Map.entry("GET /v1/audit-events", c -> c.auditEvents(AuditQuery.all())));

  private static CatalogText yaml() {
    return new CatalogText(CatalogText.Form.YAML, "catalog: 1\n");
  }

  private static BittingClient client(CannedServer server) {
    return BittingClient.builder(server.base()).token(() -> "bit_token").build();
  }

  private static void withServer(int status, String type, String body, Consumer<CannedServer> test)
      throws IOException {
    try (CannedServer server = CannedServer.answering(status, type, body)) {
      test.accept(server);
    }
  }

  private static void assertRefused(Outcome<?> outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Refused.class);
  }

  @Test
  void everyMethod_refused_sendsItsRequestAndReturnsTheProblem() throws IOException {
    withServer(
        404,
        "application/problem+json",
        PROBLEM,
        server -> {
          BittingClient client = client(server);
          CALLS.forEach((line, call) -> {
            assertRefused(call.apply(client));
            CannedServer.Received last = server.received().get(server.received().size() - 1);
            assertThat(last.method() + " " + last.target()).isEqualTo(line);
            assertThat(last.authorization())
                .isEqualTo(line.endsWith("/setup") ? "null" : "Bearer bit_token");
            assertThat(last.contentType())
                .isEqualTo(
                    line.startsWith("PUT") && line.contains("catalog")
                        ? "application/yaml"
                        : last.body().isEmpty() ? "null" : "application/json");
          });
        });
  }

  /** Whatever makes something with a secret. */
  private static final Map<String, Function<BittingClient, Outcome<?>>> CREATIONS =
      Map.of(
          "POST /v1/organizations/acme/api-keys",
          c -> c.createKey("acme", new NewKey("a", "n", null, null, true, null, null)),
          "POST /v1/organizations",
          c -> c.createOrganization(new NewOrganization("acme", "Acme")),
          "POST /v1/organizations/acme/setup-code",
          c -> c.createSetupCode("acme"),
          "POST /v1/organizations/acme/invitations",
          c -> c.createInvitation("acme", new NewInvitation("ada@example.com", "auditor")),
          "POST /v1/organizations/acme/api-keys/k/rotate",
          c -> c.rotateKey("acme", "k", new Rotation(null, null, null)),
          "POST /v1/organizations/acme/api-keys/k/replace",
          c ->
              c.replaceKey(
                  "acme", "k", new ReplacementKey(null, null, null, null, null, null, null, null)));

  @Test
  void creations_eachHaveANameOfTheirOwn_andNothingElseHasOne() throws IOException {
    withServer(
        404,
        "application/problem+json",
        PROBLEM,
        server -> {
          BittingClient client = client(server);
          for (int i = 0; i < 2; i++) {
            CREATIONS.values().forEach(creation -> assertRefused(creation.apply(client)));
          }
          assertThat(server.received().stream().map(CannedServer.Received::idempotencyKey))
              .doesNotHaveDuplicates()
              .allMatch(name -> name.matches("\"[0-9A-Za-z]{22}\""));

          int before = server.received().size();
          CALLS.forEach((line, call) -> {
            if (!CREATIONS.containsKey(line)) {
              assertRefused(call.apply(client));
            }
          });
          assertThat(server.received().stream().skip(before))
              .isNotEmpty()
              .allMatch(request -> request.idempotencyKey().equals("null"));
        });
  }

  /** The server may have made it: the same request under the same name tells. */
  @Test
  void creations_whoseConnectionBreaks_areSentOnceMoreUnderTheSameName() throws IOException {
    for (Function<BittingClient, Outcome<?>> creation : CREATIONS.values()) {
      AtomicInteger requests = new AtomicInteger();
      try (CannedServer server =
          new CannedServer(exchange -> {
            if (requests.getAndIncrement() == 0) {
              exchange.close();
            } else {
              CannedServer.answer(exchange, 404, "application/problem+json", PROBLEM);
            }
          })) {
        assertRefused(creation.apply(client(server)));
        assertThat(server.received()).hasSize(2);
        assertThat(server.received().get(1)).isEqualTo(server.received().get(0));
      }
    }
  }

  @Test
  void orThrow_refused_throwsTheProblem() throws IOException {
    withServer(
        404,
        "application/problem+json",
        PROBLEM,
        server ->
            assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> client(server).whoami().orThrow())
                .withMessage("404 not_found: there is no such key")
                .satisfies(e -> assertThat(e.problem().requestId()).isEqualTo("r")));
  }

  @Test
  void send_answerOfAnotherForm_isAClientException() throws IOException {
    for (String body : List.of("", "[]", "{\"organization\":{}}", "{\"as_of\":7}", "null")) {
      withServer(
          200,
          "application/json",
          body,
          server ->
              assertThatExceptionOfType(ClientException.class)
                  .isThrownBy(() -> client(server).whoami()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", ".", ".."})
  void path_segmentThatClimbs_isRefused(String segment) throws IOException {
    withServer(
        200,
        "application/json",
        "{}",
        server -> {
          assertThatIllegalArgumentException()
              .isThrownBy(() -> client(server).organization(segment));
          assertThat(server.received()).isEmpty();
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://example.com",
        "http://10.0.0.1:8080",
        "http://127.0.0.1.example.com",
        "http://localhost.example.com",
        "https://user:hunter2@example.com",
        "https://example.com/?token=hunter2",
        "https://example.com/#hunter2",
        "ftp://localhost",
        "localhost:8080",
        "https:///v1"
      })
  void builder_addressThatWouldExposeTheToken_isRefused(String address) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BittingClient.builder(URI.create(address)))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hunter2"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://example.com",
        "https://example.com/bitting/",
        "http://localhost:8080",
        "http://127.0.0.1:1/",
        "http://[::1]:8080"
      })
  void builder_address_isTakenWithoutItsSlash(String address) {
    assertThat(BittingClient.builder(URI.create(address)).build().base().toString())
        .isEqualTo(address.replaceAll("/$", ""));
  }

  @Test
  void toString_ofClient_showsNoToken() {
    assertThat(
            BittingClient.builder(URI.create("http://localhost:1")).token(() -> "hunter2").build())
        .asString()
        .isEqualTo("BittingClient[http://localhost:1]");
  }
}
