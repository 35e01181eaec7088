package io.bitting.samples.personnel;

import io.bitting.samples.Answer;
import io.bitting.samples.Call;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param limit how many things at most
 * @param after the number of the last thing before it
 */
record Page(int limit, long after) {
  static final int LIMIT = 50;
  static final int LIMIT_MAX = 200;
  static final SortedSet<String> QUERY = new TreeSet<>(List.of("limit", "cursor"));
  static final SortedSet<String> NO_QUERY = new TreeSet<>();

  private static final Pattern LIMITS = Pattern.compile("[1-9][0-9]{0,2}");
  private static final Pattern CURSORS = Pattern.compile("[0-9]{1,15}");

  /** Reads the query of a list; empty if it has no meaning. */
  static Optional<Page> of(Call call) {
    return of(call.query("limit").orElse(String.valueOf(LIMIT)), call.query("cursor").orElse("0"));
  }

  static Optional<Page> of(String limit, String cursor) {
    if (!LIMITS.matcher(limit).matches() || !CURSORS.matcher(cursor).matches()) {
      return Optional.empty();
    }
    Page page = new Page(Integer.parseInt(limit), Long.parseLong(cursor));
    return page.limit() <= LIMIT_MAX ? Optional.of(page) : Optional.empty();
  }

  /** Shows this part of some things, which are in the order of their numbers. */
  Answer of(Shelf shelf, List<Thing> things) {
    List<Thing> rest = things.stream().filter(thing -> thing.number() > after).toList();
    List<Thing> here = rest.stream().limit(limit).toList();
    Map<String, @Nullable Object> shown = new LinkedHashMap<>();
    shown.put("items", here.stream().map(shelf::shown).toList());
    shown.put("next_cursor", here.size() < rest.size() ? here.getLast().id() : null);
    return Answer.found(shown);
  }
}
