package io.bitting.server.organizations;

import io.bitting.audit.AuditEvent;
import io.bitting.organization.Policy;
import io.bitting.server.http.Fields;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Reads the part of a policy that is to be changed, and says what changes.
 *
 * @param change makes the new policy out of the one before
 */
record PolicyForm(UnaryOperator<Policy> change) {
  /** A hundred years. */
  private static final int DAYS_MAX = 36_500;

  private static final String LIFETIME = "key_lifetime_max_days";
  private static final String NEVER = "never_allowed";
  private static final String UNUSED = "revoke_unused_after_days";
  private static final String USAGE = "usage_kept_days";
  private static final String AUDIT = "audit_kept_days";
  private static final String DEAD = "dead_keys_kept_days";

  /** A member that may be left out, and may be null for no limit. */
  private record Limit(boolean given, Optional<Duration> length) {
    Optional<Duration> or(Optional<Duration> before) {
      return given ? length : before;
    }
  }

  /** Changes nothing. */
  static PolicyForm none() {
    return new PolicyForm(UnaryOperator.identity());
  }

  /** Reads the members of a policy, and closes them. */
  static PolicyForm read(Fields given) {
    try (Fields fields = given) {
      Limit lifetime = limit(fields, LIFETIME);
      Optional<Boolean> never = fields.optionalFlag(NEVER);
      Limit unused = limit(fields, UNUSED);
      Optional<Duration> usage = fields.optionalNumber(USAGE, 1, DAYS_MAX).map(Duration::ofDays);
      Limit audit = limit(fields, AUDIT);
      Limit dead = limit(fields, DEAD);
      return new PolicyForm(before ->
          new Policy(
              lifetime.or(before.keyLifetimeMax()),
              never.orElse(before.neverAllowed()),
              unused.or(before.revokeUnusedAfter()),
              usage.orElse(before.usageKept()),
              audit.or(before.auditKept()),
              dead.or(before.deadKeysKept())));
    }
  }

  private static Limit limit(Fields fields, String name) {
    return fields.isNull(name)
        ? new Limit(true, Optional.empty())
        : new Limit(
            fields.has(name), fields.optionalNumber(name, 1, DAYS_MAX).map(Duration::ofDays));
  }

  /** Says for the audit what is another in a policy. */
  static List<AuditEvent.Change> changes(Policy before, Policy after) {
    List<AuditEvent.Change> changes = new ArrayList<>();
    add(changes, LIFETIME, days(before.keyLifetimeMax()), days(after.keyLifetimeMax()));
    add(
        changes,
        NEVER,
        String.valueOf(before.neverAllowed()),
        String.valueOf(after.neverAllowed()));
    add(changes, UNUSED, days(before.revokeUnusedAfter()), days(after.revokeUnusedAfter()));
    add(
        changes,
        USAGE,
        days(Optional.of(before.usageKept())),
        days(Optional.of(after.usageKept())));
    add(changes, AUDIT, days(before.auditKept()), days(after.auditKept()));
    add(changes, DEAD, days(before.deadKeysKept()), days(after.deadKeysKept()));
    return changes;
  }

  private static String days(Optional<Duration> length) {
    return length.map(known -> String.valueOf(known.toDays())).orElse("no limit");
  }

  private static void add(
      List<AuditEvent.Change> changes, String name, String before, String after) {
    if (!before.equals(after)) {
      changes.add(new AuditEvent.Change("policy." + name, before, after));
    }
  }
}
