package io.bitting.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.bitting.fixtures.MutableClock;
import java.net.http.HttpRequest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is kept of a named request goes once its time is over. */
final class ForgottenAnswersTest {
  @Test
  void upkeep_after24Hours_forgetsFirstAnswers() throws SQLException {
    MutableClock clock = new MutableClock();
    try (TestServer server = TestServer.start(clock, List.of())) {
      HttpRequest named =
          server
              .request(server.ownerToken(), "/v1/organizations")
              .header("Content-Type", "application/json")
              .header("Idempotency-Key", "\"a\"")
              .POST(
                  HttpRequest.BodyPublishers.ofString(
                      TestServer.json("slug", "acme", "name", "Acme")))
              .build();
      assertThat(server.send(named).status()).isEqualTo(201);

      clock.advance(Duration.ofHours(24).minusMillis(1));
      server.server().upkeep().runAll();
      assertThat(firstAnswers(server)).isOne();

      clock.advance(Duration.ofMillis(1));
      server.server().upkeep().runAll();
      assertThat(firstAnswers(server)).isZero();
      Problems.expect(server.send(named), 409, "slug_taken");
    }
  }

  private static int firstAnswers(TestServer server) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + server.folder().resolve("bitting.db"));
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT count(*) FROM first_answers")) {
      return rows.getInt(1);
    }
  }
}
