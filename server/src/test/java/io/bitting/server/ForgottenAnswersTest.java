package io.bitting.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.bitting.fixtures.MutableClock;
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
      assertThat(made(server).status()).isEqualTo(201);

      clock.advance(Duration.ofHours(24).minusMillis(1));
      server.server().upkeep().runAll();
      assertThat(firstAnswers(server)).isOne();

      clock.advance(Duration.ofMillis(1));
      server.server().upkeep().runAll();
      assertThat(firstAnswers(server)).isZero();
      Problems.expect(made(server), 409, "slug_taken");
    }
  }

  private static TestServer.Reply made(TestServer server) {
    return server.postNamed(
        server.ownerToken(),
        "/v1/organizations",
        "\"a\"",
        TestServer.json("slug", "acme", "name", "Acme"));
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
