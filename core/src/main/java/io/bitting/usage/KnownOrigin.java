package io.bitting.usage;

/**
 * An origin that a {@link UsageCounter} has met: one object for all that are equal, so that whoever
 * keeps many of them keeps few objects.
 *
 * <p>Immutable and thread-safe.
 */
public final class KnownOrigin {
  private final Origin origin;
  private final int number;

  KnownOrigin(Origin origin, int number) {
    this.origin = origin;
    this.number = number;
  }

  /** Returns the origin. */
  public Origin origin() {
    return origin;
  }

  /** Returns what tells it from the others that its counter met lately. */
  int number() {
    return number;
  }

  @Override
  public String toString() {
    return origin.toString();
  }
}
