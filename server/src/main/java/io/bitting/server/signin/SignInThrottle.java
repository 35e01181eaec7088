package io.bitting.server.signin;

import io.bitting.seal.Canonical;
import io.bitting.server.http.Budgets;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;

/**
 * Slows down whoever guesses passwords and codes: by account, and by address.
 *
 * <p>Of one account {@value #FREE} attempts in a row may fail; then each one waits, {@value
 * #SECONDS_FIRST} seconds at first and twice as long each time, up to an hour, and after {@value
 * #FAILURES_MAX} there are no more. A device that the account was used from before ({@link
 * KnownDevices}) has a count of its own for the account, and does not share the address's budget
 * either: whatever strangers do, who has the account comes in from there. An address has {@value
 * #ADDRESS_BURST} failures at once and {@value #ADDRESS_PER_MINUTE} a minute after that, whatever
 * the accounts.
 *
 * <p><b>Security guarantees.</b> Every attempt counts as a failure from the moment it is admitted
 * until it is said to have succeeded, so that many at once are no more than one after another. An
 * account that nobody has is treated as one that somebody has. Takes the same memory whatever
 * comes. Not given: accounts and addresses are kept by a hash, so that two may share a count; it
 * counts on this node, and from its start. What nobody can guess, a passkey or a recovery code,
 * need not pass here and is a way in when the attempts are used up; so is {@link #forget}.
 *
 * <p>Thread-safe; takes no lock.
 */
public final class SignInThrottle {
  /** How many attempts on one account may fail in a row: NIST SP 800-63B-4, section 3.2.2. */
  public static final int FAILURES_MAX = 100;

  private static final int FREE = 5;
  private static final int SECONDS_FIRST = 30;
  private static final int SECONDS_MOST = 3600;
  private static final int ADDRESS_BURST = 50;
  private static final int ADDRESS_PER_MINUTE = 10;

  private static final long NANOS_A_SECOND = 1_000_000_000L;
  private static final long NANOS_EACH = 60 * NANOS_A_SECOND / ADDRESS_PER_MINUTE;
  private static final int NETWORK_BYTES = 8;

  /** A count takes the low bits, the second of the last attempt those above. */
  private static final int COUNT_BITS = 7;

  private static final int COUNT_MASK = (1 << COUNT_BITS) - 1;

  private final LongSupplier nanos;
  private final long salt;
  private final long beginning;
  private final AtomicLongArray accounts = new AtomicLongArray(Budgets.SLOTS);
  private final Budgets addresses;

  /** What is guessed: each is counted for itself. */
  public enum Guess {
    /** A password. */
    PASSWORD,
    /** A second factor of few digits. */
    CODE
  }

  /**
   * An attempt to prove something.
   *
   * @param guess what
   * @param account what the account is called: the canonical mail address, whether somebody has it
   *     or not
   * @param device the device, if it is one that the account was used from before
   * @param address where the request came from, a literal address
   */
  public record Attempt(Guess guess, String account, Optional<String> device, String address) {}

  /** What becomes of an attempt. */
  public sealed interface Admission {
    /** It may be made, and has failed until {@link #succeeded} is called. */
    record Admitted() implements Admission {}

    /**
     * It is to be made later. Nothing was counted.
     *
     * @param after how much later, at least a second
     */
    record Later(Duration after) implements Admission {}

    /** All attempts have failed; another way in is needed. Nothing was counted. */
    record UsedUp() implements Admission {}
  }

  /**
   * Begins with nothing counted.
   *
   * @param nanos a clock that only goes forward, in nanoseconds
   * @param salt drawn at random, so that nobody can choose whom to share a count with
   */
  public SignInThrottle(LongSupplier nanos, long salt) {
    this.nanos = nanos;
    this.salt = salt;
    this.beginning = nanos.getAsLong();
    this.addresses = new Budgets(nanos, ADDRESS_BURST, NANOS_EACH);
  }

  /**
   * Admits an attempt, or not. To be asked before anything is looked up or computed.
   *
   * @param attempt the attempt
   */
  public Admission admit(Attempt attempt) {
    long wait = attempt.device().isPresent() ? 0 : addresses.pay(slotOfAddress(attempt.address()));
    if (wait > 0) {
      return later(wait);
    }
    Admission admission = count(slotOf(attempt));
    if (!(admission instanceof Admission.Admitted)) {
      repay(attempt);
    }
    return admission;
  }

  private Admission count(int slot) {
    while (true) {
      long before = accounts.get(slot);
      long now = (nanos.getAsLong() - beginning) / NANOS_A_SECOND;
      int failures = (int) (before & COUNT_MASK);
      if (failures >= FAILURES_MAX) {
        return new Admission.UsedUp();
      }
      long wait = (before >>> COUNT_BITS) + secondsAfter(failures) - now;
      if (wait > 0) {
        return new Admission.Later(Duration.ofSeconds(wait));
      }
      if (accounts.compareAndSet(slot, before, (now << COUNT_BITS) | (failures + 1))) {
        return new Admission.Admitted();
      }
    }
  }

  /** Returns how long to wait after so many failures in a row. */
  static long secondsAfter(int failures) {
    int doublings = Math.min(failures - FREE, 16);
    return failures < FREE ? 0 : Math.min((long) SECONDS_FIRST << doublings, SECONDS_MOST);
  }

  private static Admission later(long wait) {
    return new Admission.Later(Duration.ofSeconds((wait + NANOS_A_SECOND - 1) / NANOS_A_SECOND));
  }

  /**
   * Takes note that an attempt succeeded: failures of the same kind from the same side, of
   * strangers or of that device, count no more.
   *
   * @param attempt an attempt that was admitted
   */
  public void succeeded(Attempt attempt) {
    accounts.set(slotOf(attempt), 0);
    repay(attempt);
  }

  /**
   * Takes an attempt back that was admitted and could not be made, through no fault of who made it.
   *
   * @param attempt an attempt that was admitted
   */
  public void withdrawn(Attempt attempt) {
    accounts.updateAndGet(
        slotOf(attempt), before -> (before & COUNT_MASK) == 0 ? before : before - 1);
    repay(attempt);
  }

  private void repay(Attempt attempt) {
    if (attempt.device().isEmpty()) {
      addresses.repay(slotOfAddress(attempt.address()));
    }
  }

  /**
   * Forgets the failures of strangers on an account: for when its owner has proved to be that in a
   * way that cannot be guessed, or has another password.
   *
   * @param account what the account is called
   */
  public void forget(String account) {
    for (Guess guess : Guess.values()) {
      accounts.set(slotOf(new Attempt(guess, account, Optional.empty(), "")), 0);
    }
  }

  private int slotOf(Attempt attempt) {
    return slot(
        Canonical.of("sign-in-attempt")
            .number(salt)
            .text(attempt.guess().name())
            .text(attempt.account())
            .text(attempt.device().orElse(null)));
  }

  /** An IPv6 caller has a whole network of addresses, so that only the network counts. */
  private int slotOfAddress(String address) {
    byte[] bytes = InetAddress.ofLiteral(address).getAddress();
    byte[] network = Arrays.copyOf(bytes, Math.min(bytes.length, NETWORK_BYTES));
    return slot(Canonical.of("sign-in-address").number(salt).bytes(network));
  }

  private static int slot(Canonical what) {
    return ByteBuffer.wrap(what.sha256().toArray()).getInt() & (Budgets.SLOTS - 1);
  }
}
