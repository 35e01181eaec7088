package io.bitting.usage;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The origins that were met last, each as one object with a number: so that a count sees by the
 * number alone that a check came from where the last one did, and many counts share the object. Of
 * two that fall on one place the later one is kept.
 *
 * <p>Thread-safe.
 */
final class Origins {
  /** Numbers have so many bits, and begin anew after the greatest. */
  static final int NUMBER_BITS = 26;

  private static final int PLACES = 1_024;

  private final AtomicReferenceArray<@Nullable KnownOrigin> places =
      new AtomicReferenceArray<>(PLACES);
  private final AtomicInteger numbers = new AtomicInteger();

  /** Returns the one object for an origin. */
  KnownOrigin known(Origin met) {
    int hash = 31 * met.source().hashCode() + met.userAgent().hashCode();
    int at = (hash * 0x9E3779B9) >>> 22;
    KnownOrigin known = places.getAcquire(at);
    if (known != null && isSame(known.origin(), met)) {
      return known;
    }
    KnownOrigin added = new KnownOrigin(met, numbers.getAndIncrement() & ((1 << NUMBER_BITS) - 1));
    places.setRelease(at, added);
    return added;
  }

  @SuppressWarnings("ReferenceEquality") // What is the same object need not be compared.
  private static boolean isSame(Origin one, Origin other) {
    return one == other
        || (one.source().equals(other.source()) && one.userAgent().equals(other.userAgent()));
  }
}
