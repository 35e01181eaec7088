package io.bitting.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** On PostgreSQL, where the database is killed as well: the same as {@link SqliteCrashTest}. */
final class PostgresqlCrashTest {
  @Test
  void serverOrDatabaseKilledUnderEightWriters_losesNothing() {
    List<Blow> blows = new ArrayList<>(Collections.nCopies(Report.KILLS, Blow.SERVER));
    blows.addAll(Collections.nCopies(Math.max(2, Report.KILLS / 5), Blow.BACKEND));
    blows.addAll(Collections.nCopies(Math.max(2, Report.KILLS / 10), Blow.DATABASE));
    try (Site site = PostgresqlSite.fresh();
        Supervisor supervisor = Supervisor.of(site, Report.SEED)) {
      supervisor.run(blows).assertNothingLost();
    }
  }

  @Test
  void control_databaseThatCommitsBeforeItWrites_isFound() {
    try (PostgresqlSite site = PostgresqlSite.forgetful();
        Supervisor supervisor = Supervisor.of(site, Report.SEED)) {
      site.checkpoint();
      Report report = supervisor.run(Collections.nCopies(10, Blow.DATABASE));

      assertThat(report.findings())
          .isNotEmpty()
          .anyMatch(finding -> finding.contains("was acknowledged and is lost"));
      System.out.println(
          "control, committed before it was written: found at kill " + report.blows());
    }
  }
}
