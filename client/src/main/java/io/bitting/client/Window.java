package io.bitting.client;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A time of which recorded use counts.
 *
 * <p>Immutable and thread-safe.
 *
 * @param from where it begins; empty for 90 days before its end
 * @param until where it ends; empty for now
 */
public record Window(Optional<Instant> from, Optional<Instant> until) {

  /** Returns the last 90 days. */
  public static Window usual() {
    return new Window(Optional.empty(), Optional.empty());
  }

  Map<String, String> parameters() {
    Map<String, String> parameters = new LinkedHashMap<>();
    from.ifPresent(time -> parameters.put("from", time.toString()));
    until.ifPresent(time -> parameters.put("until", time.toString()));
    return parameters;
  }

  String text() {
    return Address.query(parameters());
  }
}
