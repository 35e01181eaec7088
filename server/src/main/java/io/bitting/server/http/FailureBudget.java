package io.bitting.server.http;

import io.bitting.access.DenialReason;
import io.bitting.access.Refusal;
import java.net.InetAddress;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;

/**
 * How many wrong credentials an address may present: {@value #BURST} at once, and {@value
 * #PER_SECOND} a second after that. Whoever presents more is told to wait instead of that the
 * credential is wrong.
 *
 * <p><b>Security guarantees.</b> Only a wrong credential is ever answered so: neither a flood from
 * one address nor one from many keeps a valid key from working. Takes the same memory whatever
 * comes. Not given: addresses are kept by a hash, so that two may share a budget.
 *
 * <p>Thread-safe; takes no lock.
 */
public final class FailureBudget {
  private static final int BURST = 600;
  private static final int PER_SECOND = 10;

  private static final long NANOS_EACH = 1_000_000_000L / PER_SECOND;
  private static final long NANOS_BURST = BURST * NANOS_EACH;
  private static final int NETWORK_BYTES = 8;
  private static final int SLOTS = 1 << 16;

  private final LongSupplier nanos;
  private final long salt;

  /** Until when the failures of an address are paid for, in nanoseconds after the beginning. */
  private final AtomicLongArray paidUntil = new AtomicLongArray(SLOTS);

  private final long beginning;

  /**
   * Begins with every budget full.
   *
   * @param nanos a clock that only goes forward, in nanoseconds
   * @param salt drawn at random, so that nobody can choose whom to share a budget with
   */
  public FailureBudget(LongSupplier nanos, long salt) {
    this.nanos = nanos;
    this.salt = salt;
    this.beginning = nanos.getAsLong();
  }

  /**
   * Says what to answer instead of a refusal, if the caller's address has spent its budget. A
   * refusal of a wrong credential is paid for.
   *
   * @param refusal what the caller would be told
   * @param address where the request came from, a literal address; nothing is counted if it is
   *     empty
   */
  public Optional<Answer> answer(Refusal refusal, String address) {
    if (address.isEmpty() || !refusal.code().equals(DenialReason.CREDENTIAL_INVALID.code())) {
      return Optional.empty();
    }
    long wait = pay(slot(address));
    return wait == 0
        ? Optional.empty()
        : Optional.of(
            Answer.problem(
                    ProblemCode.RATE_LIMITED,
                    "Too many wrong keys came from this address; a valid one still works.")
                .with("Retry-After", String.valueOf((wait + 999_999_999L) / 1_000_000_000L)));
  }

  /** Pays for one failure; returns how many nanoseconds to wait if the budget is spent. */
  private long pay(int slot) {
    long now = nanos.getAsLong() - beginning;
    while (true) {
      long paid = paidUntil.get(slot);
      long next = Math.max(paid, now) + NANOS_EACH;
      long wait = next - now - NANOS_BURST;
      if (wait > 0) {
        return wait;
      }
      if (paidUntil.compareAndSet(slot, paid, next)) {
        return 0;
      }
    }
  }

  /** An IPv6 caller has a whole network of addresses, so that only the network counts. */
  private int slot(String address) {
    byte[] bytes = InetAddress.ofLiteral(address).getAddress();
    long hash = salt;
    for (int i = 0; i < Math.min(bytes.length, NETWORK_BYTES); i++) {
      hash = (hash ^ bytes[i]) * 0x9E3779B97F4A7C15L;
      hash ^= hash >>> 29;
    }
    return (int) (hash >>> 48) & (SLOTS - 1);
  }
}
