package io.bitting.server.http;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;

/**
 * Budgets of failures, {@value #SLOTS} of them, each for whoever is kept by that number: so many at
 * once, and one more after each time that passes. Takes the same memory whatever comes.
 *
 * <p>Thread-safe; takes no lock.
 */
public final class Budgets {
  /** How many there are, a power of two. */
  public static final int SLOTS = 1 << 16;

  private final LongSupplier nanos;
  private final long beginning;
  private final long nanosEach;
  private final long nanosBurst;

  /** Until when the failures of a slot are paid for, in nanoseconds after the beginning. */
  private final AtomicLongArray paidUntil = new AtomicLongArray(SLOTS);

  /**
   * Begins with every budget full.
   *
   * @param nanos a clock that only goes forward, in nanoseconds
   * @param burst how many failures there may be at once
   * @param nanosEach after how long there may be one more
   */
  public Budgets(LongSupplier nanos, int burst, long nanosEach) {
    this.nanos = nanos;
    this.beginning = nanos.getAsLong();
    this.nanosEach = nanosEach;
    this.nanosBurst = burst * nanosEach;
  }

  /**
   * Pays for one failure.
   *
   * @param slot whose
   * @return how many nanoseconds to wait if the budget is spent, and nothing was paid; else 0
   */
  public long pay(int slot) {
    long now = nanos.getAsLong() - beginning;
    while (true) {
      long paid = paidUntil.get(slot);
      long next = Math.max(paid, now) + nanosEach;
      long wait = next - now - nanosBurst;
      if (wait > 0) {
        return wait;
      }
      if (paidUntil.compareAndSet(slot, paid, next)) {
        return 0;
      }
    }
  }

  /**
   * Takes the payment for a failure back that was none.
   *
   * @param slot whose
   */
  public void repay(int slot) {
    paidUntil.addAndGet(slot, -nanosEach);
  }
}
