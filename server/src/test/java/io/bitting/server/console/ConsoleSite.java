package io.bitting.server.console;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The gallery on loopback as a browser finds it: each page below {@code /gallery}, its files, and
 * the headers that pages are sent with. What forms send is kept to be looked at.
 */
final class ConsoleSite implements AutoCloseable {
  private final HttpServer server;
  private final Map<String, Gallery.Shown> gallery;
  private final BlockingQueue<String> sent = new LinkedBlockingQueue<>();

  private ConsoleSite(HttpServer server) {
    this.server = server;
    gallery =
        Gallery.all().stream().collect(Collectors.toMap(Gallery.Shown::id, Function.identity()));
  }

  static ConsoleSite open() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    ConsoleSite site = new ConsoleSite(server);
    server.createContext("/", site::answer);
    server.start();
    return site;
  }

  String address(String path) {
    // WebAuthn and the clipboard want a name that browsers trust without TLS.
    return "http://localhost:" + server.getAddress().getPort() + path;
  }

  String page(Gallery.Shown shown) {
    return address("/gallery/" + shown.id());
  }

  /** Returns what forms sent, oldest first, each as method, path and body. */
  BlockingQueue<String> sent() {
    return sent;
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    Optional<Asset> asset = Asset.at(path);
    if (asset.isPresent()) {
      // Its address changes with its content.
      exchange.getResponseHeaders().set("Cache-Control", "max-age=31536000, immutable");
      answer(exchange, asset.get().mediaType(), asset.get().bytes());
    } else if (path.startsWith("/gallery/")) {
      Gallery.Shown shown = gallery.get(path.substring("/gallery/".length()));
      answer(exchange, "text/html; charset=utf-8", ConsolePages.html(shown.frame(), shown.page()));
    } else {
      sent.add(
          exchange.getRequestMethod()
              + " "
              + exchange.getRequestURI()
              + " "
              + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
      answer(
          exchange,
          path.equals("/v1/whoami") ? "application/json" : "text/html; charset=utf-8",
          (path.equals("/v1/whoami")
                  ? "{\"key\":{\"name\":\"nightly-import\"}}"
                  : "<!doctype html><html lang=\"en\"><title>Elsewhere</title><h1>Elsewhere</h1>")
              .getBytes(StandardCharsets.UTF_8));
    }
  }

  private static void answer(HttpExchange exchange, String type, byte[] body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.getResponseHeaders().set("Content-Security-Policy", ConsolePages.POLICY);
    exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
    exchange.sendResponseHeaders(200, body.length);
    try (exchange) {
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
