package io.bitting.organization;

import io.bitting.seal.Canonical;
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

  /** Tells whether a new secret may live for ever: a longest lifetime forbids it too. */
  public boolean allowsNever() {
    return neverAllowed && keyLifetimeMax.isEmpty();
  }

  /**
   * Returns a lifetime, or the longest that is allowed if that is less.
   *
   * @param lifetime a lifetime
   */
  public Duration within(Duration lifetime) {
    return keyLifetimeMax.filter(max -> max.compareTo(lifetime) < 0).orElse(lifetime);
  }

  void appendTo(Canonical form) {
    form.text("policy");
    append(form, keyLifetimeMax);
    form.flag(neverAllowed);
    append(form, revokeUnusedAfter);
    form.number(usageKept.toDays());
    append(form, auditKept);
    append(form, deadKeysKept);
  }

  private static void append(Canonical form, Optional<Duration> length) {
    if (length.isPresent()) {
      form.number(length.get().toDays());
    } else {
      form.text(null);
    }
  }
}
