package io.bitting.gateways;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bitting.server.RawHttp;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** An API behind the gateway, whose router forgives much, and which keeps what it ran for whom. */
sealed interface Upstream extends AutoCloseable {
  int port();

  /**
   * Returns what ran: from the key that the gateway named and the operation, separated by a blank,
   * to one request that led to it.
   */
  Map<String, String> ran();

  @Override
  void close();

  /** On Vert.x. */
  final class OnJava implements Upstream {
    private static final Pattern METHOD = Pattern.compile("(?i)[?&;]_method=([^&;#]*)");
    private static final int LINE_BYTES_MAX = 64 * 1024;

    private final ForgivingRouter router;
    private final Map<String, String> ran = new ConcurrentHashMap<>();
    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server;

    OnJava(List<String> operations) {
      router = new ForgivingRouter(operations);
      HttpServerOptions options =
          new HttpServerOptions()
              .setHost("127.0.0.1")
              .setPort(0)
              .setMaxInitialLineLength(LINE_BYTES_MAX);
      server =
          vertx
              .createHttpServer(options)
              .requestHandler(this::run)
              .listen()
              .toCompletionStage()
              .toCompletableFuture()
              .join();
    }

    private void run(HttpServerRequest request) {
      MultiMap headers = request.headers();
      String target = first(headers, "X-Original-URL", "X-Rewrite-URL").orElse(request.uri());
      Matcher stated = METHOD.matcher(request.uri());
      String method =
          stated.find()
              ? stated.group(1)
              : first(headers, "X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override")
                  .orElse(request.method().name());
      for (String operation : router.route(method, target)) {
        ran.putIfAbsent(
            headers.get("X-Bitting-Key") + " " + operation,
            request.method() + " " + shortened(request.uri()));
      }
      request.response().end();
    }

    private static Optional<String> first(MultiMap headers, String... names) {
      return Stream.of(names).map(headers::get).filter(java.util.Objects::nonNull).findFirst();
    }

    private static String shortened(String target) {
      return target.substring(0, Math.min(200, target.length()));
    }

    @Override
    public String toString() {
      return "Java";
    }

    @Override
    public int port() {
      return server.actualPort();
    }

    @Override
    public Map<String, String> ran() {
      return new TreeMap<>(ran);
    }

    @Override
    public void close() {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  /** On Node, in a process of its own. */
  final class OnNode implements Upstream {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private final Process process;
    private final int port;

    OnNode(List<String> operations) {
      try {
        process =
            new ProcessBuilder(
                    "node",
                    "src/test/resources/gateways/upstream.mjs",
                    MAPPER.writeValueAsString(operations))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        port = Integer.parseInt(process.inputReader().readLine());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public String toString() {
      return "Node";
    }

    @Override
    public int port() {
      return port;
    }

    @Override
    public Map<String, String> ran() {
      String answer =
          RawHttp.send(port, "GET /--ran HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").text();
      try {
        return MAPPER.readValue(
            answer.substring(answer.indexOf("\r\n\r\n")),
            new TypeReference<TreeMap<String, String>>() {});
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() {
      process.destroy();
      process.onExit().join();
    }
  }
}
