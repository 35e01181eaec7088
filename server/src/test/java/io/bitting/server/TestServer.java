package io.bitting.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bitting.server.docs.Exchange;
import io.bitting.server.docs.OpenApiContract;
import io.bitting.server.http.EdgeSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A real server on a free port with a database of its own, its first owner set up, and a client for
 * it that holds every answer against the OpenAPI document.
 */
public final class TestServer implements AutoCloseable {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final OpenApiContract CONTRACT = OpenApiContract.ofDocument();

  private final Path folder;
  private final BittingServer server;
  private final List<BittingServer.Mount> mounts;
  private final HttpClient client = HttpClient.newHttpClient();
  private final String ownerToken;

  /** What was answered. */
  public record Reply(int status, HttpResponse<byte[]> response) {
    public JsonNode json() {
      try {
        return MAPPER.readTree(response.body());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    public String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    public String text() {
      return new String(response.body(), java.nio.charset.StandardCharsets.UTF_8);
    }
  }

  private TestServer(Path folder, BittingServer server, List<BittingServer.Mount> mounts) {
    this.folder = folder;
    this.server = server;
    this.mounts = mounts;
    String code = server.setupCodeIfNone().orElseThrow().text();
    Reply reply = post("", "/v1/setup", "{\"code\":\"" + code + "\"}");
    if (reply.status() != 201) {
      throw new AssertionError(reply.text());
    }
    this.ownerToken = reply.json().path("token").asText();
  }

  /** Starts a server on SQLite in a new folder. */
  public static TestServer start() {
    return start(Clock.systemUTC(), List.of());
  }

  /** Starts a server on SQLite in a new folder. */
  public static TestServer start(Clock clock, List<BittingServer.Mount> mounts) {
    try {
      Path folder = Files.createTempDirectory("bitting-test");
      return new TestServer(
          folder,
          BittingServer.start(settings(new ServerSettings.Sqlite(folder)), mounts, clock),
          mounts);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Listens on free loopback ports. */
  public static ServerSettings settings(ServerSettings.Database database) {
    return new ServerSettings(
        database,
        new EdgeSettings("127.0.0.1", 0, "", Optional.empty(), Set.of()),
        new ServerSettings.Address("127.0.0.1", 0),
        Optional.empty(),
        Duration.ofSeconds(60));
  }

  public BittingServer server() {
    return server;
  }

  public Path folder() {
    return folder;
  }

  /** Returns the token of the first owner, which reaches everything. */
  public String ownerToken() {
    return ownerToken;
  }

  public URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  public Reply get(String token, String path) {
    return send(request(token, path).GET().build());
  }

  public Reply post(String token, String path, String json) {
    return send("POST", token, path, "application/json", json);
  }

  public Reply send(String method, String token, String path, String mediaType, String body) {
    Reply reply =
        send(
            request(token, path)
                .header("Content-Type", mediaType)
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build());
    check(Exchange.of(reply.response()).sent(mediaType, body));
    return reply;
  }

  /** Begins a request; without a token if it is empty. */
  public HttpRequest.Builder request(String token, String path) {
    HttpRequest.Builder builder = HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(30));
    return token.isEmpty() ? builder : builder.header("Authorization", "Bearer " + token);
  }

  public Reply send(HttpRequest request) {
    try {
      HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
      check(Exchange.of(response));
      return new Reply(response.statusCode(), response);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void check(Exchange exchange) {
    if (mounts.stream().noneMatch(mount -> exchange.target().startsWith(mount.path() + "/"))) {
      CONTRACT.check(exchange);
    }
  }

  @Override
  public void close() {
    client.close();
    server.close();
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
