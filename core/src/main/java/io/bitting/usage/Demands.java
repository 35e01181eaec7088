package io.bitting.usage;

import io.bitting.id.ApiId;
import io.bitting.operation.Operation;
import io.bitting.scope.Requirement;
import io.bitting.scope.Scope;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Each thing that was asked for, once. What requirements callers give is bounded in number and
 * size, since a caller may make up any number of them.
 */
final class Demands {
  /** The greatest number of different demands. */
  static final int COUNT_MAX = 8_192;

  /** The greatest number of scopes in a requirement that a caller gave. */
  static final int SCOPES_MAX = 64;

  /** The greatest number of scopes in all such requirements. */
  static final int SCOPES_OF_ALL_MAX = 32_768;

  private static final int CAPACITY = 2 * COUNT_MAX;

  private final AtomicReferenceArray<@Nullable Entry> entries =
      new AtomicReferenceArray<>(CAPACITY);
  private final AtomicInteger room = new AtomicInteger(COUNT_MAX);
  private final AtomicInteger roomForScopes = new AtomicInteger(SCOPES_OF_ALL_MAX);

  /** One of them. Two are the same if they are the same object. */
  static final class Entry {
    final Demand demand;
    final int hash;

    /** Its place, written before others see it. */
    int number;

    /** The object that it is known by; null if it is known by its value. */
    private final @Nullable Object identity;

    private Entry(Demand demand, @Nullable Object identity, int hash) {
      this.demand = demand;
      this.identity = identity;
      this.hash = hash;
    }

    @SuppressWarnings("ReferenceEquality") // It is known by the object, which is what is quick.
    private boolean isOf(Object wanted) {
      return identity == wanted;
    }
  }

  /**
   * Returns the entry of what was asked; null if there is no room for it.
   *
   * @param api the API that was called
   * @param asked an operation or a demand, which is to be the same object each time, or a
   *     requirement that a caller gave
   */
  @Nullable Entry of(ApiId api, Object asked) {
    if (asked instanceof Requirement requirement) {
      return given(api, requirement);
    }
    int hash = mixed(System.identityHashCode(asked));
    Entry known = find(asked, hash);
    return known != null ? known : add(new Entry(demand(api, asked), asked, hash));
  }

  private static Demand demand(ApiId api, Object asked) {
    return asked instanceof Operation operation
        ? new Demand(api, operation.requirement(), Optional.of(operation.name()))
        : (Demand) asked;
  }

  private @Nullable Entry find(Object identity, int hash) {
    for (int at = hash & (CAPACITY - 1); ; at = (at + 1) & (CAPACITY - 1)) {
      Entry found = entries.getAcquire(at);
      if (found == null || found.isOf(identity)) {
        return found;
      }
    }
  }

  private @Nullable Entry given(ApiId api, Requirement requirement) {
    int hash = mixed(31 * requirement.hashCode() + api.hashCode());
    for (int at = hash & (CAPACITY - 1); ; at = (at + 1) & (CAPACITY - 1)) {
      Entry found = entries.getAcquire(at);
      if (found == null) {
        return hasRoomForScopes(requirement)
            ? add(new Entry(new Demand(api, requirement, Optional.empty()), null, hash))
            : null;
      }
      if (isGiven(found, hash, api, requirement)) {
        return found;
      }
    }
  }

  private static boolean isGiven(Entry found, int hash, ApiId api, Requirement requirement) {
    return found.hash == hash
        && found.identity == null
        && found.demand.requirement().equals(requirement)
        && found.demand.api().equals(api);
  }

  private boolean hasRoomForScopes(Requirement requirement) {
    int scopes = scopes(requirement);
    if (scopes > SCOPES_MAX || roomForScopes.get() < scopes) {
      return false;
    }
    roomForScopes.getAndAdd(-scopes);
    return true;
  }

  private static int scopes(Requirement requirement) {
    int scopes = 0;
    if (requirement instanceof Requirement.Scopes some) {
      for (Collection<Scope> alternative : some.alternatives()) {
        scopes += alternative.size();
      }
    }
    return scopes;
  }

  private @Nullable Entry add(Entry entry) {
    if (room.getAndDecrement() <= 0) {
      room.getAndIncrement();
      return null;
    }
    int at = entry.hash & (CAPACITY - 1);
    while (true) {
      entry.number = at;
      Entry found = entries.compareAndExchange(at, null, entry);
      if (found == null) {
        return entry;
      }
      boolean same =
          entry.identity == null
              ? isGiven(found, entry.hash, entry.demand.api(), entry.demand.requirement())
              : found.isOf(entry.identity);
      if (same) {
        room.getAndIncrement();
        return found;
      }
      at = (at + 1) & (CAPACITY - 1);
    }
  }

  boolean isEmpty() {
    return room.get() == COUNT_MAX;
  }

  /** Returns the demand of an entry's number. */
  Demand numbered(int number) {
    return Objects.requireNonNull(entries.get(number)).demand;
  }

  private static int mixed(int hash) {
    int mixed = hash * 0x9E3779B9;
    return mixed ^ (mixed >>> 16);
  }
}
