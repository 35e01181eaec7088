package io.bitting.server.usage;

import io.bitting.access.Decision;
import io.bitting.access.VerifiedKey;
import io.bitting.id.OrganizationId;
import io.bitting.scope.Requirement;
import io.bitting.scope.Scope;
import io.bitting.usage.Demand;
import io.bitting.usage.Origin;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
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

  /** The last checks of some organizations. Its slots are filled again and again: no garbage. */
  private static final class Ring {
    private static final VarHandle NEXT = handle(Ring.class, "next");

    private final Slot[] slots = new Slot[KEPT];

    @SuppressWarnings("UnusedVariable") // Used by its handle.
    private volatile long next;

    Ring(long first) {
      next = first;
      for (int i = 0; i < slots.length; i++) {
        slots[i] = new Slot();
      }
    }

    long number() {
      return (long) NEXT.getAndAdd(this, 1L);
    }

    Slot slot(long number) {
      return slots[(int) (number % KEPT)];
    }
  }

  /**
   * One check. Whoever writes has it alone; whoever reads sees whether it was changed meanwhile.
   */
  static final class Slot {
    private static final VarHandle NUMBER = handle(Slot.class, "number");
    private static final long EMPTY = 0;
    private static final long BEING_WRITTEN = Long.MAX_VALUE;

    private volatile long number = EMPTY;
    private long atMillis;
    private @Nullable VerifiedKey key;
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
      key = check.key();
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
      VerifiedKey whose = key;
      Origin from = origin;
      if (first == EMPTY || first == BEING_WRITTEN || whose == null || from == null) {
        return null;
      }
      Check check = new Check(first, atMillis, whose, denied, demand, from);
      VarHandle.acquireFence();
      return number == first ? check : null;
    }
  }

  private static VarHandle handle(Class<?> type, String field) {
    try {
      return MethodHandles.lookup().findVarHandle(type, field, long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /**
   * A check.
   *
   * @param number a later check of the same organization has a greater one
   * @param atMillis when it was made, in milliseconds since 1970 UTC
   * @param key the key
   * @param denied why it was denied; null if it was allowed
   * @param demand what was asked; null if it is too large to be kept, or was not counted
   * @param origin where the request came from
   */
  public record Check(
      long number,
      long atMillis,
      VerifiedKey key,
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
   * @param clock tells when checks are made
   */
  public RecentChecks(Clock clock) {
    this.clock = clock;
  }

  /**
   * Has a place for a check, which is fetched from memory while the caller does something else.
   *
   * @param key the key that is checked
   */
  Place place(VerifiedKey key) {
    Ring ring = ring(key.organization());
    long number = ring.number();
    Slot slot = ring.slot(number);
    return new Place(slot, number, slot.number);
  }

  /** Where a check goes, and what is there. */
  record Place(Slot slot, long number, long before) {}

  void put(
      Place place, VerifiedKey key, Decision decision, @Nullable Demand demand, Origin origin) {
    Demand kept = demand != null && isSmall(demand.requirement()) ? demand : null;
    Decision.Denied denied = decision instanceof Decision.Denied no ? no : null;
    place
        .slot()
        .put(place.before(), new Check(place.number(), clock.millis(), key, denied, kept, origin));
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
      Check check = ring.slots[at].get();
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
