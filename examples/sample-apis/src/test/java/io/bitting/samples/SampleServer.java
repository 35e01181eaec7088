package io.bitting.samples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * A real server on a free port of the loopback, with an API mounted below {@code /demo/api}, and a
 * real client of it.
 */
public final class SampleServer implements AutoCloseable {
  /** Where the API is mounted. */
  public static final String MOUNT = "/demo/api";

  /** The address that problems refer to. */
  public static final String BASE = "https://keys.example.com";

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Vertx vertx;
  private final int port;
  private final Function<Vertx, Router> api;
  private volatile Router mounted;

  /** An answer with its body. */
  public record Reply(int status, HttpResponse<byte[]> http) {
    /** Returns the body as text. */
    public String text() {
      return new String(http.body(), StandardCharsets.UTF_8);
    }

    /** Returns the body as JSON. */
    public JsonNode json() {
      try {
        return new ObjectMapper().readTree(http.body());
      } catch (IOException e) {
        throw new UncheckedIOException(text(), e);
      }
    }

    /** Returns a header. */
    public Optional<String> header(String name) {
      return http.headers().firstValue(name);
    }

    /** Returns the problem's code, or nothing if it is no problem. */
    public String code() {
      return header("Content-Type").orElse("").equals("application/problem+json")
          ? json().path("code").asText()
          : "";
    }
  }

  /**
   * Starts a server.
   *
   * @param eventLoops how many threads serve
   * @param api makes the router
   */
  public SampleServer(int eventLoops, Function<Vertx, Router> api) {
    this.vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(eventLoops));
    this.api = api;
    this.mounted = Router.router(vertx);
    renew();
    AtomicInteger listening = new AtomicInteger();
    wait(
        vertx.deployVerticle(
            () ->
                new AbstractVerticle() {
                  @Override
                  public void start(io.vertx.core.Promise<Void> started) {
                    // A negative port is a free one that all instances share.
                    vertx
                        .createHttpServer()
                        .requestHandler(request -> mounted.handle(request))
                        .listen(-1, "127.0.0.1")
                        .onSuccess(server -> listening.set(server.actualPort()))
                        .<Void>mapEmpty()
                        .onComplete(started);
                  }
                },
            new io.vertx.core.DeploymentOptions().setInstances(eventLoops)));
    this.port = listening.get();
  }

  /** Puts a router with fresh data in the place of the one before. */
  public SampleServer renew() {
    Router router = Router.router(vertx);
    router.route(MOUNT + "/*").subRouter(api.apply(vertx));
    mounted = router;
    return this;
  }

  /** Calls an operation with the body that its example has. */
  public Reply call(Operation operation, String path, String token) {
    HttpRequest.Builder request = request(path, token);
    String body = operation.example().body();
    if (body != null) {
      request.header("Content-Type", operation.body().mediaType());
    }
    request.method(
        operation.method().name(),
        body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    return send(request.build());
  }

  /** Reads. */
  public Reply get(String path, String token) {
    return send(request(path, token).GET().build());
  }

  /** Sends JSON, or nothing if the text is empty. */
  public Reply send(String method, String path, String token, String json) {
    HttpRequest.Builder request = request(path, token);
    if (!json.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    return send(
        request
            .method(
                method, json.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(json))
            .build());
  }

  /** Begins a request; no token if that is empty. */
  public HttpRequest.Builder request(String path, String token) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + MOUNT + path))
            .timeout(Duration.ofSeconds(60));
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }

  /** Sends a request. */
  public Reply send(HttpRequest request) {
    try {
      HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
      return new Reply(response.statusCode(), response);
    } catch (IOException e) {
      throw new UncheckedIOException(request.method() + " " + request.uri(), e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Sends a request without waiting. Cancelling the future closes the connection. */
  public CompletableFuture<HttpResponse<byte[]>> begin(HttpRequest request) {
    return client.sendAsync(request, BodyHandlers.ofByteArray());
  }

  /**
   * Sends a request whose target is taken as it stands, and returns the first line of the answer.
   */
  public String statusLine(String method, String target, String token) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(30_000);
      String request =
          method
              + " "
              + MOUNT
              + target
              + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
              + (token.isEmpty() ? "" : "Authorization: Bearer " + token + "\r\n")
              + "\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .findFirst()
          .orElse("");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
    client.close();
    wait(vertx.close());
  }

  private static <T> T wait(io.vertx.core.Future<T> future) {
    try {
      return future.await(30, TimeUnit.SECONDS);
    } catch (java.util.concurrent.TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }
}
