package io.bitting.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Goes through the rows of a result. */
final class Rows {
  /** How many rows the driver holds at a time. */
  private static final int FETCH_SIZE = 2_000;

  private Rows() {}

  /** Looks at the row that a result stands at. */
  @FunctionalInterface
  interface Look {
    void at(ResultSet results) throws SQLException;
  }

  /** Looks at every row in turn, without holding more than some of them. */
  static void each(Query query, Look look) {
    query
        .setFetchSize(FETCH_SIZE)
        .scanResultSet((supplier, context) -> {
          try (ResultSet results = supplier.get()) {
            while (results.next()) {
              look.at(results);
            }
          } finally {
            context.close();
          }
          return true;
        });
  }

  /** Gathers what a scan yields. */
  static <T> List<T> list(Consumer<Consumer<T>> scan) {
    List<T> rows = new ArrayList<>();
    scan.accept(rows::add);
    return rows;
  }

  /** Takes the first of what a scan yields. */
  static <T> Optional<T> first(Consumer<Consumer<T>> scan) {
    return list(scan).stream().findFirst();
  }

  static int flag(boolean value) {
    return value ? 1 : 0;
  }

  static @Nullable Long millis(@Nullable Instant time) {
    return time == null ? null : time.toEpochMilli();
  }
}
