package io.bitting.server.http;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * The listener for those who run the server: {@code /livez}, {@code /readyz} and {@code /metrics},
 * without a key; so it listens on loopback unless told otherwise.
 *
 * <p>Thread-safe.
 */
public final class AdminEdge {
  private static final Set<String> PATHS = Set.of("/livez", "/readyz", "/metrics");

  private static final Set<HttpMethod> METHODS = Set.of(HttpMethod.GET, HttpMethod.HEAD);

  private final HttpServer server;

  /**
   * How the server fares.
   *
   * @param ready whether it can answer
   * @param detail why or why not, as JSON
   */
  public record Readiness(boolean ready, Object detail) {}

  /**
   * Begins to listen.
   *
   * @param vertx the event loops
   * @param host the address
   * @param port the port; 0 for any free one
   * @param readiness tells whether the server can answer
   * @param metrics the metrics in Prometheus' text form
   * @throws IllegalStateException if it cannot listen
   */
  public AdminEdge(
      Vertx vertx, String host, int port, Supplier<Readiness> readiness, Supplier<String> metrics) {
    server =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setHost(host)
                    .setPort(port)
                    .setIdleTimeout(60)
                    .setHttp2ClearTextEnabled(false))
            .requestHandler(request -> answer(request, readiness, metrics));
    try {
      server.listen().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while beginning to listen", e);
    } catch (ExecutionException | TimeoutException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new IllegalStateException(
          "cannot listen on "
              + host
              + ":"
              + port
              + ": "
              + cause.getMessage()
              + "; choose another address with --admin-listen, or stop what listens there",
          e);
    }
  }

  private static void answer(
      HttpServerRequest request, Supplier<Readiness> readiness, Supplier<String> metrics) {
    HttpServerResponse response = request.response();
    HttpEdge.putSafeHeaders(response.headers());
    String path = String.valueOf(request.path());
    if (!PATHS.contains(path)) {
      response.setStatusCode(404).end();
    } else if (!METHODS.contains(request.method())) {
      response.setStatusCode(405).putHeader("Allow", "GET, HEAD").end();
    } else if (path.equals("/livez")) {
      response.putHeader("Content-Type", "text/plain").end("ok\n");
    } else if (path.equals("/readyz")) {
      Readiness now = readiness.get();
      response
          .setStatusCode(now.ready() ? 200 : 503)
          .putHeader("Content-Type", "application/json")
          .end(Buffer.buffer(Json.write(now.detail())));
    } else {
      response
          .putHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
          .end(metrics.get());
    }
  }

  /** Returns the port. */
  public int port() {
    return server.actualPort();
  }
}
