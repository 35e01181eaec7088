package io.bitting.server.console;

import io.bitting.client.protocol.Json;
import io.bitting.scope.Requirement;
import io.bitting.server.acting.Acting;
import io.bitting.server.http.Answer;
import io.bitting.server.http.AnswerForm;
import io.bitting.server.http.Call;
import io.bitting.server.http.Endpoint;
import io.bitting.server.http.Malformed;
import io.bitting.server.http.ProblemCode;
import io.bitting.server.http.Query;
import io.bitting.server.http.Route;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The API as the console asks it: the same endpoints as over REST, in this process, asked by a
 * member instead of a key.
 *
 * <p><b>Security guarantees.</b> An endpoint is asked only if the member's role meets its
 * requirement; what changes something checks that again, under its locks. There is no operation for
 * members that there is not for keys, and what an operation allows beyond its scopes it says of
 * both.
 *
 * <p>Thread-safe. Blocks as the endpoints do.
 */
final class ConsoleApi {
  private static final byte[] NO_BODY = new byte[0];

  private final Map<String, Endpoint> endpoints;
  private final AnswerForm form;

  /**
   * Takes the endpoints.
   *
   * @param endpoints those of REST
   * @param base the address that links in answers begin with
   */
  ConsoleApi(Collection<Endpoint> endpoints, Supplier<String> base) {
    this.endpoints =
        endpoints.stream()
            .filter(ConsoleApi::isForMembers)
            .collect(
                Collectors.toUnmodifiableMap(
                    endpoint -> endpoint.route().operationId(), Function.identity()));
    this.form = new AnswerForm(base);
  }

  /** What asks whose key it is, or is for gateways and machines, is nothing for a person. */
  private static boolean isForMembers(Endpoint endpoint) {
    Route route = endpoint.route();
    return route.plane() == Route.Plane.MANAGEMENT
        && route.proof() == Route.Proof.KEY
        && route.requirement() instanceof Requirement.Scopes;
  }

  /**
   * Begins to ask an operation.
   *
   * @param visitor who asks
   * @param page the request that makes it necessary
   * @param operationId which operation
   */
  Ask ask(Visitor visitor, Call page, String operationId) {
    Endpoint endpoint = endpoints.get(operationId);
    if (endpoint == null) {
      throw new IllegalArgumentException("members cannot ask " + operationId);
    }
    return new Ask(visitor, page, endpoint).path("org", visitor.organization().slug().text());
  }

  /** A question to an operation. Used by one thread. */
  final class Ask {
    private final Visitor visitor;
    private final Call page;
    private final Endpoint endpoint;
    private final Map<String, String> path = new LinkedHashMap<>();
    private final Map<String, List<String>> query = new LinkedHashMap<>();
    private byte[] body = NO_BODY;
    private String mediaType = "";

    private Ask(Visitor visitor, Call page, Endpoint endpoint) {
      this.visitor = visitor;
      this.page = page;
      this.endpoint = endpoint;
    }

    /**
     * Fills a parameter of the path.
     *
     * @param name the parameter
     * @param value its value
     */
    Ask path(String name, String value) {
      path.put(name, value);
      return this;
    }

    /**
     * Adds a parameter to the query, unless it is empty.
     *
     * @param name the parameter
     * @param value its value
     */
    Ask query(String name, String value) {
      if (!value.isEmpty()) {
        query.put(name, List.of(value));
      }
      return this;
    }

    /**
     * Sends a body.
     *
     * @param value a record of the protocol, or a map
     */
    Ask json(Object value) {
      return body("application/json", Json.write(value));
    }

    /**
     * Sends a body.
     *
     * @param type its media type
     * @param bytes the body
     */
    Ask body(String type, byte[] bytes) {
      mediaType = type;
      body = bytes;
      return this;
    }

    /** Asks. */
    Reply send() {
      Route route = endpoint.route();
      Requirement.Scopes scopes = (Requirement.Scopes) route.requirement();
      Optional<Answer> refusal =
          Acting.roleRefusal(visitor.member().role(), visitor.organization(), scopes);
      return new Reply(form.of(refusal.orElseGet(this::answer), page.requestId()));
    }

    private Answer answer() {
      Route route = endpoint.route();
      if (body.length > route.bodyBytesMax()) {
        return Answer.problem(
            ProblemCode.BODY_TOO_LARGE,
            "What was sent has "
                + body.length
                + " bytes; "
                + route.operation()
                + " takes "
                + route.bodyBytesMax()
                + " at most.");
      }
      Call.Head head =
          new Call.Head(
              page::requestId,
              route.method(),
              target(route),
              name -> List.of(),
              page.source().orElse(""));
      try {
        return endpoint.handle(
            new Call(head, path, new Query(query), body, mediaType, visitor.caller()));
      } catch (Malformed e) {
        return Answer.problem(e.problem());
      }
    }

    private String target(Route route) {
      String target = route.template();
      for (Map.Entry<String, String> part : path.entrySet()) {
        target =
            target.replace(
                "{" + part.getKey() + "}",
                URLEncoder.encode(part.getValue(), StandardCharsets.UTF_8));
      }
      return target
          + query.entrySet().stream()
              .map(part ->
                  part.getKey()
                      + "="
                      + URLEncoder.encode(part.getValue().get(0), StandardCharsets.UTF_8))
              .collect(Collectors.joining("&", query.isEmpty() ? "" : "?", ""));
    }
  }
}
