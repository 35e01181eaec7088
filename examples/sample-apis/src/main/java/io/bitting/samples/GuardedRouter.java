package io.bitting.samples;

import io.bitting.id.OrganizationId;
import io.bitting.scope.Requirement;
import io.bitting.scope.Scope;
import io.vertx.core.Context;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.SecurityPolicyHandler;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves a table of endpoints: guard, then limits, then the endpoint's own code.
 *
 * <p><b>Security guarantees.</b> A route exists only together with its guard, so what is not in the
 * table is not reachable. Nothing of a request but its path, method, credential and the names of
 * its query is read before the guard admits it. An action is handed what the key's organization has
 * and nothing else. An answer that was waited for is given only if the key would still be admitted.
 * The one operation that needs no key describes the API: which paths it has is no secret, so an
 * unknown path is answered 404 to everybody; which things exist is told only to keys that were
 * admitted.
 *
 * <p>The router is thread-safe: calls of one organization are answered one at a time, those of
 * several at once.
 *
 * @param <W> what an organization has in this API
 */
public final class GuardedRouter<W> {
  /** The operation that every sample API has. */
  public static final Operation DESCRIBE =
      Operation.get("/", "describe this API", new Requirement.Anonymous());

  private static final Logger LOG = LoggerFactory.getLogger(GuardedRouter.class);

  private final Vertx vertx;
  private final VertxGuard guard;
  private final String name;
  private final List<Endpoint<W>> endpoints;
  private final Function<OrganizationId, W> workspaces;

  /**
   * Prepares a router.
   *
   * @param vertx runs it
   * @param guard stands before every endpoint
   * @param name what the API is called
   * @param endpoints the table
   * @param workspaces returns what an organization has, the same object each time
   */
  public GuardedRouter(
      Vertx vertx,
      VertxGuard guard,
      String name,
      List<Endpoint<W>> endpoints,
      Function<OrganizationId, W> workspaces) {
    this.vertx = vertx;
    this.guard = guard;
    this.name = name;
    this.endpoints = List.copyOf(endpoints);
    this.workspaces = workspaces;
  }

  /** Makes the router, to be mounted wherever the API is to be. */
  public Router router() {
    Router router = Router.router(vertx);
    router.route().failureHandler(this::failed);
    guarded(router, DESCRIBE).handler(this::describe);
    for (Endpoint<W> endpoint : endpoints) {
      Operation operation = endpoint.operation();
      guarded(router, operation)
          .handler(head(operation))
          .handler(BodyHandler.create(false).setBodyLimit(operation.body().bytesMax()))
          .handler(context -> serve(context, endpoint));
    }
    for (Map.Entry<String, Set<String>> path : methods().entrySet()) {
      router.route(path.getKey()).handler(context -> methodNotAllowed(context, path.getValue()));
    }
    router.route().handler(this::notFound);
    return router;
  }

  /** The one place where routes to operations are made. */
  private Route guarded(Router router, Operation operation) {
    Route route = router.route(path(operation)).method(operation.method());
    if (operation.method().equals(HttpMethod.GET)) {
      route.method(HttpMethod.HEAD);
    }
    return route.handler(guard.requiring(operation.requirement(), operation.toString()));
  }

  /** Writes a template as Vert.x does: {@code /scans/:id}. */
  private static String path(Operation operation) {
    return operation.template().replaceAll("\\{([a-z_]+)}", ":$1");
  }

  /** Looks at what stands before the body, which is read only if that is right. */
  private SecurityPolicyHandler head(Operation operation) {
    return context -> {
      Optional<Answer> problem =
          queryProblem(context, operation).or(() -> mediaProblem(context, operation.body()));
      if (problem.isPresent()) {
        write(context, problem.get());
      } else {
        context.next();
      }
    };
  }

  private static Optional<Answer> queryProblem(RoutingContext context, Operation operation) {
    for (String key : context.queryParams().names()) {
      if (!operation.query().contains(key)) {
        String taken = operation.query().isEmpty() ? "none" : String.join(", ", operation.query());
        return Optional.of(
            Answer.queryInvalid(
                "There is no query parameter \""
                    + key
                    + "\"; "
                    + operation
                    + " takes: "
                    + taken
                    + "."));
      }
      if (context.queryParam(key).size() > 1) {
        return Optional.of(
            Answer.queryInvalid(
                "The query parameter \"" + key + "\" is there twice; send it once."));
      }
    }
    return Optional.empty();
  }

  private static Optional<Answer> mediaProblem(RoutingContext context, Operation.Body body) {
    String type = context.request().getHeader(HttpHeaders.CONTENT_TYPE);
    if (type == null || type.split(";", 2)[0].strip().equalsIgnoreCase(body.mediaType())) {
      return Optional.empty();
    }
    String detail = "The operation takes a body as Content-Type: " + body.mediaType() + ".";
    return Optional.of(new Answer.Problem(ProblemCode.MEDIA_TYPE_UNSUPPORTED, detail, List.of()));
  }

  private void serve(RoutingContext context, Endpoint<W> endpoint) {
    Buffer content = Objects.requireNonNullElseGet(context.body().buffer(), Buffer::buffer);
    Optional<Fields> fields = fields(endpoint.operation().body(), content);
    if (fields.isEmpty()) {
      String detail =
          "The body is not one JSON object in UTF-8 with each member named once and at most 16 levels.";
      write(context, new Answer.Problem(ProblemCode.REQUEST_MALFORMED, detail, List.of()));
      return;
    }
    Map<String, String> query = new TreeMap<>();
    context.queryParams().forEach(query::put);
    Answer answer =
        perform(context, endpoint, new Call(context.pathParams(), query, fields.get(), content));
    if (answer instanceof Answer.Later later) {
      await(context, endpoint.operation(), later);
    } else {
      write(context, answer);
    }
  }

  private static Optional<Fields> fields(Operation.Body body, Buffer content) {
    return switch (body) {
      case BYTES -> Optional.of(new Fields(Json.empty()));
      case NONE ->
          content.length() == 0
              ? Optional.of(new Fields(Json.empty()))
              : Json.object(content).map(Fields::new);
      case JSON -> Json.object(content).map(Fields::new);
    };
  }

  private Answer perform(RoutingContext context, Endpoint<W> endpoint, Call call) {
    W workspace = workspaces.apply(VertxGuard.key(context).organization());
    synchronized (workspace) {
      Supplier<Answer> action = () -> endpoint.action().answer(workspace, call);
      return endpoint.operation().body() == Operation.Body.NONE
          ? call.fields().then(action)
          : action.get();
    }
  }

  /**
   * Waits without holding a thread. The key may be revoked meanwhile, so it is checked again before
   * anything is shown.
   */
  private void await(RoutingContext context, Operation operation, Answer.Later later) {
    Context own = vertx.getOrCreateContext();
    long timer =
        vertx.setTimer(
            later.atMost().toMillis(), fired -> later.promise().tryComplete(later.otherwise()));
    context.response().closeHandler(closed -> later.promise().tryComplete(later.otherwise()));
    later
        .promise()
        .future()
        .onComplete(done ->
            own.runOnContext(ready -> {
              vertx.cancelTimer(timer);
              if (done.failed()) {
                context.fail(done.cause());
              } else if (guard.admits(context, operation.requirement(), operation.toString())) {
                write(context, done.result());
              }
            }));
  }

  private void describe(RoutingContext context) {
    List<Object> operations = new ArrayList<>();
    for (Operation operation : operations()) {
      Map<String, Object> shown = new LinkedHashMap<>();
      shown.put("method", operation.method().name());
      shown.put("path", operation.template());
      shown.put("name", operation.name());
      shown.putAll(describe(operation.requirement()));
      operations.add(shown);
    }
    Map<String, Object> description = new LinkedHashMap<>();
    description.put("name", name);
    description.put("operations", operations);
    write(context, Answer.found(description));
  }

  /** Says what is required in the words that a request to verify a token takes. */
  private static Map<String, Object> describe(Requirement requirement) {
    return switch (requirement) {
      case Requirement.Anonymous anonymous -> Map.of("anonymous", true);
      case Requirement.AnyValidKey any -> Map.of("any_valid_key", true);
      case Requirement.Scopes scopes ->
          Map.of(
              "any_of",
              scopes.alternatives().stream()
                  .map(all -> all.stream().map(Scope::text).toList())
                  .toList());
    };
  }

  /** Returns what the router serves. */
  private List<Operation> operations() {
    List<Operation> operations = new ArrayList<>(List.of(DESCRIBE));
    endpoints.forEach(endpoint -> operations.add(endpoint.operation()));
    return operations;
  }

  private Map<String, Set<String>> methods() {
    Map<String, Set<String>> methods = new LinkedHashMap<>();
    for (Operation operation : operations()) {
      Set<String> ofPath = methods.computeIfAbsent(path(operation), path -> new TreeSet<>());
      ofPath.add(operation.method().name());
      if (operation.method().equals(HttpMethod.GET)) {
        ofPath.add("HEAD");
      }
    }
    return methods;
  }

  private void methodNotAllowed(RoutingContext context, Set<String> allowed) {
    String methods = String.join(", ", allowed);
    context.response().putHeader(HttpHeaders.ALLOW, methods);
    String detail =
        context.request().method() + " is not among the methods of this path: " + methods + ".";
    write(context, new Answer.Problem(ProblemCode.METHOD_NOT_ALLOWED, detail, List.of()));
  }

  private void notFound(RoutingContext context) {
    write(
        context,
        new Answer.Problem(ProblemCode.NOT_FOUND, "This API has no such path.", List.of()));
  }

  private void failed(RoutingContext context) {
    if (context.response().ended() || context.response().closed()) {
      return;
    }
    Answer.Problem problem =
        switch (context.statusCode()) {
          case 400 ->
              new Answer.Problem(
                  ProblemCode.REQUEST_MALFORMED, "The request line cannot be decoded.", List.of());
          case 413 ->
              new Answer.Problem(
                  ProblemCode.BODY_TOO_LARGE,
                  "The body is larger than the operation takes.",
                  List.of());
          default -> {
            LOG.error("{} request {} failed", name, RequestId.of(context), context.failure());
            yield new Answer.Problem(
                ProblemCode.INTERNAL_ERROR,
                "The API failed; the request id names the failure in its log.",
                List.of());
          }
        };
    write(context, problem);
  }

  private void write(RoutingContext context, Answer answer) {
    HttpServerResponse response = context.response();
    MultiMap headers = response.headers();
    RequestId.of(context);
    headers.set(HttpHeaders.CACHE_CONTROL, "no-store");
    headers.set("X-Content-Type-Options", "nosniff");
    switch (answer) {
      case Answer.Found(Object body) -> json(response, 200, "application/json", body);
      case Answer.Created(String path, Object body) -> {
        headers.set(HttpHeaders.LOCATION, mount(context) + path);
        json(response, 201, "application/json", body);
      }
      case Answer.Nothing() -> response.setStatusCode(204).end();
      case Answer.Download(String file, Buffer content) -> {
        headers.set(HttpHeaders.CONTENT_TYPE, "application/octet-stream");
        headers.set("Content-Disposition", "attachment; filename=\"" + file + "\"");
        response.end(content);
      }
      case Answer.Problem problem ->
          json(
              response,
              problem.code().status(),
              "application/problem+json",
              shown(problem, RequestId.of(context)));
      case Answer.Later later ->
          throw new IllegalStateException(
              "an answer that was waited for is to be waited for again");
    }
  }

  private static void json(HttpServerResponse response, int status, String mediaType, Object body) {
    response
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, mediaType)
        .end(Json.write(body));
  }

  private Map<String, Object> shown(Answer.Problem problem, String requestId) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("type", guard.base() + "/errors/" + problem.code().code());
    shown.put("title", problem.code().title());
    shown.put("status", problem.code().status());
    shown.put("code", problem.code().code());
    shown.put("detail", problem.detail());
    if (!problem.faults().isEmpty()) {
      shown.put("faults", problem.faults());
    }
    shown.put("request_id", requestId);
    return shown;
  }

  /** Returns the path that this router is mounted at, without a slash at its end. */
  private static String mount(RoutingContext context) {
    String mount = context.mountPoint();
    return mount == null ? "" : mount.replaceAll("/+$", "");
  }
}
