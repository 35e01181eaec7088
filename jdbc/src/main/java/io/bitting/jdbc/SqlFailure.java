package io.bitting.jdbc;

import io.bitting.store.StoreException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.function.Function;

/** What a failed statement means to the port. */
enum SqlFailure {
  /** Begin again. */
  RETRY,
  /** A rule of uniqueness was broken. */
  CONFLICT,
  /** Something was waited for too long. */
  BUSY,
  /** Anything else. */
  OTHER;

  /** Finds the database's own error beneath what a library threw, and says what it means. */
  static StoreException translate(
      Throwable failure, Function<SQLException, SqlFailure> classifier) {
    if (failure instanceof StoreException known) {
      return known;
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLTransientConnectionException none) {
        return new StoreException.Busy(
            "no connection to the database became free", withoutValues(none));
      }
      if (cause instanceof SQLException error) {
        return classifier.apply(error).toException(withoutValues(error));
      }
    }
    return new StoreException("the database failed: " + failure.getClass().getSimpleName());
  }

  /**
   * Copies an error without its details: below its first line a database repeats whole rows,
   * digests included.
   */
  static SQLException withoutValues(SQLException error) {
    SQLException copy =
        new SQLException(firstLine(error), error.getSQLState(), error.getErrorCode());
    copy.setStackTrace(error.getStackTrace());
    return copy;
  }

  private static String firstLine(SQLException error) {
    String message = error.getMessage();
    return message == null
        ? error.getClass().getSimpleName()
        : message.lines().findFirst().orElse("");
  }

  private StoreException toException(SQLException cause) {
    return switch (this) {
      case RETRY ->
          new AskedToRetry("the database asks to begin again: " + cause.getMessage(), cause);
      case CONFLICT ->
          new StoreException.Conflict(
              "a value that must be unique is taken: " + cause.getMessage(), cause);
      case BUSY ->
          new StoreException.Busy("the database is too busy: " + cause.getMessage(), cause);
      case OTHER -> new StoreException("the database failed: " + cause.getMessage(), cause);
    };
  }
}
