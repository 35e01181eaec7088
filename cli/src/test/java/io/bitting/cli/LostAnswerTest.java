package io.bitting.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.bitting.server.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A connection that breaks after the server has made what was asked for, and before its answer is
 * there: nothing is made twice, and whoever asked learns that the secret is lost.
 */
final class LostAnswerTest {
  private static final Set<String> HOP_BY_HOP =
      Set.of("connection", "content-length", "host", "upgrade", "http2-settings");

  @TempDir private Path folder;

  /** Stands before a server and loses the first answer to a POST. */
  private static final class LosingFront implements AutoCloseable {
    private final HttpServer front;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicInteger posts = new AtomicInteger();

    LosingFront(TestServer server) throws IOException {
      front = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      front.setExecutor(threads);
      front.createContext("/", exchange -> pass(exchange, server));
      front.start();
    }

    private void pass(HttpExchange exchange, TestServer server) throws IOException {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(server.uri(exchange.getRequestURI().toString()))
              .method(
                  exchange.getRequestMethod(),
                  HttpRequest.BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
      exchange
          .getRequestHeaders()
          .forEach((name, values) -> {
            if (!HOP_BY_HOP.contains(name.toLowerCase(Locale.ROOT))) {
              values.forEach(value -> request.header(name, value));
            }
          });
      try (exchange) {
        HttpResponse<byte[]> answer =
            client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        if (exchange.getRequestMethod().equals("POST") && posts.getAndIncrement() == 0) {
          return;
        }
        exchange
            .getResponseHeaders()
            .set("Content-Type", answer.headers().firstValue("Content-Type").orElse(""));
        exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
        exchange.getResponseBody().write(answer.body());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    String url() {
      return "http://127.0.0.1:" + front.getAddress().getPort();
    }

    @Override
    public void close() {
      front.stop(0);
      threads.shutdownNow();
      client.close();
    }
  }

  private Cli.Result run(TestServer server, String... args) throws IOException {
    try (LosingFront front = new LosingFront(server)) {
      Cli.Result result =
          new Cli(folder)
              .env("BITTING_URL", front.url())
              .env("BITTING_TOKEN", server.ownerToken())
              .run(args);
      assertThat(front.posts).hasValue(2);
      return result;
    }
  }

  @Test
  void keysCreate_answerLost_makesOneKeyAndSaysThatItsTokenIsLost() throws IOException {
    try (TestServer server = TestServer.start()) {
      server.operator().key(server.api(), "bot");
      String api = server.operator().keys().get(0).path("api").asText();
      for (List<String> how : List.of(List.<String>of(), List.of("--quiet"), List.of("--json"))) {
        String name = "lost " + how;
        int before = server.operator().keys().size();
        String[] args =
            Stream.concat(
                    Stream.of("keys", "create", "--api", api, "--name", name, "--scope", "bot"),
                    how.stream())
                .toArray(String[]::new);

        Cli.Result result = run(server, args);

        assertThat(result.code()).isEqualTo(ExitCode.FAILURE);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
            .contains("was lost with the connection and exists nowhere else; the key exists")
            .contains("bitting keys revoke " + server.operator().keys().get(0).path("id").asText());
        assertThat(server.operator().keys()).hasSize(before + 1);
      }
    }
  }

  @Test
  void organizationsCreate_answerLost_saysHowToGetAnotherCode() throws IOException {
    try (TestServer server = TestServer.start()) {
      Cli.Result made = run(server, "organizations", "create", "acme");
      assertThat(made.code()).isEqualTo(ExitCode.FAILURE);
      assertThat(made.out()).isEmpty();
      assertThat(made.err())
          .contains("the setup code of organization acme was lost with the connection")
          .contains("bitting organizations setup-code acme");

      Cli.Result code = run(server, "organizations", "setup-code", "acme");
      assertThat(code.code()).isEqualTo(ExitCode.FAILURE);
      assertThat(code.err()).contains("was lost with the connection").contains("setup-code acme");
    }
  }
}
