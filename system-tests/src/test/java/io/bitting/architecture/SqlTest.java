package io.bitting.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** SQL is written, not put together: what runs is a constant, and values are bound. */
final class SqlTest {

  @Test
  void jdbc_everyStatement_isConstant() throws IOException {
    List<String> sources = new ArrayList<>();
    try (Stream<Path> files =
        Files.walk(Module.JDBC.path().resolve(Path.of("src", "main", "java")))) {
      for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
        sources.add(Files.readString(file));
      }
    }

    Statements statements = Statements.read(sources);

    // The lists of keys, of members and of audit events are filtered: fixed conditions, as many as
    // there are filters.
    // The engine of PostgreSQL and its listener hand on what a caller in the same file wrote as a
    // constant.
    assertThat(statements.assembled())
        .containsExactlyInAnyOrder(
            "KeyPage.build: sql",
            "KeyPage.place: sql",
            "Members.page: sql",
            "AuditLog.filtered: sql",
            "PostgresqlEngine.run: settings",
            "PostgresqlListener.execute: sql");
    assertThat(statements.constant()).isGreaterThanOrEqualTo(50);
  }

  @Test
  void planted_assembledStatements_areFound() throws IOException {
    String source =
        """
        package planted;
        final class Planted {
          private static final String TABLE = "planted";
          private static final String ALL = "SELECT * FROM " + TABLE;
          private static final String ODD = "SELECT * FROM " + System.getProperty("table");
          private static final String NAMED = String.format("SELECT * FROM %s", TABLE);
          static String name;
          void good(org.jdbi.v3.core.Handle handle, boolean first) {
            handle.createQuery(ALL);
            handle.createQuery((ALL + " ORDER BY id") + engine.forUpdate());
            handle.createUpdate(first ? ALL : "DELETE FROM planted");
            handle.execute("DELETE FROM planted WHERE id = ?", name);
          }
          void bad(org.jdbi.v3.core.Handle handle, java.sql.Connection connection, String id) {
            handle.createQuery("SELECT * FROM planted WHERE id = '" + id + "'");
            handle.createUpdate(String.format("DELETE FROM planted WHERE id = '%s'", id));
            handle.createUpdate("DELETE FROM %s".formatted(id));
            handle.createQuery(ODD);
            handle.select(NAMED);
            handle.prepareBatch(name);
            handle.execute(id.isEmpty() ? ALL : id);
            connection.prepareStatement("SELECT ".concat(id));
          }
        }
        """;

    Statements statements = Statements.read(List.of(source));

    assertThat(statements.constant()).isEqualTo(4);
    assertThat(statements.assembled())
        .hasSize(8)
        .allMatch(each -> each.startsWith("Planted.bad: "));
  }
}
