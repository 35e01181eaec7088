package io.bitting.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** A database of a test's own, empty at first. To be closed after what was opened on it. */
public interface TestDatabase extends AutoCloseable {

  /** Opens it as the product does. */
  JdbcDatabase open();

  /** Connects behind the product's back. */
  Connection connect() throws SQLException;

  /** Takes out everything in the schema that keeps a writer of SQL from altering rows. */
  void dropGuards();

  /** Runs statements behind the product's back and commits. */
  default int execute(String sql, Object... values) {
    try (Connection connection = connect();
        Handle handle = Jdbi.open(connection)) {
      return handle.execute(sql, values);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Reads one number behind the product's back. */
  default long number(String sql, Object... values) {
    try (Connection connection = connect();
        Handle handle = Jdbi.open(connection)) {
      return handle.select(sql, values).mapTo(Long.class).one();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  void close();
}
