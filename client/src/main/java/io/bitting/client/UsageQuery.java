package io.bitting.client;

import io.bitting.client.protocol.Json;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Within which window to look at the use of a key. Each method returns another query; {@link
 * #lately} looks at the last 30 days, hour by hour.
 *
 * <p>Immutable and thread-safe.
 */
public final class UsageQuery {
  private static final UsageQuery LATELY = new UsageQuery(Map.of());

  private final Map<String, String> parameters;

  private UsageQuery(Map<String, String> parameters) {
    this.parameters = parameters;
  }

  /** Returns the query for the last 30 days. */
  public static UsageQuery lately() {
    return LATELY;
  }

  /**
   * Begins the window.
   *
   * @param time the beginning, in the past
   */
  public UsageQuery from(Instant time) {
    return with("from", Json.time(time));
  }

  /**
   * Ends the window.
   *
   * @param time the end, not in the future
   */
  public UsageQuery until(Instant time) {
    return with("until", Json.time(time));
  }

  /** Wants days instead of hours. */
  public UsageQuery byDay() {
    return with("by", "day");
  }

  String text() {
    return Address.query(parameters);
  }

  private UsageQuery with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(parameters);
    more.put(name, value);
    return new UsageQuery(Collections.unmodifiableMap(more));
  }
}
