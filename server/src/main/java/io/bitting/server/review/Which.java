package io.bitting.server.review;

import io.bitting.client.protocol.ReviewedKey;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Which of the keys with findings to show. */
enum Which {
  OPEN,
  DECIDED,
  ALL;

  /** Finds one by its word. */
  static Optional<Which> of(String word) {
    return Stream.of(values())
        .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(word))
        .findFirst();
  }

  boolean has(ReviewedKey key) {
    return has(key.decision() != null);
  }

  /** Tells whether it has keys about which a decision stands, or such without. */
  boolean has(boolean decided) {
    return switch (this) {
      case OPEN -> !decided;
      case DECIDED -> decided;
      case ALL -> true;
    };
  }
}
