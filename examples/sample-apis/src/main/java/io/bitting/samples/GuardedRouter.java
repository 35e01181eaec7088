package io.bitting.samples;

import io.bitting.id.OrganizationId;
import io.bitting.scope.Requirement;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
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

  private final Vertx vertx;
  private final VertxGuard guard;
  private final AnswerWriter answers;
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
    this.answers = new AnswerWriter(guard.base());
    this.name = name;
    this.endpoints = List.copyOf(endpoints);
    this.workspaces = workspaces;
  }

  /** Makes the router, to be mounted wherever the API is to be. */
  public Router router() {
    Router router = Router.router(vertx);
    router.route().failureHandler(answers::fail);
    guarded(router, DESCRIBE)
        .handler(context -> answers.write(context, Description.of(name, operations())));
    for (Endpoint<W> endpoint : endpoints) {
      Operation operation = endpoint.operation();
      guarded(router, operation)
          .handler(head(operation))
          .handler(BodyHandler.create(false).setBodyLimit(operation.body().bytesMax()))
          .handler(context -> serve(context, endpoint));
    }
    for (Map.Entry<String, Set<String>> path : methods().entrySet()) {
      route(router, path.getKey()).handler(context -> methodNotAllowed(context, path.getValue()));
    }
    router.route().handler(this::notFound);
    return router;
  }

  /** The one place where routes to operations are made. */
  private Route guarded(Router router, Operation operation) {
    Route route = route(router, operation.template()).method(operation.method());
    if (operation.method().equals(HttpMethod.GET)) {
      route.method(HttpMethod.HEAD);
    }
    return route.handler(guard.requiring(operation.requirement(), operation.toString()));
  }

  /** Makes a route for a template. The API's own path has a slash at its end or not. */
  private static Route route(Router router, String template) {
    return template.equals("/")
        ? router.routeWithRegex("/?")
        : router.route(template.replaceAll("\\{([a-z]+)}", ":$1"));
  }

  /** Looks at what stands before the body, which is read only if that is right. */
  private SecurityPolicyHandler head(Operation operation) {
    return context -> {
      Optional<Answer> problem =
          RequestHead.queryProblem(context, operation.query(), operation.toString())
              .or(() -> RequestHead.mediaProblem(context, operation.body()));
      if (problem.isPresent()) {
        answers.write(context, problem.get());
      } else {
        context.next();
      }
    };
  }

  private void serve(RoutingContext context, Endpoint<W> endpoint) {
    Buffer content = Objects.requireNonNullElseGet(context.body().buffer(), Buffer::buffer);
    Optional<Fields> fields = fields(endpoint.operation().body(), content);
    if (fields.isEmpty()) {
      answers.write(context, Json.UNREADABLE);
      return;
    }
    Map<String, String> query = new TreeMap<>();
    context.queryParams().forEach(query::put);
    Answer answer =
        perform(
            endpoint,
            new Call(VertxGuard.key(context), context.pathParams(), query, fields.get(), content));
    if (answer instanceof Answer.Later later) {
      await(context, endpoint.operation(), later);
    } else {
      answers.write(context, answer);
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

  private Answer perform(Endpoint<W> endpoint, Call call) {
    W workspace = workspaces.apply(call.key().organization());
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
              finish(context, operation, done);
            }));
  }

  private void finish(RoutingContext context, Operation operation, AsyncResult<Answer> done) {
    if (done.failed()) {
      context.fail(done.cause());
      return;
    }
    try {
      if (guard.admits(context, operation.requirement(), operation.toString())) {
        answers.write(context, done.result());
      }
    } catch (RuntimeException e) {
      // Out of a route's handler nobody else would answer, and the caller would wait for ever.
      context.fail(e);
    }
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
      Set<String> ofPath = methods.computeIfAbsent(operation.template(), path -> new TreeSet<>());
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
    answers.write(context, Answer.problem(ProblemCode.METHOD_NOT_ALLOWED, detail));
  }

  private void notFound(RoutingContext context) {
    answers.write(context, Answer.problem(ProblemCode.NOT_FOUND, "This API has no such path."));
  }
}
