package io.bitting.benchmarks;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;

/**
 * What the check of a gateway is held against: answers 200 with headers of an identity, and does
 * nothing else. It looks at no header, checks nothing and counts nothing.
 *
 * <p>Thread-safe: stateless.
 */
final class Plain implements Handler<HttpServerRequest> {
  private static final String ID = "4fT9xQ2mZp7B";

  private final String scopes;

  /** Answers always with these scopes. */
  Plain(String scopes) {
    this.scopes = scopes;
  }

  @Override
  public void handle(HttpServerRequest request) {
    request
        .response()
        .putHeader("X-Bitting-Key", ID)
        .putHeader("X-Bitting-Organization", ID)
        .putHeader("X-Bitting-Scopes", scopes)
        .putHeader("X-Bitting-Scopes-Omitted", "false")
        .end();
  }
}
