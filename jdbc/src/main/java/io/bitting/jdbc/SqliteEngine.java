package io.bitting.jdbc;

import io.bitting.store.Nodes;
import io.bitting.store.StoreException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.function.Function;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * SQLite in one file: one connection that writes, a few that read, each with a platform thread of
 * its own, because SQLite waits in native code and would hold up a virtual thread's carrier.
 */
final class SqliteEngine implements Engine {
  /** One of them may be busy for many seconds, loading everything. */
  private static final int READERS = 4;

  private static final int WAITING_MAX = 1024;

  /**
   * On every connection. NORMAL instead of FULL would lose committed transactions at a power cut.
   */
  private static final String SETTINGS =
      "?journal_mode=WAL&synchronous=FULL&foreign_keys=true&busy_timeout=5000";

  /**
   * Of the ledger, in which a power cut may cost the last batches: NORMAL waits for no disk at a
   * commit. The cache is 16 MB, for the hour that is being written.
   */
  private static final String USAGE_SETTINGS =
      "?journal_mode=WAL&synchronous=NORMAL&foreign_keys=true&busy_timeout=5000&cache_size=-16000";

  private static final int SQLITE_BUSY = 5;
  private static final int SQLITE_LOCKED = 6;

  private final String url;
  private final String migrations;
  private final SqliteThreads writer;
  private final SqliteThreads readers;

  SqliteEngine(Path file) {
    this(file, SETTINGS, "classpath:io/bitting/jdbc/sqlite", "bitting-sqlite");
  }

  /** Opens the file of the usage ledger. */
  static SqliteEngine ofUsage(Path file) {
    return new SqliteEngine(
        file, USAGE_SETTINGS, "classpath:io/bitting/jdbc/usage/sqlite", "bitting-usage");
  }

  private SqliteEngine(Path file, String settings, String migrations, String name) {
    this.migrations = migrations;
    if (file.toString().indexOf('?') >= 0) {
      throw new IllegalArgumentException(
          "data folder \""
              + file.getParent()
              + "\" has a question mark, after which the driver reads settings; choose another");
    }
    url = "jdbc:sqlite:" + file + settings;
    writer = new SqliteThreads(name + "-writer", 1, WAITING_MAX, this::open, this);
    readers = new SqliteThreads(name + "-reader", READERS, WAITING_MAX, this::open, this);
  }

  private Handle open() {
    try {
      return Jdbi.open(url);
    } catch (JdbiException e) {
      throw translate(e);
    }
  }

  @Override
  public Flyway migrations() {
    return Flyway.configure(SqliteEngine.class.getClassLoader())
        .dataSource(url, null, null)
        .locations(migrations)
        .load();
  }

  @Override
  public <R> R read(Function<? super Handle, ? extends R> work) {
    return readers.run(connection -> {
      Handle handle = connection.handle();
      try {
        handle.execute("BEGIN");
        return work.apply(handle);
      } catch (JdbiException e) {
        throw translate(e);
      } finally {
        endRead(connection);
      }
    });
  }

  private static void endRead(SqliteThreads.OwnConnection connection) {
    try {
      connection.handle().execute("ROLLBACK");
    } catch (JdbiException e) {
      connection.replace();
    }
  }

  @Override
  public <R> R readAtLength(Function<? super Handle, ? extends R> work) {
    return read(work);
  }

  @Override
  public <R> R write(Function<? super Handle, Outcome<R>> work) {
    return writer.run(connection -> {
      Handle handle = connection.handle();
      Outcome<R> outcome;
      try {
        handle.execute("BEGIN IMMEDIATE");
      } catch (JdbiException e) {
        throw translate(e);
      }
      try {
        outcome = work.apply(handle);
      } catch (JdbiException e) {
        rollback(connection);
        throw translate(e);
      } catch (RuntimeException | Error e) {
        rollback(connection);
        throw e;
      }
      if (outcome.commit()) {
        commit(connection);
      } else {
        rollback(connection);
      }
      return outcome.value();
    });
  }

  /**
   * Commits. If that fails and the transaction is still open, it is rolled back and nothing was
   * changed; else nobody knows.
   */
  private void commit(SqliteThreads.OwnConnection connection) {
    try {
      connection.handle().execute("COMMIT");
    } catch (JdbiException e) {
      StoreException failure = translate(e);
      if (!rollback(connection)) {
        throw new StoreException.CommitUnknown(
            "the commit failed, and whether it took place is unknown: " + failure.getMessage(),
            failure);
      }
      throw failure;
    }
  }

  /**
   * Rolls back. Where that fails the connection is replaced: what it knows of the file may be
   * wrong.
   */
  private static boolean rollback(SqliteThreads.OwnConnection connection) {
    try {
      connection.handle().execute("ROLLBACK");
      return true;
    } catch (JdbiException e) {
      connection.replace();
      return false;
    }
  }

  @Override
  public String forUpdate() {
    // The writing transaction is the only one.
    return "";
  }

  @Override
  public void lockName(Handle handle, long name) {
    // The writing transaction is the only one.
  }

  @Override
  public boolean tryLockName(Handle handle, long name) {
    // The writing transaction is the only one.
    return true;
  }

  @Override
  public void announce(Handle handle) {
    // SQLite wakes nobody; other processes poll.
  }

  @Override
  public void listen(Runnable wake) {
    // SQLite wakes nobody; other processes poll.
  }

  @Override
  public Nodes nodes(String id) {
    return new OnlyNode();
  }

  @Override
  public StoreException translate(Throwable failure) {
    return SqlFailure.translate(failure, SqliteEngine::classify);
  }

  private static SqlFailure classify(SQLException error) {
    String message = String.valueOf(error.getMessage());
    if (message.startsWith("[SQLITE_CONSTRAINT_UNIQUE]")
        || message.startsWith("[SQLITE_CONSTRAINT_PRIMARYKEY]")
        || message.startsWith("[SQLITE_CONSTRAINT_ROWID]")) {
      return SqlFailure.CONFLICT;
    }
    return error.getErrorCode() == SQLITE_BUSY || error.getErrorCode() == SQLITE_LOCKED
        ? SqlFailure.BUSY
        : SqlFailure.OTHER;
  }

  /** Returns what {@code PRAGMA synchronous} says on the connection that writes. */
  int synchronousOfWriter() {
    return writer.<Integer>run(connection ->
        connection.handle().createQuery("PRAGMA synchronous").mapTo(Integer.class).one());
  }

  @Override
  public void close() {
    readers.close();
    writer.close();
  }
}
