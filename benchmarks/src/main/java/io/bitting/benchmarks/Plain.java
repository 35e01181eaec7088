package io.bitting.benchmarks;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;

/**
 * What the check of a gateway is held against: reads the headers that describe the question, and
 * answers as {@code GET /v1/authorize/{api}} does when the request may go on. It looks at no key,
 * finds no operation, checks nothing, counts nothing and names no request.
 *
 * <p>Thread-safe: stateless.
 */
final class Plain implements Handler<HttpServerRequest> {
  private static final String ID = "4fT9xQ2mZp7B";
  private static final String[] READ = {
    "X-Bitting-Gateway", "Authorization", "X-Forwarded-Method", "X-Forwarded-Uri"
  };

  private final String scopes;

  /** Answers always with these scopes. */
  Plain(String scopes) {
    this.scopes = scopes;
  }

  @Override
  public void handle(HttpServerRequest request) {
    for (String name : READ) {
      if (request.getHeader(name) == null) {
        request.response().setStatusCode(400).end();
        return;
      }
    }
    request
        .response()
        .putHeader("Cache-Control", "no-store")
        .putHeader("X-Bitting-Key", ID)
        .putHeader("X-Bitting-Organization", ID)
        .putHeader("X-Bitting-Scopes", scopes)
        .putHeader("X-Bitting-Scopes-Omitted", "false")
        .end();
  }
}
