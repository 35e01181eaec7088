package io.bitting.server.members;

import io.bitting.server.http.Cursor;
import java.time.Instant;
import java.util.Optional;

/**
 * A place in a list that has the newest first.
 *
 * @param at the time of the last entry of the page before
 * @param id that entry
 */
record Place(Instant at, String id) {

  String cursor() {
    return Cursor.encode(at.toEpochMilli() + "/" + id);
  }

  static Optional<Place> read(String text) {
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
