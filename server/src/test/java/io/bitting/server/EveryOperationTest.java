package io.bitting.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bitting.fixtures.PersonMother;
import io.bitting.member.Person;
import io.bitting.organization.Role;
import io.bitting.scope.Requirement;
import io.bitting.server.docs.OpenApiContract;
import io.bitting.server.docs.OpenApiContract.Operation;
import io.bitting.server.http.Route;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The server and the OpenAPI document have the same operations, and each works as described. */
final class EveryOperationTest {
  private static final String JSON = "application/json";
  private static final String ACME = "/v1/organizations/acme";
  private static final String OWN = "/v1/organizations/operator";

  private static TestServer server;

  private final List<Operation> documented = OpenApiContract.ofDocument().operations();
  private final Map<String, Integer> called = new LinkedHashMap<>();

  @BeforeAll
  static void start() {
    server = TestServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void routes_areTheDocumentedOperationsWithTheirRequirements() {
    assertThat(byId(server.server().routes().stream().map(EveryOperationTest::operation).toList()))
        .isEqualTo(byId(documented))
        .hasSizeGreaterThan(25);
  }

  /** Default deny, asked of the document and not of the code. */
  @Test
  void operations_withoutAKey_areRefusedUnlessTheyAskForNone() {
    for (Operation operation : documented) {
      if (operation.requirement() instanceof Requirement.Anonymous) {
        continue;
      }
      String path = operation.template().replaceAll("\\{[a-z]+}", "x1");
      int status = server.send(operation.method(), "", path, JSON, "{}").status();
      boolean ofGateways = operation.template().startsWith("/v1/authorize/");
      assertThat(status)
          .as(operation.id())
          .isEqualTo(ofGateways ? (path.endsWith("/nginx") ? 403 : 503) : 401);
    }
  }

  /** One walk over all of them; the client holds each answer against the document. */
  @Test
  void operations_asDescribed_answerAsDescribed() throws IOException {
    String catalog = Files.readString(Path.of("..", "catalogs", "appsec.yaml"));
    call("setUp", 403, "POST", "/v1/setup", "{\"code\":\"wrong\"}");
    call("putApi", 201, "PUT", "/v1/apis/appsec", "{\"name\":\"AppSec\",\"prefix\":\"nex\"}");
    call("putApi", 200, "PUT", "/v1/apis/appsec", "{\"name\":\"App Sec\",\"prefix\":\"nex\"}");
    call("putApi", 409, "PUT", "/v1/apis/other", "{\"name\":\"Other\",\"prefix\":\"nex\"}");
    yaml(200, "?dry_run=true", catalog);
    yaml(200, "", catalog);
    call("showApi", 200, "GET", "/v1/apis/appsec", "");
    call("listApis", 200, "GET", "/v1/apis", "");
    call("showCatalog", 200, "GET", "/v1/apis/appsec/catalog", "");
    call("showCatalog", 404, "GET", "/v1/apis/nothing/catalog", "");

    String document =
        "{\"openapi\":\"3.1.0\",\"info\":{\"title\":\"x\",\"version\":\"1\"},\"components\":{\"securitySchemes\":{\"key\":{\"type\":\"http\",\"scheme\":\"bearer\"}}},\"paths\":{\"/scans\":{\"get\":{\"security\":[{\"key\":[\"scans:read\"]}]}}}}";
    call("putOperations", 200, "PUT", "/v1/apis/appsec/operations?dry_run=true", document);
    call("putOperations", 200, "PUT", "/v1/apis/appsec/operations?published=true", document);
    call("listOperations", 200, "GET", "/v1/apis/appsec/operations", "");
    call("showCoverage", 200, "GET", "/v1/apis/appsec/coverage", "");
    call("showApiPage", 200, "GET", "/v1/apis/appsec/page", "");
    call("showPublishedPage", 200, "GET", "/apis/appsec", "");
    call("showPublishedPage", 404, "GET", "/apis/nothing", "");

    String all = "{\"api\":\"appsec\",\"name\":\"all\",\"all_scopes\":true,\"expires_at\":null}";
    JsonNode everything = call("createKey", 201, "POST", OWN + "/api-keys", all);
    String wider =
        catalog.replace(
            "\nscopes:\n",
            "\nscopes:\n  - {scope: reports:read, category: Reports, access: read, description: Allows viewing reports.}\n");
    JsonNode gains = yaml(409, "", wider);
    assertThat(gains.at("/gaining/0/gains/0").asText()).isEqualTo("reports:read");
    yaml(200, "?confirm=" + gains.path("confirmation").asText(), wider);

    String token = everything.path("token").asText();
    String key = OWN + "/api-keys/" + everything.path("id").asText();
    String check = "{\"token\":\"" + token + "\",\"api\":\"appsec\",\"any_of\":[[\"scans:read\"]]}";
    call("verify", 200, "POST", "/v1/verify", check);
    call(
        "verify",
        200,
        "POST",
        "/v1/verify",
        "{\"token\":\"\",\"api\":\"appsec\",\"any_valid_key\":true}");
    call("verifyBatch", 200, "POST", "/v1/verify/batch", "{\"checks\":[" + check + "]}");
    call("whoami", 200, "GET", "/v1/whoami", "");
    gateway("authorizeForwarded", "", "X-Forwarded-Method", "X-Forwarded-Uri", token);
    gateway("authorizeForNginx", "/nginx", "X-Original-Method", "X-Original-URI", token);
    gateway("authorizeForEnvoy", "/envoy/scans", "X-Unused", "X-Unused-Too", token);
    call("createKey", 409, "POST", OWN + "/api-keys", all);
    call(
        "createKey",
        422,
        "POST",
        OWN + "/api-keys",
        "{\"scopes\":[\"scan:read\"],\"api\":\"appsec\"}");
    call("listKeys", 200, "GET", OWN + "/api-keys?limit=1&state=active&unused_for=0s", "");
    call("listKeys", 400, "GET", OWN + "/api-keys?sort=name", "");
    call("listKeys", 400, "GET", OWN + "/api-keys?cursor=x", "");
    call("showKey", 200, "GET", key, "");
    server.server().flushUsage();
    call("showKeyUsage", 200, "GET", key + "/usage?by=day", "");
    call("showKeyUsage", 400, "GET", key + "/usage?from=x", "");
    call("showKeyUsage", 404, "GET", OWN + "/api-keys/0123456789AB/usage", "");
    call("listChecks", 200, "GET", OWN + "/checks?limit=50", "");
    call("listChecks", 400, "GET", OWN + "/checks?cursor=x", "");
    call("editKey", 200, "PATCH", key, "{\"name\":\"every scope\"}");
    call("editKey", 409, "PATCH", key, "{\"scopes\":[\"scans:read\"]}");
    call("showRightSize", 200, "GET", key + "/right-size?from=2026-01-01T00:00:00Z", "");
    call("showWhatIf", 200, "POST", key + "/what-if", "{\"scopes\":[\"scans:read\"]}");
    call("showWhatIf", 422, "POST", key + "/what-if", "{\"scopes\":[\"scan:read\"]}");
    String review = OWN + "/review";
    call("showReview", 200, "GET", review, "");
    call("showReview", 200, "GET", review + "?limit=9&right_size=true", "");
    call("showReview", 200, "GET", review + "?format=csv&show=all", "");
    String decision = "{\"key\":\"" + everything.path("id").asText() + "\",\"verdict\":";
    call(
        "decideReview",
        200,
        "POST",
        review + "/decisions",
        decision + "\"keep\",\"reason\":\"It is needed.\"}");
    call("decideReview", 422, "POST", review + "/decisions", decision + "\"keep\"}");
    call("disableKey", 200, "POST", key + "/disable", "");
    call("enableKey", 200, "POST", key + "/enable", "{}");
    call("rotateKey", 200, "POST", key + "/rotate", "{\"retire_when_quiet_hours\":1}");
    call("rotateKey", 409, "POST", key + "/rotate", "");
    call("endOverlap", 200, "POST", key + "/end-overlap", "");
    call("replaceKey", 200, "POST", key + "/replace", "{\"plan\":true}");
    String narrower = "{\"scopes\":[\"bot\"],\"overlap\":\"1h\"}";
    JsonNode next = call("replaceKey", 201, "POST", key + "/replace", narrower);
    call("replaceKey", 409, "POST", key + "/replace", "");
    String unused = "{\"key\":\"" + next.path("id").asText() + "\",\"verdict\":\"right_size\"}";
    call("decideReview", 409, "POST", review + "/decisions", unused);
    String leaked = "{\"reason\":\"leaked\",\"note\":\"in a log\"}";
    note(
        "revokeOwnKey",
        200,
        server.send("POST", next.path("token").asText(), "/v1/whoami/revoke", JSON, leaked));
    String some = "{\"filter\":{\"q\":\"every scope\",\"api\":\"appsec\"},";
    call("revokeMatchingKeys", 200, "POST", OWN + "/api-keys/revoke", some + "\"plan\":true}");
    call(
        "revokeMatchingKeys", 409, "POST", OWN + "/api-keys/revoke", some + "\"confirm_count\":9}");
    call(
        "revokeMatchingKeys", 200, "POST", OWN + "/api-keys/revoke", some + "\"confirm_count\":1}");
    call("revokeKey", 200, "POST", key + "/revoke", leaked);
    call("enableKey", 409, "POST", key + "/enable", "");

    JsonNode acme =
        call(
            "createOrganization",
            201,
            "POST",
            "/v1/organizations",
            "{\"slug\":\"acme\",\"name\":\"Acme\"}");
    call(
        "createOrganization",
        409,
        "POST",
        "/v1/organizations",
        "{\"slug\":\"acme\",\"name\":\"Acme\"}");
    call("createSetupCode", 201, "POST", ACME + "/setup-code", "");
    JsonNode code = call("createSetupCode", 201, "POST", ACME + "/setup-code", "{}");
    JsonNode owner =
        call(
            "setUp",
            201,
            "POST",
            "/v1/setup",
            "{\"code\":\"" + code.path("setup_code").asText() + "\"}");
    assertThat(owner.at("/organization/id")).isEqualTo(acme.at("/organization/id"));
    call("createSetupCode", 409, "POST", ACME + "/setup-code", "");
    call("listOrganizations", 200, "GET", "/v1/organizations?limit=1", "");
    call("showOrganization", 200, "GET", ACME, "");
    call(
        "editOrganization",
        200,
        "PATCH",
        OWN,
        "{\"name\":\"Operators\",\"all_scopes_allowed\":true,\"policy\":{\"audit_kept_days\":null}}");
    call("suspendOrganization", 200, "POST", ACME + "/suspend", "");
    call("suspendOrganization", 409, "POST", OWN + "/suspend", "");
    call("resumeOrganization", 200, "POST", ACME + "/resume", "");

    Tenant operators = server.operator();
    String member = OWN + "/members/" + operators.member(Role.MEMBER);
    Person owning = PersonMother.person().build();
    String anOwner = OWN + "/members/" + operators.member(Role.OWNER, owning);
    call("listMembers", 200, "GET", OWN + "/members?role=member&mfa=false&q=ada&limit=1", "");
    call("listMembers", 400, "GET", OWN + "/members?role=boss", "");
    call("showMember", 200, "GET", member, "");
    call("showMember", 404, "GET", OWN + "/members/0123456789AB", "");
    call("editMember", 200, "PATCH", member, "{\"role\":\"auditor\"}");
    call("editMember", 403, "PATCH", member, "{\"role\":\"owner\"}");
    call("editMember", 403, "PATCH", anOwner, "{\"role\":\"member\"}");
    call("editMember", 422, "PATCH", member, "{\"role\":\"boss\"}");
    call("showMfa", 200, "GET", OWN + "/mfa?from=2027-01-01T00:00:00Z", "");
    call("showMfa", 400, "GET", OWN + "/mfa?from=tomorrow", "");
    String invited = "{\"mail\":\"Grace@Example.com\",\"role\":\"auditor\"}";
    JsonNode invitation = call("createInvitation", 201, "POST", OWN + "/invitations", invited);
    call("createInvitation", 409, "POST", OWN + "/invitations", invited);
    call("createInvitation", 422, "POST", OWN + "/invitations", "{\"mail\":\"grace\"}");
    call("listInvitations", 200, "GET", OWN + "/invitations?limit=1", "");
    call("listInvitations", 400, "GET", OWN + "/invitations?cursor=x", "");
    String open = OWN + "/invitations/" + invitation.at("/invitation/id").asText();
    call("withdrawInvitation", 200, "POST", open + "/withdraw", "");
    call("withdrawInvitation", 404, "POST", open + "/withdraw", "");
    call("removeMember", 200, "POST", member + "/remove", "{}");
    call("removeMember", 403, "POST", anOwner + "/remove", "");
    String late = "{\"mfa_required_from\":\"2027-01-01T00:00:00Z\"}";
    call("editOrganization", 409, "PATCH", OWN, late);
    server
        .store()
        .write(writer -> {
          writer.people().updatePerson(owning.withMfa(Optional.of(owning.createdAt())));
          return owning;
        });
    call("editOrganization", 200, "PATCH", OWN, late);
    call("editOrganization", 403, "PATCH", OWN, "{\"mfa_required_from\":null}");
    call("editOrganization", 422, "PATCH", OWN, "{\"mfa_required_from\":\"soon\"}");

    call("listAuditEvents", 200, "GET", OWN + "/audit-events?limit=2&action=key.created", "");
    call("listInstallationAuditEvents", 200, "GET", "/v1/audit-events", "");
    call("exportAudit", 409, "GET", OWN + "/audit-export", "");
    call("createAuditCheckpoint", 200, "POST", OWN + "/audit-checkpoints", "");
    call("exportAudit", 200, "GET", OWN + "/audit-export?limit=5000&from=2026-01-01T00:00:00Z", "");
    call("exportAudit", 200, "GET", OWN + "/audit-export?format=csv", "");
    call("createInstallationAuditCheckpoint", 200, "POST", "/v1/audit-checkpoints", "{}");
    call("exportInstallationAudit", 200, "GET", "/v1/audit-export", "");
    call("listSigningKeys", 200, "GET", "/v1/audit/signing-keys", "");
    call("eraseAuditSources", 422, "POST", OWN + "/audit-erasures", "{}");
    call("eraseAuditSources", 200, "POST", OWN + "/audit-erasures", "{\"source\":\"127.0.0.1\"}");
    call("showOpenApi", 200, "GET", "/openapi.json", "");
    call("listErrors", 200, "GET", "/errors", "");
    call("showErrorStyle", 200, "GET", "/errors/style.css", "");
    call("showError", 200, "GET", "/errors/name_taken", "");
    call("showError", 404, "GET", "/errors/nothing", "");

    Set<String> succeeded = new TreeSet<>();
    called.forEach((id, status) -> {
      if (status < 300) {
        succeeded.add(id);
      }
    });
    assertThat(succeeded).isEqualTo(new TreeSet<>(byId(documented).keySet()));
  }

  @Test
  void head_ofWhatCanBeGot_hasNoBody() {
    HttpRequest request =
        server
            .request(server.ownerToken(), "/v1/whoami")
            .method("HEAD", HttpRequest.BodyPublishers.noBody())
            .build();
    assertThat(server.send(request).status()).isEqualTo(200);
  }

  @Test
  void otherMethods_areAnsweredWithThoseThatThereAre() {
    for (Operation operation : documented) {
      String path = operation.template().replaceAll("\\{[a-z]+}", "x1");
      // Envoy asks with the client's method, whichever it is.
      boolean any = operation.id().equals("authorizeForEnvoy");
      assertThat(server.send("TRACK", server.ownerToken(), path, JSON, "").status())
          .as(path)
          .isEqualTo(any ? 503 : 405);
    }
  }

  /** Calls an operation as the owner, which may do everything, and keeps its best status. */
  private JsonNode call(String id, int status, String method, String target, String body) {
    TestServer.Reply reply = server.send(method, server.ownerToken(), target, JSON, body);
    return note(id, status, reply);
  }

  /** Asks as a gateway whose key is the owner's. */
  private void gateway(String id, String path, String method, String target, String client) {
    HttpRequest request =
        server
            .request(client, "/v1/authorize/appsec" + path)
            .header("X-Bitting-Gateway", server.ownerToken())
            .header(method, "GET")
            .header(target, "/scans")
            .build();
    note(id, 200, server.send(request));
  }

  private JsonNode yaml(int status, String query, String body) {
    return note(
        "putCatalog",
        status,
        server.send(
            "PUT",
            server.ownerToken(),
            "/v1/apis/appsec/catalog" + query,
            "application/yaml",
            body));
  }

  private JsonNode note(String id, int status, TestServer.Reply reply) {
    assertThat(reply.status()).as(id + ": " + reply.text()).isEqualTo(status);
    called.merge(id, status, Math::min);
    return reply.header("Content-Type").matches("application/(problem\\+)?json.*")
        ? reply.json()
        : com.fasterxml.jackson.databind.node.NullNode.instance;
  }

  private static Operation operation(Route route) {
    // OpenAPI has neither a word for every method nor one for a path of any length.
    return new Operation(
        route.operationId(),
        route.method().replace(Route.ANY_METHOD, "GET"),
        route.template().replace("*}", "}"),
        route.requirement());
  }

  private static Map<String, String> byId(List<Operation> operations) {
    return operations.stream()
        .collect(
            Collectors.toMap(
                Operation::id,
                o -> o.method() + " " + o.template() + ": " + alternatives(o.requirement()),
                (a, b) -> a + " and " + b,
                TreeMap::new));
  }

  /** Writes alternatives in an order of their own, since theirs means nothing. */
  private static String alternatives(Requirement requirement) {
    return requirement instanceof Requirement.Scopes scopes
        ? new TreeSet<>(scopes.alternatives().stream().map(Object::toString).toList()).toString()
        : requirement.toString();
  }
}
