package io.bitting.server.http;

import io.bitting.access.DenialReason;
import io.bitting.access.Refusal;
import java.net.InetAddress;
import java.util.Optional;
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
  private static final int NETWORK_BYTES = 8;

  private final Budgets addresses;
  private final long salt;

  /**
   * Begins with every budget full.
   *
   * @param nanos a clock that only goes forward, in nanoseconds
   * @param salt drawn at random, so that nobody can choose whom to share a budget with
   */
  public FailureBudget(LongSupplier nanos, long salt) {
    this.addresses = new Budgets(nanos, BURST, NANOS_EACH);
    this.salt = salt;
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
    long wait = addresses.pay(slot(address));
    return wait == 0
        ? Optional.empty()
        : Optional.of(
            Answer.problem(
                    ProblemCode.RATE_LIMITED,
                    "Too many wrong keys came from this address; a valid one still works.")
                .with("Retry-After", String.valueOf((wait + 999_999_999L) / 1_000_000_000L)));
  }

  /** An IPv6 caller has a whole network of addresses, so that only the network counts. */
  private int slot(String address) {
    byte[] bytes = InetAddress.ofLiteral(address).getAddress();
    long hash = salt;
    for (int i = 0; i < Math.min(bytes.length, NETWORK_BYTES); i++) {
      hash = (hash ^ bytes[i]) * 0x9E3779B97F4A7C15L;
      hash ^= hash >>> 29;
    }
    return (int) (hash >>> 48) & (Budgets.SLOTS - 1);
  }
}
