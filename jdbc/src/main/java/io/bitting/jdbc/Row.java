package io.bitting.jdbc;

import io.bitting.seal.Bytes;
import io.bitting.seal.Seal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The row that a result stands at. What does not look as the product writes it is unreadable, which
 * is never taken for a value.
 */
final class Row {
  private final ResultSet results;

  Row(ResultSet results) {
    this.results = results;
  }

  /** A row was altered so much that it is no row of its kind any more. */
  static final class Unreadable extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    Unreadable(String column) {
      super("column " + column + " cannot be read");
    }
  }

  boolean isNull(String numberColumn) throws SQLException {
    results.getLong(numberColumn);
    return results.wasNull();
  }

  String text(String column) throws SQLException {
    return required(textOrNull(column), column);
  }

  @Nullable String textOrNull(String column) throws SQLException {
    return results.getString(column);
  }

  /** Reads a text of a certain form. */
  <T> T parsed(String column, Function<String, Optional<T>> parser) throws SQLException {
    return parser.apply(text(column)).orElseThrow(() -> new Unreadable(column));
  }

  /** Reads a text of a certain form, if there is one. */
  <T> @Nullable T parsedOrNull(String column, Function<String, Optional<T>> parser)
      throws SQLException {
    return textOrNull(column) == null ? null : parsed(column, parser);
  }

  /**
   * Reads a number; where there is none, zero. A sealed row in which a number is missing has
   * another seal, unless the number was zero.
   */
  long number(String column) throws SQLException {
    return results.getLong(column);
  }

  int smallNumber(String column) throws SQLException {
    long value = number(column);
    if (value != (int) value) {
      throw new Unreadable(column);
    }
    return (int) value;
  }

  /** Reads a length of time in whole days, if there is one. */
  Optional<Duration> daysOrNone(String column) throws SQLException {
    return isNull(column) ? Optional.empty() : Optional.of(Duration.ofDays(smallNumber(column)));
  }

  boolean flag(String column) throws SQLException {
    long value = number(column);
    if (value != 0 && value != 1) {
      throw new Unreadable(column);
    }
    return value == 1;
  }

  /** Reads a time as {@link #number} reads a number. */
  Instant time(String column) throws SQLException {
    return Instant.ofEpochMilli(number(column));
  }

  @Nullable Instant timeOrNull(String column) throws SQLException {
    long value = results.getLong(column);
    return results.wasNull() ? null : Instant.ofEpochMilli(value);
  }

  byte[] array(String column) throws SQLException {
    return required(results.getBytes(column), column);
  }

  Bytes bytes(String column) throws SQLException {
    return Bytes.of(array(column));
  }

  @Nullable Bytes bytesOrNull(String column) throws SQLException {
    byte[] value = results.getBytes(column);
    return value == null ? null : Bytes.of(value);
  }

  /**
   * Reads the columns {@code pepper_version} and {@code seal}, whatever stands before their names.
   */
  Seal seal(String before) throws SQLException {
    return new Seal(smallNumber(before + "pepper_version"), bytes(before + "seal"));
  }

  Seal seal() throws SQLException {
    return seal("");
  }

  private static <T> T required(@Nullable T value, String column) {
    if (value == null) {
      throw new Unreadable(column);
    }
    return value;
  }
}
