package io.bitting.server.usage;

import io.bitting.access.Decision;
import io.bitting.access.VerifiedKey;
import io.bitting.id.KeyId;
import io.bitting.id.OrganizationId;
import io.bitting.scope.Requirement;
import io.bitting.scope.Scope;
import io.bitting.usage.Demand;
import io.bitting.usage.KnownOrigin;
import io.bitting.usage.Origin;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * The last checks of this node, each by itself, in memory: for somebody who looks why a request was
 * refused. Of each organization the last {@value #KEPT} at most; fewer where organizations share a
 * ring, of which there are {@value #RINGS}. Where a ring would have more than {@value
 * #ALLOWED_A_SECOND} a second for long, only so many of those that were allowed are kept, and the
 * refused ones stay longer. Only checks of a key whose whole secret was presented are here: of
 * others nobody can say whose they are.
 *
 * <p>Thread-safe; takes no lock. Memory is bounded: a check of a large requirement that a verifier
 * gave is kept without it.
 */
public final class RecentChecks {
  /** How many checks a ring keeps. */
  public static final int KEPT = 128;

  static final int RINGS = 512;

  /** So many that were allowed a ring takes in a second, once it took {@value #KEPT} at once. */
  static final int ALLOWED_A_SECOND = 16;

  private static final long MILLIS_OF_ALLOWED = 1_000 / ALLOWED_A_SECOND;
  private static final long AHEAD_MAX = KEPT * MILLIS_OF_ALLOWED;

  private static final long NUMBERS_A_MILLI = 1_000;

  /** Requirements with more scopes are not kept. */
  private static final int SCOPES_MAX = 8;

  /** What the next check of each ring is numbered. Few, so that the processor has them at hand. */
  private final AtomicLongArray next = new AtomicLongArray(RINGS);

  /**
   * The time by which each ring could have taken what it took of allowed checks, at its pace; ahead
   * of now by as much as it took at once. Two threads that set it together count as one.
   */
  private final AtomicLongArray paced = new AtomicLongArray(RINGS);

  /** Those of one ring after those of another; filled again and again, which is no garbage. */
  private final Slot[] slots = new Slot[RINGS * KEPT];

  /**
   * One check. Whoever writes has it alone; whoever reads sees whether it was changed meanwhile.
   * What differs from check to check is kept as numbers: the collector is told of each reference
   * that changes in an object as old as this.
   */
  static final class Slot {
    private static final VarHandle NUMBER = number();
    private static final long EMPTY = 0;
    private static final long BEING_WRITTEN = Long.MAX_VALUE;

    private volatile long number = EMPTY;
    private long atMillis;
    private long keyHigh;
    private int keyLow;
    private @Nullable OrganizationId organization;
    private Decision.@Nullable Denied denied;
    private @Nullable Demand demand;
    private @Nullable Origin origin;

    /** Takes a check, unless somebody writes here now. */
    @SuppressWarnings("ReferenceEquality") // A field is left alone if it has this very object.
    void put(long before, Check check) {
      if (before >= check.number() || !NUMBER.compareAndSet(this, before, BEING_WRITTEN)) {
        return;
      }
      // Nobody is to see what follows and not that it is being written.
      VarHandle.storeStoreFence();
      atMillis = check.atMillis();
      keyHigh = check.key().high();
      keyLow = check.key().low();
      if (organization != check.organization()) {
        organization = check.organization();
      }
      if (denied != check.denied()) {
        denied = check.denied();
      }
      if (demand != check.demand()) {
        demand = check.demand();
      }
      if (origin != check.origin()) {
        origin = check.origin();
      }
      NUMBER.setRelease(this, check.number());
    }

    /** Returns the check; null if there is none, or it is being written. */
    @Nullable Check get() {
      long first = number;
      OrganizationId whose = organization;
      Origin from = origin;
      if (first == EMPTY || first == BEING_WRITTEN || whose == null || from == null) {
        return null;
      }
      KeyId key = new KeyId(keyHigh, keyLow);
      Check check = new Check(first, atMillis, key, whose, denied, demand, from);
      VarHandle.acquireFence();
      return number == first ? check : null;
    }

    private static VarHandle number() {
      try {
        return MethodHandles.lookup().findVarHandle(Slot.class, "number", long.class);
      } catch (ReflectiveOperationException e) {
        throw new ExceptionInInitializerError(e);
      }
    }
  }

  /**
   * A check.
   *
   * @param number a later check of the same organization has a greater one
   * @param atMillis when it was made, in milliseconds since 1970 UTC
   * @param key names the key
   * @param organization whose key it is
   * @param denied why it was denied; null if it was allowed
   * @param demand what was asked; null if it is too large to be kept, or was not counted
   * @param origin where the request came from
   */
  public record Check(
      long number,
      long atMillis,
      KeyId key,
      OrganizationId organization,
      Decision.@Nullable Denied denied,
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
   * @param clock tells the time now
   */
  public RecentChecks(Clock clock) {
    // So that what a server counts goes on after what it counted before it was started anew.
    long first = clock.millis() * NUMBERS_A_MILLI;
    for (int ring = 0; ring < RINGS; ring++) {
      next.setPlain(ring, first);
    }
    for (int at = 0; at < slots.length; at++) {
      slots[at] = new Slot();
    }
  }

  /**
   * Looks where a check goes, so that memory answers while the caller does something else.
   *
   * @param key the key that is checked
   * @param decision what came of it
   * @param atMillis when the check was made, in milliseconds since 1970 UTC
   * @return null if the check is not kept
   */
  @Nullable Place place(VerifiedKey key, Decision decision, long atMillis) {
    int ring = ring(key.organization());
    if (decision instanceof Decision.Allowed && !isPaced(ring, atMillis)) {
      return null;
    }
    // Not taken yet: that would have to wait for memory, and whatever comes after it too.
    long number = next.getPlain(ring);
    return new Place(ring, atMillis, number, slot(ring, number).number);
  }

  private boolean isPaced(int ring, long now) {
    long ahead = paced.getOpaque(ring) - now;
    if (ahead < 0 || ahead > AHEAD_MAX + MILLIS_OF_ALLOWED) {
      // It is long ago; or somebody set the clock back.
      ahead = 0;
    }
    if (ahead >= AHEAD_MAX) {
      return false;
    }
    paced.setOpaque(ring, now + ahead + MILLIS_OF_ALLOWED);
    return true;
  }

  private Slot slot(int ring, long number) {
    return slots[ring * KEPT + (int) (number % KEPT)];
  }

  /** A place that is still free for a check, and what is there. */
  record Place(int ring, long atMillis, long number, long before) {}

  /**
   * Keeps a check.
   *
   * @param from one object for the same origin: what is kept here is kept long
   */
  void put(
      Place place, VerifiedKey key, Decision decision, @Nullable Demand demand, KnownOrigin from) {
    Demand kept = demand != null && isSmall(demand.requirement()) ? demand : null;
    Decision.Denied denied = decision instanceof Decision.Denied no ? no : null;
    long number = next.getAndIncrement(place.ring());
    Slot slot = slot(place.ring(), number);
    slot.put(
        number == place.number() ? place.before() : slot.number,
        new Check(
            number, place.atMillis(), key.id(), key.organization(), denied, kept, from.origin()));
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

  private static int ring(OrganizationId organization) {
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
    int first = ring(organization) * KEPT;
    List<Check> found = new ArrayList<>();
    for (int at = first; at < first + KEPT; at++) {
      Check check = slots[at].get();
      if (check != null && check.number() > after && check.organization().equals(organization)) {
        found.add(check);
      }
    }
    found.sort(Comparator.comparingLong(Check::number));
    return found.size() <= limit ? found : found.subList(found.size() - limit, found.size());
  }
}
