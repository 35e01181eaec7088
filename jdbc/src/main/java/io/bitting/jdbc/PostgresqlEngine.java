package io.bitting.jdbc;

import io.bitting.store.Nodes;
import io.bitting.store.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Function;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/** PostgreSQL behind a data source, which is the user's and stays open. */
final class PostgresqlEngine implements Engine {

  /* Writing transactions are READ COMMITTED, so that what is read under a lock is the newest. What
   * is sealed together is read by one statement, and so is of one moment all the same. Reading ones
   * are READ WRITE too, which a replica refuses: it shows commits late and in another order, and
   * would let a revoked key live. */
  private static final String BEGIN_WRITE =
      """
      SET TRANSACTION ISOLATION LEVEL READ COMMITTED, READ WRITE;
      SET LOCAL lock_timeout = '4s';
      SET LOCAL statement_timeout = '8s';
      SET LOCAL idle_in_transaction_session_timeout = '30s'
      """;

  private static final String BEGIN_READ =
      """
      SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ WRITE;
      SET LOCAL statement_timeout = '8s'
      """;

  private static final String BEGIN_READ_AT_LENGTH =
      """
      SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ WRITE;
      SET LOCAL statement_timeout = 0
      """;

  /** Names what listens and what notifies. */
  static final String CHANNEL = "bitting_changes";

  private final DataSource dataSource;
  private final String history;
  private final String migrations;
  private final Jdbi jdbi;
  private @Nullable PostgresqlListener listener;
  private volatile boolean closed;

  PostgresqlEngine(DataSource dataSource) {
    this(dataSource, "flyway_schema_history", "classpath:io/bitting/jdbc/postgresql");
  }

  /** Opens the tables of the usage ledger, whose versions are counted apart. */
  static PostgresqlEngine ofUsage(DataSource dataSource) {
    return new PostgresqlEngine(
        dataSource, "usage_schema_history", "classpath:io/bitting/jdbc/usage/postgresql");
  }

  private PostgresqlEngine(DataSource dataSource, String history, String migrations) {
    this.dataSource = dataSource;
    this.history = history;
    this.migrations = migrations;
    this.jdbi = Jdbi.create(dataSource);
  }

  @Override
  public Flyway migrations() {
    return Flyway.configure(PostgresqlEngine.class.getClassLoader())
        .dataSource(dataSource)
        .table(history)
        .locations(migrations)
        // The tables of the one are there when those of the other are made.
        .baselineOnMigrate(!history.startsWith("flyway"))
        .baselineVersion("0")
        .load();
  }

  @Override
  public <R> R read(Function<? super Handle, ? extends R> work) {
    return read(BEGIN_READ, work);
  }

  @Override
  public <R> R readAtLength(Function<? super Handle, ? extends R> work) {
    return read(BEGIN_READ_AT_LENGTH, work);
  }

  private <R> R read(String settings, Function<? super Handle, ? extends R> work) {
    return this.<R>run(settings, handle -> new Outcome<R>(work.apply(handle), false));
  }

  @Override
  public <R> R write(Function<? super Handle, Outcome<R>> work) {
    return run(BEGIN_WRITE, work);
  }

  private <R> R run(String settings, Function<? super Handle, Outcome<R>> work) {
    if (closed) {
      throw new StoreException("the database is closed");
    }
    try (Handle handle = jdbi.open()) {
      Connection connection = handle.getConnection();
      connection.setAutoCommit(false);
      try {
        handle.execute(settings);
        Outcome<R> outcome = work.apply(handle);
        if (outcome.commit()) {
          commit(connection);
        }
        return outcome.value();
      } finally {
        end(connection);
      }
    } catch (JdbiException | SQLException e) {
      throw translate(e);
    }
  }

  /**
   * Commits. An answer that says no leaves nothing changed; no answer leaves everybody ignorant.
   */
  private void commit(Connection connection) {
    try {
      connection.commit();
    } catch (SQLException e) {
      StoreException failure = translate(e);
      if (isAnswer(e)) {
        throw failure;
      }
      throw new StoreException.CommitUnknown(
          "the connection was lost in the commit, and whether it took place is unknown: "
              + failure.getMessage(),
          failure);
    }
  }

  /**
   * Tells whether the database itself refused to commit: a broken constraint (23), a clash of
   * transactions (40), a transaction that failed before (25).
   */
  private static boolean isAnswer(SQLException error) {
    String state = String.valueOf(error.getSQLState());
    return state.startsWith("23") || state.startsWith("40") || state.startsWith("25");
  }

  /**
   * Leaves the connection as it came. What fails here is of no account: a broken connection is not
   * given out again, and rolls back by itself.
   */
  private static void end(Connection connection) {
    try {
      connection.rollback();
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      abandon(connection);
    }
  }

  private static void abandon(Connection connection) {
    try {
      connection.abort(Runnable::run);
    } catch (SQLException e) {
      // It is given up because it is broken; that it cannot be closed either changes nothing.
    }
  }

  @Override
  public String forUpdate() {
    return " FOR UPDATE";
  }

  @Override
  public void lockName(Handle handle, long name) {
    handle.createQuery("SELECT pg_advisory_xact_lock(:name)").bind("name", name).mapToMap().one();
  }

  @Override
  public boolean tryLockName(Handle handle, long name) {
    return handle
        .createQuery("SELECT pg_try_advisory_xact_lock(:name)")
        .bind("name", name)
        .mapTo(Boolean.class)
        .one();
  }

  @Override
  public void announce(Handle handle) {
    handle.createQuery("SELECT pg_notify(:channel, '')").bind("channel", CHANNEL).mapToMap().one();
  }

  @Override
  public synchronized void listen(Runnable wake) {
    if (!closed && listener == null) {
      listener = new PostgresqlListener(dataSource, wake);
      listener.start();
    }
  }

  @Override
  public Nodes nodes(String id) {
    return new PostgresqlNodes(this, id);
  }

  @Override
  public StoreException translate(Throwable failure) {
    return SqlFailure.translate(failure, PostgresqlEngine::classify);
  }

  private static SqlFailure classify(SQLException error) {
    return switch (String.valueOf(error.getSQLState())) {
      // A serialization failure, a deadlock.
      case "40001", "40P01" -> SqlFailure.RETRY;
      case "23505" -> SqlFailure.CONFLICT;
      // A lock not to be had in time, a statement that took too long, too many connections.
      case "55P03", "57014", "53300" -> SqlFailure.BUSY;
      default -> SqlFailure.OTHER;
    };
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (listener != null) {
      listener.close();
    }
  }
}
