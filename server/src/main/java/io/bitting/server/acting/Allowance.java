package io.bitting.server.acting;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How much each of many may have: so much at once, and one more each time a while has passed.
 *
 * <p><b>Security guarantees.</b> Nobody spends what is another's. Takes memory for those alone that
 * had something lately. Not given: each server counts for itself, from its start.
 *
 * <p>Thread-safe. Never blocks for longer than it takes to look through these.
 *
 * @param <K> who has it
 */
public final class Allowance<K> {
  private final long nanosEach;
  private final long nanosAtOnce;
  private final LongSupplier nanos;
  private final long beginning;

  /**
   * Until when what somebody had is paid for, in nanoseconds after the beginning. Whoever is not in
   * it had nothing that counts still.
   */
  private final Map<K, Long> paidUntil = new HashMap<>();

  private long forgottenAt;

  /**
   * Begins with nothing had.
   *
   * @param atOnce how much may be had at once
   * @param each after how long one more may be had
   * @param nanos a clock that only goes forward, in nanoseconds
   */
  public Allowance(int atOnce, Duration each, LongSupplier nanos) {
    this.nanosEach = each.toNanos();
    this.nanosAtOnce = nanosEach * atOnce;
    this.nanos = nanos;
    this.beginning = nanos.getAsLong();
  }

  /**
   * Returns how long somebody has to wait for one more, in nanoseconds; 0 for not at all.
   *
   * @param who who wants it
   */
  public synchronized long wait(K who) {
    long now = now();
    long paid = Math.max(paidUntil.getOrDefault(who, now), now);
    return Math.max(0, paid + nanosEach - now - nanosAtOnce);
  }

  /**
   * Notes that somebody had one.
   *
   * @param who who
   */
  public synchronized void count(K who) {
    long now = now();
    if (now - forgottenAt > nanosAtOnce) {
      paidUntil.values().removeIf(paid -> paid <= now);
      forgottenAt = now;
    }
    paidUntil.merge(who, now + nanosEach, (paid, one) -> Math.max(paid, now) + nanosEach);
  }

  /** Returns of how many something is kept. */
  synchronized int size() {
    return paidUntil.size();
  }

  private long now() {
    return nanos.getAsLong() - beginning;
  }
}
