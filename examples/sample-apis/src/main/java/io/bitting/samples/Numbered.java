package io.bitting.samples;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Things of one kind, in the order in which they were made, with ids that count from 1. An id is
 * never given again.
 *
 * <p>Not thread-safe: it lives in a workspace, whose calls are answered one at a time.
 *
 * @param <T> the kind of thing
 */
public final class Numbered<T> {
  /** How many things there may be of one kind, so that no key fills the memory. */
  public static final int COUNT_MAX = 1_000;

  private final String what;
  private final String path;
  private final Map<String, T> things = new LinkedHashMap<>();
  private int last;

  /**
   * Makes an empty collection.
   *
   * @param what what each of the things is, {@code scan}
   * @param path the path of them all, {@code /scans}
   */
  public Numbered(String what, String path) {
    this.what = what;
    this.path = path;
  }

  /**
   * Makes a thing, without a limit: for the data that every organization starts with.
   *
   * @param maker makes it out of its id
   */
  public T add(Function<String, T> maker) {
    String id = String.valueOf(++last);
    T thing = maker.apply(id);
    things.put(id, thing);
    return thing;
  }

  /**
   * Makes a thing and answers with it; a conflict if there are too many.
   *
   * @param maker makes it out of its id
   * @param view how to show it
   */
  public Answer create(Function<String, T> maker, Function<T, ?> view) {
    if (things.size() >= COUNT_MAX) {
      return Answer.conflict(
          "There are "
              + COUNT_MAX
              + " of the kind "
              + what
              + ", which is the limit; delete one first.");
    }
    T thing = add(maker);
    return new Answer.Created(path + "/" + last, view.apply(thing));
  }

  /**
   * Answers a call for one thing; not found if there is none by that id.
   *
   * @param id the id
   * @param action answers if there is one
   */
  public Answer at(String id, Function<T, Answer> action) {
    T thing = things.get(id);
    return thing == null ? Answer.notFound(what, id) : action.apply(thing);
  }

  /**
   * Finds a thing.
   *
   * @param id the id
   */
  public Optional<T> find(String id) {
    return Optional.ofNullable(things.get(id));
  }

  /**
   * Puts another thing in the place of one.
   *
   * @param id the id that both have
   * @param thing the new one
   */
  public T replace(String id, T thing) {
    things.put(id, thing);
    return thing;
  }

  /**
   * Deletes a thing and answers so.
   *
   * @param id its id
   */
  public Answer delete(String id) {
    return things.remove(id) == null ? Answer.notFound(what, id) : new Answer.Nothing();
  }

  /** Returns them all, oldest first. */
  public List<T> all() {
    return new ArrayList<>(things.values());
  }
}
