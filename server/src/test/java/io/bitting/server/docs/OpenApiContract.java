package io.bitting.server.docs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import io.bitting.scope.Requirement;
import io.bitting.scope.Scope;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Holds real answers against the OpenAPI document: the operation, the status, the headers, the
 * media type, the body and, for a problem, everything that has to agree with everything else. What
 * the document does not have, a status or a member too many, is a fault.
 *
 * <p>Thread-safe.
 */
public final class OpenApiContract {
  private static final String PROBLEM = "application/problem+json";
  private static final Set<String> METHODS =
      Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /**
   * What any address can answer, whether an operation is there or not; by the name of the response.
   */
  private static final Map<Integer, String> ANYWHERE =
      Map.of(
          400,
          "BadRequestOfAnyone",
          414,
          "UriTooLong",
          431,
          "HeadersTooLarge",
          500,
          "InternalError");

  private final JsonNode document;
  private final OpenApiSchemas schemas;
  private final List<Operation> operations = new ArrayList<>();

  /**
   * An operation of the document.
   *
   * @param id its operationId
   * @param method its HTTP method
   * @param template its path, with parameters in braces
   * @param requirement what it asks of a caller
   */
  public record Operation(String id, String method, String template, Requirement requirement) {}

  private OpenApiContract(String text) {
    this.document = read(text);
    this.schemas = new OpenApiSchemas(document);
    for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
      for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
        if (METHODS.contains(method.getKey())) {
          JsonNode operation = method.getValue();
          operations.add(
              new Operation(
                  operation.get("operationId").asText(),
                  method.getKey().toUpperCase(java.util.Locale.ROOT),
                  path.getKey(),
                  requirement(operation.get("security"))));
        }
      }
    }
  }

  /** Reads the document that ships. */
  public static OpenApiContract ofDocument() {
    return new OpenApiContract(new String(new OpenApiDocument().json(), StandardCharsets.UTF_8));
  }

  /** Returns the operations in the document's order. */
  public List<Operation> operations() {
    return List.copyOf(operations);
  }

  /**
   * Checks an answer, and the request's body if it is known and was accepted.
   *
   * @param exchange the request and its answer
   * @throws AssertionError naming everything in which they differ from the document
   */
  public void check(Exchange exchange) {
    List<String> faults = faults(exchange);
    if (!faults.isEmpty()) {
      throw new AssertionError(
          exchange.method()
              + " "
              + exchange.target()
              + " answered "
              + exchange.status()
              + ", against the OpenAPI document:\n  - "
              + String.join("\n  - ", faults)
              + "\n"
              + exchange.body());
    }
  }

  /** Says in what an exchange differs from the document. */
  List<String> faults(Exchange exchange) {
    List<String> faults = new ArrayList<>();
    String method = exchange.method().equals("HEAD") ? "GET" : exchange.method();
    List<Operation> here = at(exchange.path());
    Optional<Operation> operation =
        here.stream().filter(o -> o.method().equals(method) || takesAnyMethod(o)).findFirst();
    JsonNode described = operation.map(this::node).orElse(JSON.nullNode());
    Optional<JsonNode> response =
        operation.isPresent()
            ? Optional.ofNullable(described.get("responses").get(String.valueOf(exchange.status())))
                .map(this::resolve)
            : elsewhere(exchange, here, faults);
    if (response.isEmpty()) {
      faults.add(
          "status "
              + exchange.status()
              + " is not documented"
              + operation.map(o -> " for " + o.id()).orElse(" where there is no operation"));
      return faults;
    }
    if (exchange.status() < 300) {
      checkRequest(exchange, described, faults);
    }
    checkHeaders(exchange, response.get(), faults);
    checkBody(exchange, response.get(), faults);
    return faults;
  }

  private JsonNode node(Operation operation) {
    return document
        .get("paths")
        .get(operation.template())
        .get(operation.method().toLowerCase(java.util.Locale.ROOT));
  }

  /** Finds the operations of a path; a literal segment goes before a parameter. */
  private boolean takesAnyMethod(Operation operation) {
    return node(operation).path("x-bitting-any-method").asBoolean();
  }

  private List<Operation> at(String path) {
    List<Operation> found = List.of();
    long fewest = Long.MAX_VALUE;
    for (String template :
        operations.stream()
            .map(Operation::template)
            .collect(Collectors.toCollection(LinkedHashSet::new))) {
      long parameters = template.chars().filter(c -> c == '{').count();
      if (parameters < fewest && matches(template, path)) {
        fewest = parameters;
        found = operations.stream().filter(o -> o.template().equals(template)).toList();
      }
    }
    return found;
  }

  private static boolean matches(String template, String path) {
    String[] wanted = template.split("/", -1);
    String[] given = path.split("/", -1);
    if (wanted.length != given.length) {
      return false;
    }
    for (int i = 0; i < wanted.length; i++) {
      boolean parameter = wanted[i].startsWith("{");
      if (parameter ? given[i].isEmpty() : !wanted[i].equals(given[i])) {
        return false;
      }
    }
    return true;
  }

  /**
   * Returns what may be answered where there is no operation: 404 at no path, 405 with the right
   * methods at one that has others.
   */
  private Optional<JsonNode> elsewhere(
      Exchange exchange, List<Operation> here, List<String> faults) {
    String name = ANYWHERE.get(exchange.status());
    if (name == null && here.isEmpty() && exchange.status() == 404) {
      name = "NotFound";
    }
    if (name == null && !here.isEmpty() && exchange.status() == 405) {
      name = "MethodNotAllowed";
      Set<String> methods =
          here.stream().map(Operation::method).collect(Collectors.toCollection(TreeSet::new));
      if (methods.contains("GET")) {
        methods.add("HEAD");
      }
      Set<String> allowed =
          new TreeSet<>(List.of(String.join(",", exchange.header("Allow")).split(" *, *")));
      if (!allowed.equals(methods)) {
        faults.add("Allow lists " + allowed + ", and the document " + methods);
      }
    }
    return Optional.ofNullable(name).map(known -> document.at("/components/responses/" + known));
  }

  private void checkRequest(Exchange exchange, JsonNode operation, List<String> faults) {
    Set<String> parameters = new TreeSet<>();
    operation
        .path("parameters")
        .forEach(each -> {
          JsonNode parameter = resolve(each);
          if (parameter.get("in").asText().equals("query")) {
            parameters.add(parameter.get("name").asText());
          }
        });
    for (String parameter : exchange.parameters()) {
      if (!parameters.contains(parameter)) {
        faults.add(
            "the query's parameter \"" + parameter + "\" was accepted and is not documented");
      }
    }
    exchange
        .sent()
        .filter(sent -> !sent.text().isEmpty())
        .ifPresent(sent -> {
          JsonNode content = operation.path("requestBody").path("content").path(sent.mediaType());
          if (content.isMissingNode()) {
            faults.add("a body of " + sent.mediaType() + " was accepted and is not documented");
          } else if (sent.mediaType().equals("application/json")) {
            schemas
                .faults(content.get("schema"), read(sent.text()))
                .forEach(
                    fault -> faults.add("the body was accepted and is not documented: " + fault));
          }
        });
  }

  private void checkHeaders(Exchange exchange, JsonNode response, List<String> faults) {
    for (Map.Entry<String, JsonNode> header : response.path("headers").properties()) {
      String name = header.getKey();
      JsonNode described = resolve(header.getValue());
      List<String> values = exchange.header(name);
      if (values.isEmpty() && described.path("required").asBoolean()) {
        faults.add("header " + name + " is missing");
      }
      if (values.size() > 1) {
        faults.add("header " + name + " stands " + values.size() + " times");
      }
      for (String value : values) {
        schemas
            .faults(described.get("schema"), TextNode.valueOf(value))
            .forEach(fault -> faults.add("header " + name + " is \"" + value + "\":" + fault));
      }
    }
  }

  private void checkBody(Exchange exchange, JsonNode response, List<String> faults) {
    String mediaType = exchange.mediaType();
    if (mediaType.isEmpty() && !response.has("content")) {
      if (!exchange.body().isEmpty()) {
        faults.add("there is a body without a media type");
      }
      return;
    }
    JsonNode content = response.path("content").path(mediaType);
    if (content.isMissingNode()) {
      faults.add(
          "media type \"" + mediaType + "\" is not documented for status " + exchange.status());
      return;
    }
    if (mediaType.startsWith("text/")
        && !exchange.header("Content-Type").get(0).endsWith("; charset=utf-8")) {
      faults.add("the text does not say that it is UTF-8");
    }
    if (exchange.method().equals("HEAD")) {
      if (!exchange.body().isEmpty()) {
        faults.add("an answer to HEAD has a body");
      }
      return;
    }
    Optional<JsonNode> body =
        mediaType.equals("application/json") || mediaType.endsWith("+json")
            ? parse(exchange.body(), faults)
            : Optional.of(TextNode.valueOf(exchange.body()));
    if (body.isEmpty()) {
      return;
    }
    schemas.faults(content.get("schema"), body.get()).forEach(faults::add);
    if (mediaType.equals(PROBLEM)) {
      checkProblem(exchange, content.get("examples"), body.get(), faults);
    }
  }

  private void checkProblem(
      Exchange exchange, JsonNode examples, JsonNode problem, List<String> faults) {
    String code = problem.path("code").asText();
    if (!examples.has(code)) {
      faults.add("code \"" + code + "\" is not documented for this operation and status");
      return;
    }
    JsonNode example = resolve(examples.get(code)).get("value");
    expect(exchange.status(), problem.path("status").asInt(), "the body's status", faults);
    expect(example.get("title"), problem.path("title"), "title", faults);
    expect(
        exchange.header("X-Request-Id"),
        List.of(problem.path("request_id").asText()),
        "X-Request-Id and request_id",
        faults);
    if (!problem.path("type").asText().endsWith("/errors/" + code)) {
      faults.add("type " + problem.path("type") + " does not lead to the page of " + code);
    }
    expect(
        challenge(code, problem, realm(exchange.path())),
        exchange.header("WWW-Authenticate"),
        "WWW-Authenticate",
        faults);
  }

  /** Returns what RFC 6750, section 3.1, wants beside a code: that and nothing else. */
  private static List<String> challenge(String code, JsonNode problem, String of) {
    String realm = "Bearer realm=\"" + of + "\"";
    return switch (code) {
      case "credential_missing" -> List.of(realm);
      case "credential_invalid", "key_revoked", "key_expired" ->
          List.of(realm + ", error=\"invalid_token\"");
      case "credential_ambiguous" -> List.of(realm + ", error=\"invalid_request\"");
      case "insufficient_scope" -> {
        List<String> scopes = new ArrayList<>();
        problem.path("required_scopes").forEach(scope -> scopes.add(scope.asText()));
        yield List.of(
            realm + ", error=\"insufficient_scope\", scope=\"" + String.join(" ", scopes) + "\"");
      }
      default -> List.of();
    };
  }

  /** A gateway's answer is about a key of the API that it asks about. */
  private static String realm(String path) {
    String[] segments = path.split("/", -1);
    return path.startsWith("/v1/authorize/") ? segments[3] : "bitting";
  }

  private static void expect(Object wanted, Object found, String what, List<String> faults) {
    if (!wanted.equals(found)) {
      faults.add(
          what + ": " + found + " where the document or the rest of the answer wants " + wanted);
    }
  }

  private JsonNode resolve(JsonNode node) {
    return node.has("$ref") ? document.at(node.get("$ref").asText().substring(1)) : node;
  }

  private static Optional<JsonNode> parse(String text, List<String> faults) {
    try {
      JsonNode node = JSON.readTree(text);
      if (node != null && !node.isMissingNode()) {
        return Optional.of(node);
      }
      faults.add("the body is empty");
    } catch (JsonProcessingException e) {
      faults.add("the body is not JSON: " + e.getOriginalMessage());
    }
    return Optional.empty();
  }

  private static JsonNode read(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("the text is not JSON", e);
    }
  }

  /** Reads what an operation asks for. The two ways to send a key ask for the same. */
  private static Requirement requirement(JsonNode security) {
    Set<Set<Scope>> gateway = alternatives(security, "gateway");
    if (!gateway.isEmpty()) {
      return new Requirement.Scopes(List.copyOf(gateway));
    }
    Set<Set<Scope>> bearer = alternatives(security, "bearer");
    if (!bearer.equals(alternatives(security, "header")) || security.size() != 2 * bearer.size()) {
      throw new IllegalStateException(
          "the two ways to send a key ask for different things: " + security);
    }
    if (bearer.isEmpty()) {
      return new Requirement.Anonymous();
    }
    return bearer.equals(Set.of(Set.of()))
        ? new Requirement.AnyValidKey()
        : new Requirement.Scopes(List.copyOf(bearer));
  }

  private static Set<Set<Scope>> alternatives(JsonNode security, String scheme) {
    Set<Set<Scope>> alternatives = new LinkedHashSet<>();
    for (JsonNode alternative : security) {
      if (alternative.has(scheme)) {
        Set<Scope> scopes = new TreeSet<>();
        alternative.get(scheme).forEach(scope -> scopes.add(new Scope(scope.asText())));
        alternatives.add(scopes);
      }
    }
    return alternatives;
  }
}
