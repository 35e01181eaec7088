package io.bitting.organization;

import java.time.Duration;
import java.util.Optional;

/**
 * What an organization demands of its keys, and how long it keeps what is past.
 *
 * <p>Immutable and thread-safe. Durations are whole days.
 *
 * @param keyLifetimeMax the longest that a new secret may live; empty for no limit
 * @param neverAllowed whether a key may live for ever
 * @param revokeUnusedAfter after how long without use a key is revoked; empty for never
 * @param usageKept how long recorded use is kept
 * @param auditKept how long audit events are kept; empty for ever
 * @param deadKeysKept how long keys that are revoked or expired are kept; empty for ever
 */
public record Policy(
    Optional<Duration> keyLifetimeMax,
    boolean neverAllowed,
    Optional<Duration> revokeUnusedAfter,
    Duration usageKept,
    Optional<Duration> auditKept,
    Optional<Duration> deadKeysKept) {

  /** What holds until an organization says otherwise. */
  public static final Policy USUAL =
      new Policy(
          Optional.empty(),
          true,
          Optional.empty(),
          Duration.ofDays(400),
          Optional.empty(),
          Optional.empty());
}
