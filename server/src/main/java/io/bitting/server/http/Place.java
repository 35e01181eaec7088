package io.bitting.server.http;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A place in a list that has the newest first.
 *
 * @param at the time of the last entry of the page before
 * @param id that entry
 */
public record Place(Instant at, String id) {

  /**
   * Returns the cursor by which a list goes on; null if it ends here.
   *
   * @param rows the entries that were read: one more than the page shows, if there are as many
   * @param limit how many the page shows
   * @param place says where an entry stands
   * @param <T> the kind of entry
   */
  public static <T> @Nullable String next(List<T> rows, int limit, Function<T, Place> place) {
    return rows.size() > limit ? place.apply(rows.get(limit - 1)).cursor() : null;
  }

  /** Returns it as callers see it. */
  public String cursor() {
    return Cursor.encode(at.toEpochMilli() + "/" + id);
  }

  /**
   * Reads the text of a cursor.
   *
   * @param text what {@link Query#cursor} reads
   */
  public static Optional<Place> read(String text) {
    int slash = text.indexOf('/');
    if (slash < 1 || !text.substring(0, slash).matches("[0-9]{1,15}")) {
      return Optional.empty();
    }
    return Optional.of(
        new Place(
            Instant.ofEpochMilli(Long.parseLong(text.substring(0, slash))),
            text.substring(slash + 1)));
  }
}
