package io.bitting.client;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which keys of a review to show. Each method returns another query; {@link #usual} shows those
 * that are to be decided about, by what was used in the last 90 days.
 *
 * <p>Immutable and thread-safe.
 */
public final class ReviewQuery {
  private static final ReviewQuery USUAL = new ReviewQuery(Map.of());

  private final Map<String, String> parameters;

  private ReviewQuery(Map<String, String> parameters) {
    this.parameters = parameters;
  }

  /** Returns the query for what is to be decided. */
  public static ReviewQuery usual() {
    return USUAL;
  }

  /**
   * Wants another time to count.
   *
   * @param window the time
   */
  public ReviewQuery window(Window window) {
    Map<String, String> more = new LinkedHashMap<>(parameters);
    more.putAll(window.parameters());
    return new ReviewQuery(Collections.unmodifiableMap(more));
  }

  /**
   * Wants other keys.
   *
   * @param which {@code open}, {@code decided} or {@code all}
   */
  public ReviewQuery show(String which) {
    return with("show", which);
  }

  /**
   * Bounds the list.
   *
   * @param keys how many, 1 to 200; all of them unless said
   */
  public ReviewQuery limit(int keys) {
    return with("limit", String.valueOf(keys));
  }

  /**
   * Wants the least grant that would have been enough for each key, too; needs a {@link #limit}.
   */
  public ReviewQuery rightSized() {
    return with("right_size", "true");
  }

  ReviewQuery asCsv() {
    return with("format", "csv");
  }

  String text() {
    return Address.query(parameters);
  }

  private ReviewQuery with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(parameters);
    more.put(name, value);
    return new ReviewQuery(Collections.unmodifiableMap(more));
  }
}
