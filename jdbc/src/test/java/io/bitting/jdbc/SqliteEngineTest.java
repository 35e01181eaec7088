package io.bitting.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bitting.store.StoreException;
import java.nio.file.Path;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What only SQLite needs: its settings on every connection, one writer, and no trust in a
 * connection after a failed commit.
 */
final class SqliteEngineTest {
  private TestDatabases.Sqlite database;
  private JdbcDatabase opened;
  private Engine engine;

  @BeforeEach
  void open() {
    database = TestDatabases.emptySqlite();
    opened = database.open();
    engine = opened.engine();
  }

  @AfterEach
  void close() {
    opened.close();
    database.close();
  }

  private static String pragma(Handle handle, String name) {
    return handle.createQuery("PRAGMA " + name).mapTo(String.class).one();
  }

  private String writers(String pragma) {
    return engine.write(handle -> new Engine.Outcome<>(pragma(handle, pragma), false));
  }

  private String readers(String pragma) {
    return engine.<String>read(handle -> pragma(handle, pragma));
  }

  /** NORMAL (1) loses acknowledged commits at a power cut. */
  @Test
  void everyConnection_isFullySynchronousInWalMode() {
    assertThat(writers("synchronous")).isEqualTo("2");
    for (String pragma : List.of("journal_mode=wal", "foreign_keys=1", "busy_timeout=5000")) {
      String name = pragma.substring(0, pragma.indexOf('='));
      assertThat(name + "=" + writers(name)).isEqualTo(pragma);
      assertThat(name + "=" + readers(name)).isEqualTo(pragma);
    }
  }

  /**
   * A commit that fails so that no transaction is left to roll back: nobody knows what became of
   * it, and the connection is not used again.
   */
  @Test
  void write_commitThatFailsAndLeavesNothing_isUnknown() {
    assertThatExceptionOfType(StoreException.CommitUnknown.class)
        .isThrownBy(() ->
            engine.write(handle -> {
              handle.execute("PRAGMA synchronous");
              handle.execute("ROLLBACK");
              return new Engine.Outcome<>("done", true);
            }));
    assertThat(writers("synchronous")).isEqualTo("2");
    assertThat(writers("foreign_keys")).isEqualTo("1");
  }

  @Test
  void read_cannotWaitForItself() {
    assertThatThrownBy(() -> engine.<String>read(handle -> writers("synchronous")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("do not nest");
  }

  @Test
  void folderWithAQuestionMark_isRefused() {
    assertThatThrownBy(() -> new SqliteEngine(Path.of("what?", "bitting.db")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("question mark");
  }
}
