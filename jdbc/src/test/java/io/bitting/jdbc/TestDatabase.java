package io.bitting.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
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

  /** Returns SQL for bytes that are all zero. */
  String zeros(int length);

  /** Returns statements by which this database in particular might be led round its triggers. */
  List<String> waysRound(String grant, String api, String key);

  /** Does something behind the product's back. Each statement commits by itself. */
  default <T> T aside(Function<Handle, T> work) {
    try (Connection connection = connect();
        Handle handle = Jdbi.open(connection)) {
      return work.apply(handle);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Runs statements behind the product's back and commits. */
  default int execute(String sql, Object... values) {
    return aside(handle -> handle.execute(sql, values));
  }

  /** Reads one number behind the product's back. */
  default long number(String sql, Object... values) {
    return aside(handle -> handle.select(sql, values).mapTo(Long.class).one());
  }

  /** Returns statements that begin a transaction in which nobody else can write. */
  List<String> hold();

  /** Returns all that a table has, as text. */
  default String contents(String table) {
    return aside(handle ->
        handle
            .select("SELECT * FROM " + table)
            .map((results, context) -> text(results))
            .list()
            .stream()
            .sorted()
            .toList()
            .toString());
  }

  private static String text(ResultSet results) throws SQLException {
    StringBuilder text = new StringBuilder();
    for (int column = 1; column <= results.getMetaData().getColumnCount(); column++) {
      Object value = results.getObject(column);
      text.append(value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : value)
          .append('|');
    }
    return text.toString();
  }

  @Override
  void close();
}
