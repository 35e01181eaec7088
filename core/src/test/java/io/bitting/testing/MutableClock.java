package io.bitting.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands still until it is set. Thread-safe. */
public final class MutableClock extends Clock {
  /** Where a clock stands at first, unless said otherwise. */
  public static final Instant BEGINNING = Instant.parse("2026-01-01T00:00:00Z");

  private volatile Instant now;

  /** Makes a clock that stands at {@link #BEGINNING}. */
  public MutableClock() {
    this(BEGINNING);
  }

  /** Makes a clock that stands at a time. */
  public MutableClock(Instant now) {
    this.now = now;
  }

  /** Sets the time. */
  public void set(Instant time) {
    now = time;
  }

  /** Moves the time on, or back. */
  public void advance(Duration by) {
    now = now.plus(by);
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("this clock knows UTC only");
  }
}
