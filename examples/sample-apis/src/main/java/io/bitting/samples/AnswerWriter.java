package io.bitting.samples;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes answers to HTTP, failures too. */
final class AnswerWriter {
  private static final Logger LOG = LoggerFactory.getLogger(AnswerWriter.class);

  private final String base;

  AnswerWriter(String base) {
    this.base = base;
  }

  void write(RoutingContext context, Answer answer) {
    HttpServerResponse response = context.response();
    MultiMap headers = response.headers();
    String requestId = RequestId.of(context);
    headers.set(HttpHeaders.CACHE_CONTROL, "no-store");
    headers.set("X-Content-Type-Options", "nosniff");
    switch (answer) {
      case Answer.Found(Object body) -> json(context, 200, "application/json", body);
      case Answer.Created(String path, Object body) -> {
        headers.set(HttpHeaders.LOCATION, mount(context) + path);
        json(context, 201, "application/json", body);
      }
      case Answer.Nothing() -> response.setStatusCode(204).end();
      case Answer.Download(String file, Buffer content) -> {
        headers.set(HttpHeaders.CONTENT_TYPE, "application/octet-stream");
        headers.set("Content-Disposition", "attachment; filename=\"" + file + "\"");
        end(context, content);
      }
      case Answer.Problem problem ->
          json(
              context,
              problem.code().status(),
              "application/problem+json",
              shown(problem, requestId));
      case Answer.Later later ->
          throw new IllegalStateException(
              "an answer that was waited for is to be waited for again");
    }
  }

  /** Answers a request whose handling failed. What failed is for the log, not for the caller. */
  void fail(RoutingContext context) {
    if (context.response().ended() || context.response().closed()) {
      return;
    }
    switch (context.statusCode()) {
      case 400 ->
          write(
              context,
              Answer.problem(
                  ProblemCode.REQUEST_MALFORMED, "The path or the query cannot be decoded."));
      case 413 ->
          write(
              context,
              Answer.problem(
                  ProblemCode.BODY_TOO_LARGE, "The body is larger than the operation takes."));
      default -> {
        LOG.error("request {} failed", RequestId.of(context), context.failure());
        write(
            context,
            Answer.problem(
                ProblemCode.INTERNAL_ERROR,
                "The API failed; the request id names the failure in its log."));
      }
    }
  }

  private static void json(RoutingContext context, int status, String mediaType, Object body) {
    context.response().setStatusCode(status).putHeader(HttpHeaders.CONTENT_TYPE, mediaType);
    end(context, Json.write(body));
  }

  /**
   * Sends a body, or to HEAD only how long it is: over HTTP/2, Vert.x does not leave it out by
   * itself.
   */
  static void end(RoutingContext context, Buffer body) {
    HttpServerResponse response = context.response();
    if (context.request().method().equals(HttpMethod.HEAD)) {
      response.putHeader(HttpHeaders.CONTENT_LENGTH, String.valueOf(body.length())).end();
    } else {
      response.end(body);
    }
  }

  private Map<String, Object> shown(Answer.Problem problem, String requestId) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("type", base + "/errors/" + problem.code().code());
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

  /** Returns the path that the API is mounted at, without a slash at its end. */
  static String mount(RoutingContext context) {
    String mount = context.mountPoint();
    return mount == null ? "" : mount.replaceAll("/+$", "");
  }
}
