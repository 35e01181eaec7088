package io.bitting.samples;

import io.vertx.ext.web.RoutingContext;
import java.util.UUID;

/**
 * Names a request in its answer: by the name that the server around this API gave it, else by a new
 * one.
 */
final class RequestId {
  private static final String HEADER = "X-Request-Id";

  private RequestId() {}

  static String of(RoutingContext context) {
    String given = context.response().headers().get(HEADER);
    if (given != null) {
      return given;
    }
    String drawn = UUID.randomUUID().toString();
    context.response().putHeader(HEADER, drawn);
    return drawn;
  }
}
