package io.bitting.server.usage;

import io.bitting.access.Decision;
import io.bitting.access.VerifiedKey;
import io.bitting.id.OrganizationId;
import io.bitting.scope.Requirement;
import io.bitting.scope.Scope;
import io.bitting.usage.Demand;
import io.bitting.usage.Origin;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The last checks of this node, each by itself, in memory: for somebody who looks why a request was
 * refused. Of each organization the last {@value #KEPT} at most; fewer where organizations share a
 * ring, of which there are {@value #RINGS}. Only checks of a key whose whole secret was presented
 * are here: of others nobody can say whose they are.
 *
 * <p>Thread-safe; takes no lock. Memory is bounded: a check of a large requirement that a verifier
 * gave is kept without it.
 */
public final class RecentChecks {
  /** How many checks a ring keeps. */
  public static final int KEPT = 128;

  static final int RINGS = 512;

  private static final long NUMBERS_A_MILLI = 1_000;

  /** Requirements with more scopes are not kept. */
  private static final int SCOPES_MAX = 8;

  private final Clock clock;
  private final AtomicReferenceArray<@Nullable Ring> rings = new AtomicReferenceArray<>(RINGS);

  private static final class Ring {
    private final AtomicLong next;
    private final AtomicReferenceArray<@Nullable Check> checks = new AtomicReferenceArray<>(KEPT);

    Ring(long first) {
      next = new AtomicLong(first);
    }
  }

  /**
   * A check.
   *
   * @param number a later check of the same organization has a greater one
   * @param atMillis when it was made, in milliseconds since 1970 UTC
   * @param key the key
   * @param decision what came of it
   * @param demand what was asked; null if it is too large to be kept, or was not counted
   * @param origin where the request came from
   */
  public record Check(
      long number,
      long atMillis,
      VerifiedKey key,
      Decision decision,
      @Nullable Demand demand,
      Origin origin) {
    /** Returns when it was made. */
    public Instant at() {
      return Instant.ofEpochMilli(atMillis);
    }
  }

  /**
   * Begins with nothing.
   *
   * @param clock tells when checks are made
   */
  public RecentChecks(Clock clock) {
    this.clock = clock;
  }

  void add(VerifiedKey key, Decision decision, @Nullable Demand demand, Origin origin) {
    Ring ring = ring(key.organization());
    long number = ring.next.getAndIncrement();
    Demand kept = demand != null && isSmall(demand.requirement()) ? demand : null;
    ring.checks.setRelease(
        (int) (number % KEPT), new Check(number, clock.millis(), key, decision, kept, origin));
  }

  private static boolean isSmall(Requirement requirement) {
    int scopes = 0;
    if (requirement instanceof Requirement.Scopes some) {
      for (Collection<Scope> alternative : some.alternatives()) {
        scopes += alternative.size();
      }
    }
    return scopes <= SCOPES_MAX;
  }

  private Ring ring(OrganizationId organization) {
    int at = index(organization);
    Ring known = rings.getAcquire(at);
    if (known != null) {
      return known;
    }
    // So that what a server counts goes on after what it counted before it was started anew.
    Ring made = new Ring(clock.millis() * NUMBERS_A_MILLI);
    Ring other = rings.compareAndExchange(at, null, made);
    return other == null ? made : other;
  }

  private static int index(OrganizationId organization) {
    int hash = organization.hashCode() * 0x9E3779B9;
    return (hash >>> 16) % RINGS;
  }

  /**
   * Returns checks of an organization's keys, the oldest first.
   *
   * @param organization the organization
   * @param after only those with a greater number
   * @param limit only so many, the newest
   */
  public List<Check> of(OrganizationId organization, long after, int limit) {
    Ring ring = rings.getAcquire(index(organization));
    List<Check> found = new ArrayList<>();
    for (int at = 0; ring != null && at < KEPT; at++) {
      Check check = ring.checks.getAcquire(at);
      if (check != null
          && check.number() > after
          && check.key().organization().equals(organization)) {
        found.add(check);
      }
    }
    found.sort(Comparator.comparingLong(Check::number));
    return found.size() <= limit ? found : found.subList(found.size() - limit, found.size());
  }
}
