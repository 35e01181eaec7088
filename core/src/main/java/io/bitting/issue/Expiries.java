package io.bitting.issue;

import io.bitting.key.KeySecret;
import io.bitting.key.Overlap;
import io.bitting.organization.Organization;
import io.bitting.store.KeyRow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** When something ends, as the policy of an organization lets it. */
final class Expiries {
  /** RFC 3339 writes no later year than 9999, and milliseconds do not reach every instant. */
  private static final Instant EXPIRY_END = Instant.parse("+10000-01-01T00:00:00Z");

  private final Organization organization;
  private final Instant now;
  private final List<Fault> faults;

  Expiries(Organization organization, Instant now, List<Fault> faults) {
    this.organization = organization;
    this.now = now;
    this.faults = faults;
  }

  /** Asks for the lifetime of a key's newest secret again. */
  static KeyRequest.Expiry again(KeyRow row) {
    KeySecret newest = row.secrets().get(0).unchecked();
    return new KeyRequest.LifetimeAgain(
        Optional.ofNullable(newest.expiresAt())
            .map(until -> Duration.between(newest.createdAt(), until)));
  }

  /** Returns when a secret that is asked for expires; null for never. */
  @Nullable Instant of(KeyRequest.Expiry asked) {
    if (asked instanceof KeyRequest.NoExpiry) {
      return never();
    }
    if (asked instanceof KeyRequest.ExpiryAt given) {
      return at(given.at().truncatedTo(java.time.temporal.ChronoUnit.MILLIS));
    }
    if (asked instanceof KeyRequest.LifetimeAgain again) {
      if (again.lifetime().isEmpty() && organization.policy().allowsNever()) {
        return null;
      }
      return now.plus(
          organization.policy().within(again.lifetime().orElse(Issuing.LIFETIME_USUAL)));
    }
    return now.plus(organization.policy().within(Issuing.LIFETIME_USUAL));
  }

  private @Nullable Instant never() {
    if (!organization.policy().allowsNever()) {
      faults.add(
          new Fault(
              "/expires_at",
              "never_forbidden",
              "organization \"" + organization.slug() + "\" does not let keys live for ever",
              longest()
                  .map(days -> "give a time within " + days + " days, or nothing for the usual")
                  .orElse("give a time, or nothing for 90 days")));
    }
    return null;
  }

  private Instant at(Instant at) {
    if (!at.isAfter(now)) {
      faults.add(
          new Fault(
              "/expires_at",
              "expiry_in_past",
              "expiry " + at + " is not after now, " + now,
              "give a later time, null for never, or nothing for 90 days"));
    } else if (!at.isBefore(EXPIRY_END)) {
      faults.add(
          new Fault(
              "/expires_at",
              "value_out_of_range",
              "expiry " + at + " is not before " + EXPIRY_END,
              "give an earlier time, or null for never"));
    }
    Optional<Instant> last = organization.policy().keyLifetimeMax().map(now::plus);
    if (last.isPresent() && at.isAfter(last.get())) {
      faults.add(
          new Fault(
              "/expires_at",
              "expiry_beyond_policy",
              "expiry "
                  + at
                  + " is more than "
                  + longest().orElseThrow()
                  + " days from now, the most that organization \""
                  + organization.slug()
                  + "\" allows",
              "give " + last.get() + " or an earlier time, or nothing for the usual"));
    }
    return at;
  }

  private Optional<Long> longest() {
    return organization.policy().keyLifetimeMax().map(Duration::toDays);
  }

  /**
   * Returns until when what is old is accepted. An overlap that nobody asked for is as long as it
   * can be.
   *
   * @param asked how long, if somebody said
   * @param oldExpiresAt when the old expires by itself, null for never
   * @param newExpiresAt when the new expires, null for never
   */
  Instant overlapEnd(
      Optional<Overlap> asked, @Nullable Instant oldExpiresAt, @Nullable Instant newExpiresAt) {
    Instant end = now.plus(asked.orElse(Overlap.DAY).length());
    Instant last = earlier(oldExpiresAt, newExpiresAt);
    if (last == null || !end.isAfter(last)) {
      return end;
    }
    if (asked.isPresent() && asked.get() != Overlap.NOW) {
      faults.add(
          new Fault(
              "/overlap",
              "overlap_beyond_expiry",
              "overlap \""
                  + asked.get().code()
                  + "\" lasts until "
                  + end
                  + (last.equals(oldExpiresAt)
                      ? ", and what is old expires at " + last
                      : ", and what is new expires at " + last),
              "choose a shorter one, or leave it out"));
    }
    return last.isBefore(now) ? now : last;
  }

  private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.isBefore(other) ? one : other;
  }
}
