package io.bitting.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bitting.organization.Role;
import io.bitting.scope.Catalog;
import io.bitting.scope.Requirement;
import io.bitting.scope.Scope;
import io.bitting.server.http.Route;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What holds of every endpoint, generated from the list of them, so that none is left out: who is
 * refused, who is let through, and what is refused before anything is looked at. Nothing of it
 * changes anything.
 */
final class EveryEndpointTest {
  /** The only operations that nobody needs a key for. */
  private static final Set<String> ANONYMOUS =
      Set.of(
          "setUp", "showOpenApi", "listErrors", "showErrorStyle", "showError", "showPublishedPage");

  private static final Set<String> NEED_NO_BODY =
      Set.of(
          "disableKey",
          "enableKey",
          "revokeKey",
          "revokeOwnKey",
          "rotateKey",
          "replaceKey",
          "endOverlap",
          "suspendOrganization",
          "resumeOrganization",
          "removeMember",
          "withdrawInvitation",
          "createSetupCode",
          "createAuditCheckpoint",
          "createInstallationAuditCheckpoint");

  private static TestServer server;
  private static Tenant operator;
  private static String api;
  private static Tenant.Made bystander;
  private static String member;
  private static String invitation;

  @BeforeAll
  static void start() {
    server = TestServer.start();
    operator = server.operator();
    api = server.api();
    bystander = operator.key(api, "bot");
    member = operator.member(Role.AUDITOR);
    invitation = operator.invite(Role.AUDITOR).at("/invitation/id").asText();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** What gateways ask has tests of its own, since they prove themselves in another way. */
  private static List<Route> routes() {
    return server.server().routes().stream()
        .filter(route -> route.proof() == Route.Proof.KEY)
        .toList();
  }

  private static List<Route> guarded() {
    return routes().stream()
        .filter(r -> !(r.requirement() instanceof Requirement.Anonymous))
        .toList();
  }

  private static String path(Route route) {
    return route
        .template()
        .replace("{org}", operator.slug())
        .replace("{key}", bystander.id())
        .replace("{member}", member)
        .replace("{invitation}", invitation)
        .replace("{api}", api)
        .replace("{code}", "not_found");
  }

  private static TestServer.Reply call(Route route, String token, String query) {
    HttpRequest.Builder request = server.request(token, path(route) + query);
    if (!route.mediaTypes().isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    // Readable, and wrong for every operation that takes members.
    return server.send(
        request
            .method(
                route.method(),
                route.mediaTypes().isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString("{\"no_such_member\":1}"))
            .build());
  }

  private static void expect(
      List<String> faults, Route route, TestServer.Reply reply, int status, String code) {
    expect(faults, route.operationId(), reply, status, code);
  }

  private static void expect(
      List<String> faults, String what, TestServer.Reply reply, int status, String code) {
    String found = reply.status() + " " + reply.json().path("code").asText();
    if (!found.equals(status + " " + code)) {
      faults.add(what + " answers " + found + ", not " + status + " " + code);
    }
  }

  @Test
  void anonymousOperations_areTheListedOnes() {
    assertThat(routes().stream().filter(r -> !guarded().contains(r)).map(Route::operationId))
        .containsExactlyInAnyOrderElementsOf(ANONYMOUS);
  }

  @Test
  void keyless_isRefused_andNothingIsChanged() {
    String before = operator.everything();
    List<String> faults = new ArrayList<>();
    int count = 0;
    for (Route route : guarded()) {
      expect(faults, route, call(route, "", ""), 401, "credential_missing");
      for (String wrong : List.of(TestServer.unknownToken("bit"), "x", operator.owner() + "0")) {
        expect(faults, route, call(route, wrong, ""), 401, "credential_invalid");
      }
      count += 4;
    }
    assertThat(faults).isEmpty();
    assertThat(operator.everything()).isEqualTo(before);
    System.out.println("keyless or with a wrong key: " + count + " requests refused");
  }

  /** A key of an API that includes nothing for this operation is as good as none. */
  @Test
  void keyOfProduct_isRefused_unlessAnyKeyWill() {
    List<String> faults = new ArrayList<>();
    for (Route route : guarded()) {
      if (route.requirement() instanceof Requirement.Scopes) {
        TestServer.Reply reply = call(route, bystander.token(), "");
        boolean refused = reply.status() == 401 || reply.status() == 403;
        if (!refused) {
          faults.add(route.operationId() + " answers " + reply);
        }
      }
    }
    assertThat(faults).isEmpty();
  }

  @Test
  void keyInWrongState_isRefused_andToldWhy() {
    Tenant.Made revoked = operator.keyOfAll("bitting");
    Tenant.Made disabled = operator.keyOfAll("bitting");
    operator.change(revoked, "revoke").ok();
    operator.change(disabled, "disable").ok();
    List<String> faults = new ArrayList<>();
    for (Route route : guarded()) {
      expect(faults, route, call(route, revoked.token(), ""), 401, "key_revoked");
      expect(faults, route, call(route, disabled.token(), ""), 403, "key_disabled");
    }
    assertThat(faults).isEmpty();
  }

  /**
   * The decision matrix of Bitting's own endpoints: a key with every scope but those that would do
   * is refused and told exactly what is missing; one with only an alternative passes the guard.
   */
  @Test
  void scopes_decide_andWhatIsMissingIsNamed() {
    List<String> faults = new ArrayList<>();
    int count = 0;
    for (Route route : guarded()) {
      if (!(route.requirement() instanceof Requirement.Scopes scopes)) {
        continue;
      }
      SortedSet<Scope> others = new TreeSet<>(Catalog.builtIn().scopes());
      scopes.alternatives().forEach(others::removeAll);
      TestServer.Reply refused = call(route, key(others), "");
      expect(faults, route, refused, 403, "insufficient_scope");
      Set<String> first = texts(scopes.alternatives().get(0));
      if (!texts(refused.json().path("required_scopes")).equals(first)
          || !texts(refused.json().path("missing_scopes")).equals(first)) {
        faults.add(route.operationId() + " names other scopes than " + first + ": " + refused);
      }
      if (refused.text().contains("has_scopes") || containsAny(refused, others)) {
        faults.add(route.operationId() + " tells what the key has: " + refused);
      }
      count++;
      for (SortedSet<Scope> alternative : scopes.alternatives()) {
        TestServer.Reply passed = call(route, key(alternative), "");
        if (passed.status() == 401
            || passed.json().path("code").asText().equals("insufficient_scope")) {
          faults.add(route.operationId() + " refuses " + alternative + ": " + passed);
        }
        count++;
      }
    }
    assertThat(faults).isEmpty();
    System.out.println("decision matrix of Bitting's own endpoints: " + count + " cells right");
  }

  private static boolean containsAny(TestServer.Reply reply, Set<Scope> scopes) {
    return scopes.stream().anyMatch(scope -> reply.text().contains("\"" + scope + "\""));
  }

  private static String key(SortedSet<Scope> scopes) {
    List<String> names = scopes.stream().map(Scope::text).toList();
    String name = server.unique("matrix");
    return operator
        .issue(
            operator.owner(),
            names.contains("keys:verify")
                ? TestServer.json(
                    "api",
                    "bitting",
                    "name",
                    name,
                    "scopes",
                    names,
                    "reach",
                    TestServer.parse("{\"verify\":[\"" + api + "\"]}"))
                : TestServer.json("api", "bitting", "name", name, "scopes", names))
        .token();
  }

  private static Set<String> texts(Set<Scope> scopes) {
    return scopes.stream().map(Scope::text).collect(Collectors.toSet());
  }

  private static Set<String> texts(JsonNode list) {
    Set<String> texts = new TreeSet<>();
    list.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  @Test
  void unknownParameter_isRefused() {
    List<String> faults = new ArrayList<>();
    for (Route route : routes()) {
      TestServer.Reply reply = call(route, operator.owner(), "?no_such_parameter=1");
      expect(faults, route, reply, 400, "query_invalid");
      if (!reply.json().path("detail").asText().contains("\"no_such_parameter\"")) {
        faults.add(route.operationId() + " does not name the parameter");
      }
    }
    assertThat(faults).isEmpty();
  }

  @Test
  void queryThatCannotBeDecoded_isRefused() {
    List<String> faults = new ArrayList<>();
    for (Route route : routes()) {
      RawHttp.Answer answer =
          RawHttp.send(
              server.server().port(),
              route.method()
                  + " "
                  + path(route)
                  + "?limit=%ZZ HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                  + operator.owner()
                  + "\r\nConnection: close\r\n\r\n");
      if (!answer.statusLine().startsWith("HTTP/1.1 400 ")
          || !answer.text().contains("query_invalid")) {
        faults.add(route.operationId() + " answers " + answer.text());
      }
    }
    assertThat(faults).isEmpty();
  }

  @Test
  void keyInQuery_isRefused() {
    List<String> faults = new ArrayList<>();
    for (Route route : guarded()) {
      for (String name : List.of("access_token", "api_key", "apikey", "token", "TOKEN")) {
        expect(
            faults,
            route,
            call(route, "", "?" + name + "=" + operator.owner()),
            400,
            "credential_ambiguous");
      }
    }
    assertThat(faults).isEmpty();
  }

  @Test
  void otherMethods_areRefused_withThoseAllowed() {
    List<String> faults = new ArrayList<>();
    int count = 0;
    Set<String> templates = routes().stream().map(Route::template).collect(Collectors.toSet());
    for (String template : templates) {
      List<Route> here = routes().stream().filter(r -> r.template().equals(template)).toList();
      Set<String> allowed = new TreeSet<>(here.stream().map(Route::method).toList());
      if (allowed.contains("GET")) {
        allowed.add("HEAD");
      }
      for (String method :
          List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "FOO")) {
        if (allowed.contains(method)) {
          continue;
        }
        TestServer.Reply reply =
            server.send(
                server
                    .request(operator.owner(), path(here.get(0)))
                    .method(method, HttpRequest.BodyPublishers.noBody())
                    .build());
        count++;
        if (reply.status() != 405
            || !new TreeSet<>(List.of(reply.header("Allow").split(", "))).equals(allowed)) {
          faults.add(
              method + " " + template + " answers " + reply.status() + " " + reply.header("Allow"));
        }
      }
    }
    assertThat(faults).isEmpty();
    System.out.println("other methods: " + count + " requests refused");
  }

  @Test
  void head_isGetWithoutBody() {
    List<String> faults = new ArrayList<>();
    for (Route route : routes()) {
      if (route.method().equals("GET")) {
        TestServer.Reply get = call(route, operator.owner(), "");
        TestServer.Reply head =
            server.send(
                server
                    .request(operator.owner(), path(route))
                    .method("HEAD", HttpRequest.BodyPublishers.noBody())
                    .build());
        if (!head.text().isEmpty()
            || head.status() != get.status()
            || !head.header("Content-Type").equals(get.header("Content-Type"))
            || !(head.header("Content-Length").equals(get.header("Content-Length"))
                // Asking is a check, which is among those that are listed the next time.
                || route.operationId().equals("listChecks"))) {
          faults.add(route.operationId() + " differs: " + head.response().headers().map());
        }
      }
    }
    assertThat(faults).isEmpty();
  }

  /** Every operation that takes JSON takes it in strict form only. */
  @Test
  void bodyThatIsNotStrictJson_isRefused_andNothingIsChanged() {
    String before = operator.everything();
    List<String> faults = new ArrayList<>();
    int count = 0;
    for (Route route : routes()) {
      if (route.mediaTypes().equals(Set.of("application/json"))) {
        for (JsonNode attack : Attacks.of("bodies.json")) {
          byte[] body =
              attack.has("hex")
                  ? HexFormat.of().parseHex(attack.path("hex").asText())
                  : Attacks.unfold(attack.path("text").asText()).getBytes(StandardCharsets.UTF_8);
          if (body.length == 0 && NEED_NO_BODY.contains(route.operationId())) {
            continue;
          }
          TestServer.Reply reply =
              server.send(
                  server
                      .request(operator.owner(), path(route))
                      .header("Content-Type", "application/json")
                      .method(route.method(), HttpRequest.BodyPublishers.ofByteArray(body))
                      .build());
          expect(
              faults,
              attack.path("name").asText() + " to " + route.operationId(),
              reply,
              400,
              "request_malformed");
          count++;
        }
      }
    }
    assertThat(faults).isEmpty();
    assertThat(operator.everything()).isEqualTo(before);
    System.out.println("bodies that are not strict JSON: " + count + " requests refused");
  }

  @Test
  void body_ofWrongTypeOrSizeOrForm_isRefused() {
    List<String> faults = new ArrayList<>();
    int count = 0;
    for (Route route : routes()) {
      if (route.mediaTypes().isEmpty()) {
        continue;
      }
      count += 3;
      expect(
          faults,
          route,
          server.send(route.method(), operator.owner(), path(route), "text/plain", "{}"),
          415,
          "media_type_unsupported");
      expect(
          faults,
          route,
          server.send(
              route.method(),
              operator.owner(),
              path(route),
              "application/json",
              "\"" + "x".repeat(route.bodyBytesMax()) + "\""),
          413,
          "body_too_large");
      TestServer.Reply broken =
          server.send(route.method(), operator.owner(), path(route), "application/json", "{\"a\":");
      if (Set.of("putCatalog", "putOperations").contains(route.operationId())) {
        expect(faults, route, broken, 422, "validation_failed");
      } else {
        expect(faults, route, broken, 400, "request_malformed");
      }
    }
    assertThat(faults).isEmpty();
    System.out.println("bodies: " + count + " requests refused");
  }
}
