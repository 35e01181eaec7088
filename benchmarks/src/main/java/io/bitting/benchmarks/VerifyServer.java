package io.bitting.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import io.bitting.client.protocol.VerifyAnswer;
import io.bitting.server.BittingServer;
import io.bitting.server.ServerSettings;
import io.bitting.server.http.EdgeSettings;
import io.bitting.server.http.Json;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/**
 * A server to be loaded: {@code /v1/verify} with keys of 500 distinct grants, and beside it, on the
 * same server, {@code /control/verify}, which reads and writes the same JSON and does nothing else.
 */
public final class VerifyServer {
  private static final int GRANTS = 500;
  private static final int KEYS = 2_000;

  private final HttpClient client = HttpClient.newHttpClient();
  private final int port;

  private VerifyServer(int port) {
    this.port = port;
  }

  /**
   * Runs until it is ended.
   *
   * @param args the folder for data, tokens and port
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path folder = Path.of(args[0]);
    ServerSettings settings =
        new ServerSettings(
            new ServerSettings.Sqlite(folder.resolve("data")),
            new EdgeSettings("127.0.0.1", 0, "", Optional.empty(), Set.of()),
            new ServerSettings.Address("127.0.0.1", 0),
            Optional.empty(),
            Duration.ofSeconds(60));
    BittingServer.Mount control =
        new BittingServer.Mount("/control", (vertx, authorizer, base) -> VerifyServer::control);
    BittingServer server = BittingServer.start(settings, List.of(control), Clock.systemUTC());
    VerifyServer self = new VerifyServer(server.port());
    self.populate(server.setupCodeIfNone().orElseThrow().text(), folder);
    Files.writeString(folder.resolve("port"), String.valueOf(server.port()));
    new CountDownLatch(1).await();
  }

  private static void control(HttpServerRequest request) {
    request
        .body()
        .onSuccess(body -> {
          JsonNode read = Json.read(body.getBytes());
          VerifyAnswer answer =
              new VerifyAnswer(
                  "allowed",
                  null,
                  new VerifyAnswer.ProvedKey(
                      "4fT9xQ2mZp7B", "4fT9xQ2mZp7B", read.path("api").asText(), null),
                  List.of(),
                  List.of(),
                  "4fT9xQ2mZp7B.1234");
          request
              .response()
              .putHeader("Content-Type", "application/json")
              .end(Buffer.buffer(Json.write(answer)));
        });
  }

  private void populate(String code, Path folder) throws IOException, InterruptedException {
    String owner =
        send("POST", "/v1/setup", "", "{\"code\":\"" + code + "\"}").path("token").asText();
    send("PUT", "/v1/apis/load", owner, "{\"name\":\"Load\",\"prefix\":\"load\"}");
    send("PUT", "/v1/apis/load/catalog", owner, catalog());
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < KEYS; i++) {
      int bits = i % GRANTS + 1;
      List<String> scopes = new ArrayList<>();
      scopes.add("\"t:all\"");
      for (int bit = 0; bit < 9; bit++) {
        if ((bits & (1 << bit)) != 0) {
          scopes.add("\"t:s" + bit + "\"");
        }
      }
      JsonNode key =
          send(
              "POST",
              "/v1/organizations/operator/api-keys",
              owner,
              "{\"api\":\"load\",\"name\":\"k"
                  + i
                  + "\",\"scopes\":["
                  + String.join(",", scopes)
                  + "]}");
      lines.add(key.path("token").asText());
    }
    Files.write(folder.resolve("tokens"), lines);
    JsonNode verifier =
        send(
            "POST",
            "/v1/organizations/operator/api-keys",
            owner,
            "{\"api\":\"bitting\",\"name\":\"verifier\",\"scopes\":[\"keys:verify\"],\"reach\":{\"verify\":[\"load\"]}}");
    Files.writeString(folder.resolve("verifier"), verifier.path("token").asText());
  }

  private static String catalog() {
    StringBuilder scopes = new StringBuilder();
    for (int bit = 0; bit < 9; bit++) {
      scopes
          .append(",{\"scope\":\"t:s")
          .append(bit)
          .append("\",\"category\":\"T\",\"access\":\"read\",\"description\":\"One.\"}");
    }
    return "{\"catalog\":1,\"api\":\"load\",\"name\":\"Load\",\"prefix\":\"load\",\"scopes\":[{\"scope\":\"t:all\",\"category\":\"T\",\"access\":\"read\",\"description\":\"All.\"}"
        + scopes
        + "]}";
  }

  private JsonNode send(String method, String path, String token, String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("Content-Type", "application/json");
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    HttpResponse<byte[]> response =
        client.send(
            request.method(method, HttpRequest.BodyPublishers.ofString(body)).build(),
            HttpResponse.BodyHandlers.ofByteArray());
    if (response.statusCode() >= 300) {
      throw new IllegalStateException(
          method + " " + path + " was answered " + response.statusCode());
    }
    return Json.read(response.body());
  }
}
