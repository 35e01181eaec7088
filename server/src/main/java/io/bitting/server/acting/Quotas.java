package io.bitting.server.acting;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How much an organization may make.
 *
 * @param keys of keys and further secrets of keys
 * @param invitations of invitations
 */
public record Quotas(Quota keys, Quota invitations) {

  /**
   * Returns what holds unless somebody says otherwise: 10,000 keys and secrets at once and ten a
   * second after that; 200 invitations at once and one a minute after that.
   *
   * @param nanos a clock that only goes forward, in nanoseconds
   */
  public static Quotas ofDefaults(LongSupplier nanos) {
    return new Quotas(
        new Quota("keys and secrets", 10_000, Duration.ofMillis(100), nanos),
        new Quota("invitations", 200, Duration.ofMinutes(1), nanos));
  }
}
