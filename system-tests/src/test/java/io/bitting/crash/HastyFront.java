package io.bitting.crash;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * The planted fault: stands before a server and acknowledges changes of keys before they are made.
 * It answers with the key as it is, and has the change carried out a little later, in order. What
 * is still waiting dies with the process.
 */
final class HastyFront {
  private static final long LATER_MILLIS = 50;

  private final HttpClient client = HttpClient.newHttpClient();
  private final Executor later =
      CompletableFuture.delayedExecutor(
          LATER_MILLIS, TimeUnit.MILLISECONDS, Executors.newSingleThreadExecutor());
  private final int server;

  private HastyFront(int server) {
    this.server = server;
  }

  /** Puts itself before a server on this machine and returns its own port. */
  static int before(int server) throws IOException {
    HastyFront front = new HastyFront(server);
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.createContext("/", front::answer);
    http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    http.start();
    return http.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String path = exchange.getRequestURI().toString();
      HttpRequest real = request(exchange, exchange.getRequestMethod(), path, body);
      HttpResponse<byte[]> response;
      if (path.matches(".*/api-keys/[^/]+(/(disable|enable|revoke))?")) {
        later.execute(() -> forward(real));
        response =
            forward(
                request(
                    exchange,
                    "GET",
                    path.replaceAll("/(disable|enable|revoke)$", ""),
                    new byte[0]));
      } else {
        response = forward(real);
      }
      response
          .headers()
          .firstValue("Content-Type")
          .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
      exchange.sendResponseHeaders(response.statusCode(), response.body().length);
      exchange.getResponseBody().write(response.body());
    }
  }

  private HttpRequest request(HttpExchange exchange, String method, String path, byte[] body) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server + path))
            .method(method, HttpRequest.BodyPublishers.ofByteArray(body));
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> {
          String lower = name.toLowerCase(Locale.ROOT);
          if (lower.equals("authorization") || lower.equals("content-type")) {
            builder.header(name, values.get(0));
          }
        });
    return builder.build();
  }

  private HttpResponse<byte[]> forward(HttpRequest request) {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
