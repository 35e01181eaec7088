package io.bitting.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bitting.server.ServerSettings;
import io.bitting.server.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} loses what was counted since the ledger was last written, and nothing else: what
 * was there stays, and the window in which something may be missing is marked.
 */
final class UsageCrashTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int WRITTEN = 60;
  private static final int WAITING = 25;

  private final HttpClient client = HttpClient.newHttpClient();

  @TempDir private Path data;
  @TempDir private Path logs;

  private ChildServer start() {
    return ChildServer.start(ChildJvm.command(), List.of("sqlite", data.toString()), logs);
  }

  private JsonNode send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
      return MAPPER.readTree(response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static HttpRequest.Builder to(ChildServer server, String token, String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.base() + path)).timeout(Duration.ofSeconds(20));
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }

  private JsonNode post(ChildServer server, String token, String path, String json) {
    return send(
        to(server, token, path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json)));
  }

  private void use(ChildServer server, String token, int times) {
    for (int i = 0; i < times; i++) {
      send(to(server, token, "/v1/whoami").GET());
    }
  }

  private JsonNode usage(ChildServer server, String owner, String path) {
    return send(to(server, owner, path).GET());
  }

  private static long counted(JsonNode usage) {
    return usage.at("/uses/0/allowed").asLong();
  }

  @Test
  void serverKilled_losesOneIntervalOfCountsAtMost() {
    String owner;
    String token;
    String path;
    try (ChildServer server = start()) {
      JsonNode setUp =
          post(server, "", "/v1/setup", TestServer.json("code", server.setupCode().orElseThrow()));
      owner = setUp.path("token").asText();
      String keys = "/v1/organizations/" + setUp.at("/organization/id").asText() + "/api-keys";
      JsonNode made =
          post(
              server,
              owner,
              keys,
              TestServer.json("api", "bitting", "name", "used", "scopes", List.of("org:read")));
      token = made.path("token").asText();
      path = keys + "/" + made.path("id").asText() + "/usage";
      use(server, token, WRITTEN);
      // Within one interval all of it is in the ledger.
      long end = System.nanoTime() + 2 * ServerSettings.USAGE_EVERY.toNanos();
      while (counted(usage(server, owner, path)) < WRITTEN && System.nanoTime() < end) {
        LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
      }
      assertThat(counted(usage(server, owner, path))).isEqualTo(WRITTEN);
      use(server, token, WAITING);
      server.kill();
    }

    try (ChildServer server = start()) {
      JsonNode usage = usage(server, owner, path);
      assertThat(counted(usage)).isBetween((long) WRITTEN, (long) WRITTEN + WAITING);
      assertThat(usage.path("complete").asBoolean()).isFalse();
      // The key itself, its secret and its last use as far as it was written are there.
      use(server, token, 1);
      assertThat(usage.at("/last_use/at").isTextual()).isTrue();
    }
  }
}
