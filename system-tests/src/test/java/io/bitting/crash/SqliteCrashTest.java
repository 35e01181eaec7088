package io.bitting.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * On SQLite: no acknowledged key, revocation or audit event is lost at {@code kill -9} under eight
 * writers, and no change is there without its event. With {@code -Dbitting.crash.kills=200} it is
 * run at length: see docs/testing.md.
 */
final class SqliteCrashTest {
  @Test
  void serverKilledUnderEightWriters_losesNothing() {
    try (Site site = Site.Sqlite.fresh();
        Supervisor supervisor = Supervisor.of(site, Report.SEED)) {
      supervisor.run(Collections.nCopies(Report.KILLS, Blow.SERVER)).assertNothingLost();
    }
  }

  @Test
  void control_serverThatAcknowledgesBeforeItWrites_isFound() {
    try (Site site = Site.Sqlite.fresh();
        Supervisor supervisor = Supervisor.ofHasty(site, Report.SEED)) {
      Report report = supervisor.run(Collections.nCopies(10, Blow.SERVER));

      assertThat(report.findings())
          .isNotEmpty()
          .anyMatch(finding -> finding.contains("was acknowledged as"));
      System.out.println(
          "control, acknowledged before it was written: found at kill " + report.blows());
    }
  }

  /** Each alteration by itself, and a word of what the comparison has to say of it. */
  private static final Map<String, String> ALTERATIONS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry(
                  "DELETE FROM api_keys WHERE id = (SELECT min(id) FROM api_keys)", "is lost"),
              Map.entry(
                  "UPDATE api_keys SET state = 'active', revoked_at = NULL WHERE id = (SELECT min(id) FROM api_keys WHERE state = 'revoked')",
                  "was acknowledged as"),
              Map.entry(
                  "UPDATE api_keys SET purpose = 'x' WHERE id = (SELECT min(id) FROM api_keys)",
                  "but its"),
              Map.entry(
                  "DELETE FROM audit_events WHERE number = 5 AND chain <> 'installation'",
                  "does not follow"),
              Map.entry(
                  "UPDATE audit_events SET at = at + 1 WHERE number = 5 AND chain <> 'installation'",
                  "is not what its hash says"),
              Map.entry(
                  "UPDATE audit_heads SET number = number + 1 WHERE chain = 'installation'",
                  "its head says otherwise"),
              Map.entry(
                  "DELETE FROM key_secrets WHERE key_id = (SELECT min(id) FROM api_keys)",
                  "keys without a secret"),
              Map.entry("DELETE FROM grant_scopes", "grants without a scope"),
              Map.entry("DELETE FROM changes WHERE seq = 7", "the sequence of changes"),
              Map.entry(
                  "UPDATE catalogs SET version = version + 1 WHERE api = 'appsec'",
                  "the catalog was acknowledged"),
              Map.entry(
                  "INSERT INTO key_secrets (key_id, number, digest, created_at, expires_at, revision, pepper_version, seal) SELECT key_id, -1, digest, created_at, expires_at, revision, pepper_version, seal FROM key_secrets WHERE key_id = (SELECT min(id) FROM api_keys) AND number = 1",
                  "live secrets"),
              Map.entry("DELETE FROM first_answers", "keys without a first answer")));

  @Test
  void control_alteredRows_areEachFound() throws SQLException {
    try (Site.Sqlite site = Site.Sqlite.fresh()) {
      Memory memory = memoryOf(site);
      site.database().dropGuards();
      try (Connection connection = site.connect();
          Statement statement = connection.createStatement()) {
        connection.setAutoCommit(false);
        for (Map.Entry<String, String> alteration : ALTERATIONS.entrySet()) {
          assertThat(statement.executeUpdate(alteration.getKey()))
              .as(alteration.getKey())
              .isPositive();
          assertThat(Comparison.findings(memory, Evidence.read(connection)))
              .as(alteration.getKey())
              .anyMatch(finding -> finding.contains(alteration.getValue()));
          connection.rollback();
        }
        assertThat(Comparison.findings(memory, Evidence.read(connection))).isEmpty();
      }
    }
  }

  private static Memory memoryOf(Site site) {
    try (Supervisor supervisor = Supervisor.of(site, Report.SEED)) {
      assertThat(supervisor.run(List.of(Blow.SERVER, Blow.SERVER)).findings()).isEmpty();
      return supervisor.memory();
    }
  }
}
