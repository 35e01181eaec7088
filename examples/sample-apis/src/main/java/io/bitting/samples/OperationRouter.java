package io.bitting.samples;

import io.bitting.access.OperationGuard;
import io.bitting.access.VerifiedKey;
import io.bitting.id.OrganizationId;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.SecurityPolicyHandler;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Serves an API whose operations Bitting knows: guard, then limits, then the API's own code. The
 * operations are those of a document that was uploaded, with the path that the API is mounted at as
 * their base path.
 *
 * <p><b>Security guarantees.</b> No path is matched here: the operation that is served is the one
 * that the guard decided on, so the two cannot disagree. Nothing of a request but its target,
 * method and credential is read before the guard admits it. An action is handed what the key's
 * organization has and nothing else; an operation that asks for no key gets a fixed answer, and
 * reaches nobody's data whatever was uploaded.
 *
 * <p>The router is thread-safe: calls of one organization are answered one at a time, those of
 * several at once.
 *
 * @param <W> what an organization has in this API
 */
public final class OperationRouter<W> {
  private final Vertx vertx;
  private final VertxOperationGuard guard;
  private final AnswerWriter answers;
  private final Map<String, Served<W>> table;
  private final Map<String, Answer> open;
  private final Function<OrganizationId, W> workspaces;

  /**
   * How an operation is served.
   *
   * @param query the names of its query parameters
   * @param action answers calls
   * @param <W> what an organization has in this API
   */
  public record Served<W>(SortedSet<String> query, Endpoint.Action<W> action) {}

  /**
   * Prepares a router.
   *
   * @param vertx runs it
   * @param guard stands before everything
   * @param table how each operation is served, by method and template below the API's own path,
   *     {@code GET /users/{user}}
   * @param open what is answered without a key, by the same
   * @param workspaces returns what an organization has, the same object each time
   */
  public OperationRouter(
      Vertx vertx,
      VertxOperationGuard guard,
      Map<String, Served<W>> table,
      Map<String, Answer> open,
      Function<OrganizationId, W> workspaces) {
    this.vertx = vertx;
    this.guard = guard;
    this.answers = new AnswerWriter(guard.base());
    this.table = Map.copyOf(table);
    this.open = Map.copyOf(open);
    this.workspaces = workspaces;
  }

  /** Makes the router, to be mounted at the base path of the operations. */
  public Router router() {
    Router router = Router.router(vertx);
    router.route().failureHandler(answers::fail);
    router
        .route()
        .handler(guard.handler())
        .handler(head())
        .handler(BodyHandler.create(false).setBodyLimit(Operation.Body.JSON.bytesMax()))
        .handler(this::serve);
    return router;
  }

  /** Looks at what stands before the body, which is read only if that is right. */
  private SecurityPolicyHandler head() {
    return context -> {
      String name = name(context);
      Served<W> served = table.get(name);
      SortedSet<String> query = served == null ? new TreeSet<>() : served.query();
      Optional<Answer> problem =
          RequestHead.queryProblem(context, query, name)
              .or(() -> RequestHead.mediaProblem(context, Operation.Body.JSON));
      if (problem.isPresent()) {
        answers.write(context, problem.get());
      } else {
        context.next();
      }
    };
  }

  private void serve(RoutingContext context) {
    String name = name(context);
    VerifiedKey key = VertxOperationGuard.passed(context).key();
    if (key == null) {
      answers.write(context, open.getOrDefault(name, notFound(name + " without a key")));
      return;
    }
    Served<W> served = table.get(name);
    if (served == null) {
      answers.write(context, open.getOrDefault(name, notFound(name)));
      return;
    }
    Buffer content = Objects.requireNonNullElseGet(context.body().buffer(), Buffer::buffer);
    Optional<Fields> fields =
        content.length() == 0
            ? Optional.of(new Fields(Json.empty()))
            : Json.object(content).map(Fields::new);
    if (fields.isEmpty()) {
      answers.write(context, Json.UNREADABLE);
      return;
    }
    Map<String, String> query = new TreeMap<>();
    context.queryParams().forEach(query::put);
    Call call = new Call(key, parameters(context), query, fields.get(), content);
    W workspace = workspaces.apply(key.organization());
    Answer answer;
    synchronized (workspace) {
      answer = served.action().answer(workspace, call);
    }
    answers.write(context, answer);
  }

  private static Answer notFound(String name) {
    return Answer.problem(ProblemCode.NOT_FOUND, "This API does not serve " + name + ".");
  }

  /** Returns method and template of what was decided on, below the path of the API. */
  private static String name(RoutingContext context) {
    OperationGuard.Passed passed = VertxOperationGuard.passed(context);
    return passed.operation().method() + " " + below(context, passed.operation().path().text());
  }

  /** Returns the values of the template's parameters, as they stand in the target. */
  private static Map<String, String> parameters(RoutingContext context) {
    String template = VertxOperationGuard.passed(context).operation().path().text();
    List<String> names = List.of(template.split("/", -1));
    List<String> values = List.of(context.request().uri().split("\\?", 2)[0].split("/", -1));
    Map<String, String> parameters = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      if (name.startsWith("{")) {
        parameters.put(name.substring(1, name.length() - 1), values.get(i));
      }
    }
    return parameters;
  }

  private static String below(RoutingContext context, String path) {
    String mount = AnswerWriter.mount(context);
    return path.startsWith(mount + "/") ? path.substring(mount.length()) : path;
  }
}
