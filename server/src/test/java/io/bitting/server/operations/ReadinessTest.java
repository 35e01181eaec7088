package io.bitting.server.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bitting.jdbc.TestDatabases;
import io.bitting.server.Keysets;
import io.bitting.server.Problems;
import io.bitting.server.ServerSettings;
import io.bitting.server.Tenant;
import io.bitting.server.TestServer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** {@code /readyz}, {@code /livez}: what they say when storage is away, and when it is back. */
final class ReadinessTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Asks until the answer is as wanted; each answer takes a while, so this is no busy loop. */
  private static TestServer.Reply until(int status, Supplier<TestServer.Reply> ask) {
    long began = System.nanoTime();
    TestServer.Reply reply = ask.get();
    while (reply.status() != status && System.nanoTime() - began < PATIENCE.toNanos()) {
      reply = ask.get();
    }
    assertThat(reply.status()).as(reply.text()).isEqualTo(status);
    return reply;
  }

  @Test
  void ready_saysHowFarItIs() {
    TestServer server = TestServer.shared();
    TestServer.Reply ready = server.admin("GET", "/readyz");
    assertThat(ready.status()).isEqualTo(200);
    assertThat(ready.json().path("ready").asBoolean()).isTrue();
    assertThat(ready.json().path("keys").asInt()).isPositive();
    assertThat(ready.json().path("as_of").asText()).isEqualTo(server.position());
    assertThat(ready.json().path("age_ms").asLong()).isBetween(0L, 60_000L);
  }

  /** A node that is behind by more than it may be is not ready, and answers no check. */
  @Test
  void followerBehind_isNotReady_andNothingIsAllowed() {
    Path folder = TestServer.newFolder();
    ServerSettings settings = TestServer.settings(new ServerSettings.Sqlite(folder));
    TestServer first = TestServer.start(folder, settings);
    String token = first.ownerToken();
    first.stop();
    ServerSettings never =
        new ServerSettings(
            settings.database(),
            settings.edge(),
            settings.admin(),
            settings.grpc(),
            settings.pepperFile(),
            Duration.ZERO);
    try (TestServer server = TestServer.restart(folder, never, token)) {
      TestServer.Reply ready = server.admin("GET", "/readyz");
      assertThat(ready.status()).isEqualTo(503);
      assertThat(ready.json().path("ready").asBoolean()).isFalse();
      assertThat(server.admin("GET", "/livez").status()).isEqualTo(200);
      TestServer.Reply refused = server.get(token, "/v1/whoami");
      Problems.expect(refused, 503, "verification_unavailable");
      assertThat(refused.header("Retry-After")).isNotEmpty();
    }
  }

  /**
   * While the database is gone, known keys are answered as long as they may be and refused then;
   * when it is back, so is everything, unaided.
   */
  @Test
  void databaseGone_isNotReadySoon_andReadyAgainWhenItIsBack() throws Exception {
    Path folder = TestServer.newFolder();
    Path pepper = folder.resolve("pepper");
    Keysets.create(pepper, new SecureRandom());
    try (TestDatabases.Postgresql database = TestDatabases.postgresql()) {
      ServerSettings settings =
          TestServer.settings(
              new ServerSettings.Postgresql(database.url(), Optional.empty(), Optional.empty()));
      try (TestServer server =
          TestServer.start(
              folder,
              new ServerSettings(
                  settings.database(),
                  settings.edge(),
                  settings.admin(),
                  settings.grpc(),
                  Optional.of(pepper),
                  Duration.ofSeconds(2)))) {
        Tenant operator = server.operator();
        until(200, () -> server.admin("GET", "/readyz"));
        String before = server.position();
        allow(database.url(), false);
        JsonNode away = until(503, () -> server.admin("GET", "/readyz")).json();
        assertThat(away.path("ready").asBoolean()).isFalse();
        assertThat(away.path("as_of").asText()).isEqualTo(before);
        assertThat(away.path("age_ms").asLong()).isGreaterThanOrEqualTo(2_000);
        assertThat(server.admin("GET", "/livez").status()).isEqualTo(200);
        Problems.expect(
            server.get(server.ownerToken(), "/v1/whoami"), 503, "verification_unavailable");
        // Somebody unknown is not told so: he may have come meanwhile.
        Problems.expect(
            server.get(TestServer.unknownToken("bit"), "/v1/whoami"),
            503,
            "verification_unavailable");
        assertThat(server.admin("GET", "/metrics").text())
            .containsPattern("bitting_index_age_seconds ([2-9]|[0-9]{2,})[.]");
        allow(database.url(), true);
        until(200, () -> server.admin("GET", "/readyz"));
        assertThat(server.position()).isEqualTo(before);
        server.patch(server.ownerToken(), operator.path(""), "{\"name\":\"Back\"}").ok();
      }
    }
  }

  /** Lets nobody in, and those who are in out; or lets them in again. */
  private static void allow(String url, boolean allowed) throws SQLException {
    String name = url.replaceFirst(".*/([a-z0-9]+)[?].*", "$1");
    try (Connection connection =
            DriverManager.getConnection(url.replaceFirst("/[a-z0-9]+[?]", "/postgres?"));
        Statement statement = connection.createStatement()) {
      statement.execute("ALTER DATABASE " + name + " ALLOW_CONNECTIONS " + allowed);
      if (!allowed) {
        statement.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '"
                + name
                + "'");
      }
    }
  }
}
