package io.bitting.cli;

import io.bitting.client.Outcome;
import io.bitting.client.protocol.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads lists to their end. Stateless. */
final class Pages {
  /** More rows than this nobody reads; a list that grows while it is read also ends. */
  static final int ROWS_MAX = 100_000;

  private Pages() {}

  /** Asks for page after page. */
  static <T> List<T> all(Function<Optional<String>, Outcome<Page<T>>> ask) {
    return first(ROWS_MAX, ask).rows();
  }

  /** Asks for page after page until there are enough rows. */
  static <T> Some<T> first(int rowsMax, Function<Optional<String>, Outcome<Page<T>>> ask) {
    if (rowsMax < 1) {
      throw StopException.usage("--limit is " + rowsMax + "; a list has at least one row", "");
    }
    List<T> rows = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    do {
      Page<T> page = ask.apply(cursor).orThrow();
      rows.addAll(page.items());
      cursor = Optional.ofNullable(page.nextCursor());
    } while (cursor.isPresent() && rows.size() < rowsMax);
    boolean more = cursor.isPresent() || rows.size() > rowsMax;
    return new Some<>(rows.size() > rowsMax ? List.copyOf(rows.subList(0, rowsMax)) : rows, more);
  }

  /**
   * Rows of a list.
   *
   * @param rows the rows
   * @param more whether there are more
   */
  record Some<T>(List<T> rows, boolean more) {}
}
