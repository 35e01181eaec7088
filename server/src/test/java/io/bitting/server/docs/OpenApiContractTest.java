package io.bitting.server.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bitting.scope.BuiltInScope;
import io.bitting.scope.Requirement;
import io.bitting.server.docs.OpenApiContract.Operation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The check passes what the document shows, and each of its rules fails an answer that is wrong in
 * that one way.
 */
final class OpenApiContractTest {
  private static final OpenApiContract CONTRACT = OpenApiContract.ofDocument();
  private static final JsonMapper JSON = new JsonMapper();
  private static final JsonNode DOCUMENT = document();
  private static final String KEYS = "/v1/organizations/acme/api-keys";
  private static final String REQUEST_ID = "Jq4vX8nT2mLsB0cW";

  private static JsonNode document() {
    try {
      return JSON.readTree(new OpenApiDocument().json());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  // What is right.

  @ParameterizedTest
  @MethodSource("examples")
  void check_exampleOfTheDocument_passes(Exchange example) {
    assertThat(CONTRACT.faults(example)).isEmpty();
  }

  static List<Exchange> examples() {
    List<Exchange> examples = new ArrayList<>();
    for (Operation operation : CONTRACT.operations()) {
      JsonNode described = node(operation);
      described
          .get("responses")
          .properties()
          .forEach(response ->
              bodies(resolve(response.getValue()))
                  .forEach(body ->
                      examples.add(
                          answer(
                              operation,
                              Integer.parseInt(response.getKey()),
                              resolve(response.getValue()),
                              body))));
    }
    assertThat(examples).hasSizeGreaterThan(400);
    return examples;
  }

  @ParameterizedTest
  @MethodSource("requests")
  void check_requestOfTheDocument_passes(Exchange example) {
    assertThat(CONTRACT.faults(example)).isEmpty();
  }

  static List<Exchange> requests() {
    List<Exchange> examples = new ArrayList<>();
    for (Operation operation : CONTRACT.operations()) {
      JsonNode content = node(operation).path("requestBody").path("content");
      content
          .properties()
          .forEach(type ->
              bodies(content, type.getKey())
                  .forEach(body ->
                      examples.add(good(operation.id()).sent(type.getKey(), body.toString()))));
    }
    assertThat(examples).hasSizeGreaterThan(15);
    return examples;
  }

  @Test
  void check_headOfWhatCanBeGot_passesWithoutABody() {
    Exchange got = good("whoami");
    CONTRACT.check(new Exchange("HEAD", got.target(), got.sent(), 200, got.headers(), ""));
  }

  @Test
  void check_otherMethod_passesAs405ThatAllowsTheRest() {
    CONTRACT.check(
        with(
            problem(
                "editKey",
                "method_not_allowed",
                e -> new Exchange("PUT", e.target(), e.sent(), 405, e.headers(), e.body())),
            "Allow",
            "GET, HEAD, PATCH"));
  }

  @Test
  void check_pathThatIsNotThere_passesAs404() {
    Exchange missing = problem("showKey", "not_found", e -> e);
    CONTRACT.check(
        new Exchange("POST", "/v2/keys", missing.sent(), 404, missing.headers(), missing.body()));
  }

  @Test
  void check_literalSegment_goesBeforeAParameter() {
    Exchange style = good("showErrorStyle");
    assertThat(CONTRACT.faults(style)).isEmpty();
    assertThat(CONTRACT.faults(with(style, "Content-Type", "text/html; charset=utf-8")))
        .singleElement()
        .asString()
        .contains("text/html");
  }

  // What is wrong, in one way each.

  /** An answer that must fail, and a part of the fault that must be named. */
  record Wrong(String rule, Exchange answer, String fault) {
    @Override
    public String toString() {
      return rule;
    }
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void check_wrongAnswer_failsAndSaysWhy(Wrong wrong) {
    assertThat(CONTRACT.faults(wrong.answer()))
        .isNotEmpty()
        .anySatisfy(fault -> assertThat(fault).contains(wrong.fault()));
    assertThatThrownBy(() -> CONTRACT.check(wrong.answer()))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(wrong.fault());
  }

  static List<Wrong> wrong() {
    Exchange created = good("createKey");
    Exchange listed = good("listKeys");
    Exchange allowed = good("verify");
    Exchange missing = problem("createKey", "credential_missing", e -> e);
    Exchange lacking = problem("createKey", "insufficient_scope", e -> e);
    Exchange away = problem("createKey", "storage_unavailable", e -> e);
    Exchange nowhere = problem("showKey", "not_found", e -> e);
    assertThat(List.of(created, listed, allowed, missing, lacking, away, nowhere))
        .allSatisfy(right -> assertThat(CONTRACT.faults(right)).isEmpty());
    return List.of(
        new Wrong(
            "status that the operation does not have",
            status(created, 202),
            "202 is not documented for createKey"),
        new Wrong(
            "success where there is no operation",
            at(created, "POST", "/v2/keys"),
            "201 is not documented where there is no operation"),
        new Wrong(
            "404 where the path has other methods",
            at(nowhere, "PUT", KEYS),
            "404 is not documented where there is no operation"),
        new Wrong(
            "405 at no path",
            at(with(status(nowhere, 405), "Allow", "GET"), "PUT", "/v2/keys"),
            "405 is not documented where there is no operation"),
        new Wrong(
            "405 that allows too much",
            with(
                problem("editKey", "method_not_allowed", e -> at(e, "PUT", e.target())),
                "Allow",
                "GET, HEAD, PATCH, DELETE"),
            "Allow lists"),
        new Wrong(
            "no request id", without(created, "X-Request-Id"), "header X-Request-Id is missing"),
        new Wrong(
            "answer that may be kept",
            with(created, "Cache-Control", "private"),
            "header Cache-Control is \"private\""),
        new Wrong(
            "header that stands twice",
            twice(created, "X-Content-Type-Options"),
            "header X-Content-Type-Options stands 2 times"),
        new Wrong(
            "creation without a Location",
            without(created, "Location"),
            "header Location is missing"),
        new Wrong(
            "503 without Retry-After",
            without(away, "Retry-After"),
            "header Retry-After is missing"),
        new Wrong(
            "position of another form",
            with(listed, "Bitting-As-Of", "1042"),
            "header Bitting-As-Of is \"1042\""),
        new Wrong(
            "problem as plain JSON",
            with(missing, "Content-Type", "application/json"),
            "media type \"application/json\" is not documented"),
        new Wrong(
            "answer without a media type",
            without(created, "Content-Type"),
            "media type \"\" is not documented"),
        new Wrong(
            "page that does not say its encoding",
            with(good("showError"), "Content-Type", "text/html"),
            "UTF-8"),
        new Wrong(
            "answer to HEAD with a body",
            at(good("whoami"), "HEAD", "/v1/whoami"),
            "an answer to HEAD has a body"),
        new Wrong("no body", body(created, ""), "the body is empty"),
        new Wrong("no JSON", body(created, "created"), "the body is not JSON"),
        new Wrong(
            "member that stands twice",
            body(created, created.body().replaceFirst("\\{", "{\"name\":\"first\",")),
            "Duplicate field 'name'"),
        new Wrong(
            "something after the body",
            body(created, created.body() + "{}"),
            "the body is not JSON"),
        new Wrong("member too many", edit(created, b -> b.put("secret", "x")), "secret"),
        new Wrong("member missing", edit(created, b -> b.remove("state")), "state"),
        new Wrong(
            "value of another type", edit(created, b -> b.put("all_scopes", "no")), "all_scopes"),
        new Wrong(
            "time without milliseconds",
            edit(created, b -> b.put("created_at", "2026-11-21T22:00:00Z")),
            "created_at"),
        new Wrong(
            "time that there is not",
            edit(created, b -> b.put("created_at", "2026-13-21T22:00:00.000Z")),
            "created_at"),
        new Wrong(
            "token where keys are listed",
            edit(listed, b -> ((ObjectNode) b.at("/items/0")).put("token", "nex_x")),
            "token"),
        new Wrong(
            "allowed for a reason", edit(allowed, b -> b.put("reason", "key_expired")), "reason"),
        new Wrong("allowed without a key", edit(allowed, b -> b.putNull("key")), "key"),
        new Wrong("third decision", edit(allowed, b -> b.put("decision", "abstained")), "decision"),
        new Wrong(
            "key shown to one who proved nothing",
            edit(
                allowed,
                b ->
                    b.put("decision", "denied")
                        .put("reason", "credential_invalid")
                        .putArray("required_scopes")),
            "key"),
        new Wrong(
            "denied for scopes without naming them",
            edit(allowed, b -> b.put("decision", "denied").put("reason", "insufficient_scope")),
            "missing_scopes"),
        new Wrong(
            "code that the operation does not have",
            problem("createKey", "setup_code_invalid", e -> status(e, 403)),
            "code \"setup_code_invalid\" is not documented"),
        new Wrong(
            "status that the body denies",
            edit(missing, b -> b.put("status", 403)),
            "the body's status"),
        new Wrong(
            "another request id in the body",
            edit(missing, b -> b.put("request_id", "other")),
            "request_id"),
        new Wrong(
            "title of another code",
            edit(missing, b -> b.put("title", "The key has expired")),
            "title"),
        new Wrong(
            "type of another code",
            edit(missing, b -> b.put("type", "https://bitting.example/errors/key_expired")),
            "does not lead to the page"),
        new Wrong(
            "problem with a member too many",
            edit(missing, b -> b.put("stack", "at java.base")),
            "stack"),
        new Wrong(
            "401 without a challenge",
            without(missing, "WWW-Authenticate"),
            "header WWW-Authenticate is missing"),
        new Wrong(
            "challenge that calls a missing token invalid",
            with(missing, "WWW-Authenticate", "Bearer realm=\"bitting\", error=\"invalid_token\""),
            "WWW-Authenticate: "),
        new Wrong(
            "challenge where none belongs",
            with(
                problem("createKey", "key_disabled", e -> e),
                "WWW-Authenticate",
                "Bearer realm=\"bitting\""),
            "WWW-Authenticate"),
        new Wrong(
            "challenge with another scope",
            with(
                lacking,
                "WWW-Authenticate",
                "Bearer realm=\"bitting\", error=\"insufficient_scope\", scope=\"keys:read\""),
            "WWW-Authenticate: "),
        new Wrong(
            "missing scope that is not named",
            edit(lacking, b -> b.remove("missing_scopes")),
            "missing_scopes"),
        new Wrong(
            "scopes held that are told",
            edit(lacking, b -> b.putArray("scopes").add("keys:read")),
            "scopes"),
        new Wrong(
            "fault of a code without an explanation",
            edit(
                problem("createKey", "validation_failed", e -> e),
                b -> ((ObjectNode) b.at("/faults/0")).put("code", "oops")),
            "/faults/0/code"),
        new Wrong(
            "no fault at all",
            edit(problem("createKey", "validation_failed", e -> e), b -> b.putArray("faults")),
            "/faults"),
        new Wrong(
            "query parameter that is accepted and unknown",
            at(listed, "GET", KEYS + "?limit=10&sort=name"),
            "\"sort\" was accepted"),
        new Wrong(
            "member that is accepted and unknown",
            created.sent(
                "application/json",
                "{\"api\":\"appsec\",\"name\":\"x\",\"scopes\":[\"scans:read\"],\"scope\":\"y\"}"),
            "the body was accepted and is not documented"),
        new Wrong(
            "empty grant that is accepted",
            created.sent("application/json", "{\"api\":\"appsec\",\"name\":\"x\",\"scopes\":[]}"),
            "the body was accepted and is not documented"),
        new Wrong(
            "media type that is accepted and unknown",
            created.sent("text/plain", "name=x"),
            "a body of text/plain was accepted"));
  }

  // What the document says of operations.

  @Test
  void operations_haveTheRequirementThatTheDocumentStates() {
    assertThat(operation("setUp").requirement()).isEqualTo(new Requirement.Anonymous());
    assertThat(operation("whoami").requirement()).isEqualTo(new Requirement.AnyValidKey());
    assertThat(operation("createKey"))
        .isEqualTo(
            new Operation(
                "createKey",
                "POST",
                "/v1/organizations/{org}/api-keys",
                Requirement.allOf("keys:issue")));
    assertThat(operation("listApis").requirement())
        .hasToString("apis:read, or keys:read, or keys:issue");
  }

  @Test
  void operations_askForScopesThatBittingHas_andSaySo() {
    assertThat(CONTRACT.operations()).hasSizeGreaterThan(25);
    for (Operation operation : CONTRACT.operations()) {
      if (operation.requirement() instanceof Requirement.Scopes scopes) {
        scopes
            .alternatives()
            .forEach(alternative ->
                alternative.forEach(scope -> {
                  assertThat(BuiltInScope.of(scope))
                      .as("%s of %s", scope, operation.id())
                      .isPresent();
                  assertThat(node(operation).get("description").asText())
                      .as(operation.id())
                      .contains("`" + scope + "`");
                }));
      }
    }
  }

  // Answers out of the document's own examples.

  private static Operation operation(String id) {
    return CONTRACT.operations().stream().filter(o -> o.id().equals(id)).findFirst().orElseThrow();
  }

  private static Exchange good(String id) {
    Operation operation = operation(id);
    int status = node(operation).get("responses").has("200") ? 200 : 201;
    JsonNode response = resolve(node(operation).get("responses").get(String.valueOf(status)));
    return answer(operation, status, response, bodies(response).getFirst());
  }

  private static Exchange problem(
      String id, String code, java.util.function.UnaryOperator<Exchange> change) {
    JsonNode body = DOCUMENT.at("/components/examples/" + code + "/value");
    JsonNode response =
        DOCUMENT.at(
            "/components/responses/"
                + (body.get("status").asInt() == 503 ? "Unavailable" : "NotFound"));
    return change.apply(answer(operation(id), body.get("status").asInt(), response, body));
  }

  private static JsonNode node(Operation operation) {
    return DOCUMENT
        .get("paths")
        .get(operation.template())
        .get(operation.method().toLowerCase(java.util.Locale.ROOT));
  }

  private static Exchange answer(
      Operation operation, int status, JsonNode response, JsonNode body) {
    Map<String, List<String>> headers = new TreeMap<>();
    response
        .get("headers")
        .properties()
        .forEach(header -> {
          JsonNode described = resolve(header.getValue());
          if (described.path("required").asBoolean()) {
            headers.put(
                header.getKey(),
                List.of(
                    described.has("example")
                        ? described.get("example").asText()
                        : described.at("/schema/const").asText()));
          }
        });
    headers.put("X-Request-Id", List.of(body.path("request_id").asText(REQUEST_ID)));
    // A gateway's answer is about a key of the API that it asks about.
    String realm = operation.template().startsWith("/v1/authorize/") ? "x1" : "bitting";
    challenge(body)
        .ifPresentOrElse(
            challenge ->
                headers.put(
                    "WWW-Authenticate",
                    List.of(challenge.replace("\"bitting\"", "\"" + realm + "\""))),
            () -> headers.remove("WWW-Authenticate"));
    if (response.has("content")) {
      String mediaType = response.get("content").fieldNames().next();
      headers.put(
          "Content-Type",
          List.of(mediaType.startsWith("text/") ? mediaType + "; charset=utf-8" : mediaType));
    }
    String path = operation.template().replace("{org}", "acme").replaceAll("\\{[a-z]+}", "x1");
    return new Exchange(
        operation.method(),
        path,
        Optional.empty(),
        status,
        headers,
        body.isTextual() ? body.asText() : body.toString());
  }

  private static Optional<String> challenge(JsonNode problem) {
    return switch (problem.path("code").asText()) {
      case "credential_missing" -> Optional.of("Bearer realm=\"bitting\"");
      case "credential_invalid", "key_revoked", "key_expired" ->
          Optional.of("Bearer realm=\"bitting\", error=\"invalid_token\"");
      case "credential_ambiguous" ->
          Optional.of("Bearer realm=\"bitting\", error=\"invalid_request\"");
      case "insufficient_scope" ->
          Optional.of(
              "Bearer realm=\"bitting\", error=\"insufficient_scope\", scope=\"keys:issue\"");
      default -> Optional.empty();
    };
  }

  private static List<JsonNode> bodies(JsonNode response) {
    return response.has("content")
        ? bodies(response.get("content"), response.get("content").fieldNames().next())
        : List.of();
  }

  private static List<JsonNode> bodies(JsonNode content, String mediaType) {
    JsonNode described = content.get(mediaType);
    if (described.has("example")) {
      return List.of(described.get("example"));
    }
    if (described.has("examples")) {
      return Stream.of(described.get("examples"))
          .flatMap(all -> all.properties().stream())
          .map(e -> resolve(e.getValue()).get("value"))
          .toList();
    }
    return List.of(
        mediaType.startsWith("text/") ? JsonNodeFactory.instance.textNode("text") : DOCUMENT);
  }

  private static JsonNode resolve(JsonNode node) {
    return node.has("$ref") ? DOCUMENT.at(node.get("$ref").asText().substring(1)) : node;
  }

  private static Exchange at(Exchange e, String method, String target) {
    return new Exchange(method, target, e.sent(), e.status(), e.headers(), e.body());
  }

  private static Exchange status(Exchange e, int status) {
    return new Exchange(e.method(), e.target(), e.sent(), status, e.headers(), e.body());
  }

  private static Exchange body(Exchange e, String body) {
    return new Exchange(e.method(), e.target(), e.sent(), e.status(), e.headers(), body);
  }

  private static Exchange edit(Exchange e, Consumer<ObjectNode> change) {
    try {
      ObjectNode body = (ObjectNode) JSON.readTree(e.body());
      change.accept(body);
      return body(e, body.toString());
    } catch (IOException failure) {
      throw new java.io.UncheckedIOException(failure);
    }
  }

  private static Exchange with(Exchange e, String name, String... values) {
    Map<String, List<String>> headers = new TreeMap<>(e.headers());
    headers.put(name, List.of(values));
    return new Exchange(e.method(), e.target(), e.sent(), e.status(), headers, e.body());
  }

  private static Exchange twice(Exchange e, String name) {
    return with(e, name, e.header(name).get(0), e.header(name).get(0));
  }

  private static Exchange without(Exchange e, String name) {
    Map<String, List<String>> headers = new TreeMap<>(e.headers());
    headers.remove(name);
    return new Exchange(e.method(), e.target(), e.sent(), e.status(), headers, e.body());
  }
}
