package io.bitting.jdbc;

import java.lang.System.Logger;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * Listens on a connection of its own and wakes when PostgreSQL says that a change was committed. A
 * wake-up only: what is missed while no connection listens is found by the next poll.
 */
final class PostgresqlListener implements AutoCloseable {
  private static final Logger LOG = System.getLogger(PostgresqlListener.class.getName());
  private static final int WAIT_MILLIS = 500;
  private static final int WAITS_BETWEEN_PROBES = 10;
  private static final int PROBE_SECONDS = 5;

  private final DataSource dataSource;
  private final Runnable wake;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;

  PostgresqlListener(DataSource dataSource, Runnable wake) {
    this.dataSource = dataSource;
    this.wake = wake;
    this.thread = new Thread(this::run, "bitting-postgresql-listener");
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  private void run() {
    try {
      do {
        listenUntilFailure();
      } while (!closed.await(1, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      // Nobody but close() has this thread to interrupt, and the latch says so first.
      Thread.currentThread().interrupt();
    }
  }

  private void listenUntilFailure() {
    try (Connection connection = dataSource.getConnection()) {
      PGConnection notified = connection.unwrap(PGConnection.class);
      execute(connection, "LISTEN " + PostgresqlEngine.CHANNEL);
      // What was announced while nobody listened is not announced again.
      wake.run();
      try {
        listen(connection, notified);
      } finally {
        execute(connection, "UNLISTEN *");
      }
    } catch (SQLException e) {
      LOG.log(
          Logger.Level.INFO,
          "not listening for changes, which are polled for instead: {0}",
          e.getMessage());
    }
  }

  private void listen(Connection connection, PGConnection notified) throws SQLException {
    int waits = 0;
    while (closed.getCount() > 0) {
      PGNotification[] notifications = notified.getNotifications(WAIT_MILLIS);
      if (notifications != null && notifications.length > 0) {
        wake.run();
      }
      // A connection whose other end has vanished stays silent for ever; asking tells.
      if (++waits % WAITS_BETWEEN_PROBES == 0 && !connection.isValid(PROBE_SECONDS)) {
        return;
      }
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Ends the listening and gives the connection back. */
  @Override
  public void close() {
    closed.countDown();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
