package io.bitting.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import io.bitting.client.protocol.VerifyAnswer;
import io.bitting.server.http.Json;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.time.Instant;
import java.util.List;

/**
 * What verification is held against: reads the JSON of {@code POST /v1/verify} and writes JSON like
 * that of its answer, with the same code, and does nothing else. It looks at no credential, checks
 * nothing, counts nothing, and sets no header but the two that HTTP needs for a body.
 *
 * <p>Thread-safe: stateless.
 */
final class Echo implements Handler<HttpServerRequest> {
  private static final String ID = "4fT9xQ2mZp7B";
  private static final String AS_OF = ID + ".103";
  private static final Instant EXPIRES_AT = Instant.parse("2031-01-01T00:00:00.123Z");

  @Override
  public void handle(HttpServerRequest request) {
    request.bodyHandler(body -> {
      JsonNode question = Json.read(body.getBytes());
      VerifyAnswer answer =
          new VerifyAnswer(
              "allowed",
              null,
              new VerifyAnswer.ProvedKey(
                  ID, ID, question.path("api").textValue(), EXPIRES_AT, 1, null),
              null,
              List.of(),
              List.of(),
              AS_OF);
      request
          .response()
          .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
          .end(Buffer.buffer(Json.write(answer)));
    });
  }
}
