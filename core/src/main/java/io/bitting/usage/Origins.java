package io.bitting.usage;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The origins that were met last, each as one object: so that a count sees by the object alone that
 * a check came from where the last one did, and many counts share it. Of two that fall on one place
 * the later one is kept.
 *
 * <p>Thread-safe.
 */
final class Origins {
  private static final int PLACES = 1_024;

  private final AtomicReferenceArray<@Nullable Origin> places = new AtomicReferenceArray<>(PLACES);

  /** Returns the object for an origin. */
  Origin one(Origin met) {
    int hash = 31 * met.source().hashCode() + met.userAgent().hashCode();
    int at = (hash * 0x9E3779B9) >>> 22;
    Origin known = places.getAcquire(at);
    if (known != null && known.equals(met)) {
      return known;
    }
    places.setRelease(at, met);
    return met;
  }
}
