package io.bitting.review;

import io.bitting.grant.Grant;
import io.bitting.organization.Organization;
import io.bitting.scope.Catalog;
import io.bitting.scope.Scope;
import io.bitting.usage.KeyUse;
import io.bitting.usage.Use;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The least grant that would have been enough for what a key was used for.
 *
 * <p><b>Security guarantees.</b> A proposed grant denies nothing that was recorded as allowed;
 * without any one of its scopes it denies something; and it permits nothing that the key's own
 * grant does not, the scopes that this implies included. Of two ways to cover a use, that of the
 * lower access level is preferred, then the one that covers fewer scopes. Not given: what the
 * record lacks. A window in which counters are known to be lost leads to {@link Doubtful}, never to
 * a proposal; a use that comes once a year is in no shorter window. No record tells the reach of a
 * key that issues or verifies, so a proposal keeps it as long as it has the scopes for it.
 *
 * <p>Immutable and thread-safe.
 */
public sealed interface RightSize {

  /**
   * A narrower grant would have been enough.
   *
   * @param grant the grant
   * @param dropped the scopes that count for the key and would not under this grant
   */
  record Narrower(Grant grant, SortedSet<Scope> dropped) implements RightSize {
    /** Copies the set. */
    public Narrower {
      dropped = Collections.unmodifiableSortedSet(new TreeSet<>(dropped));
    }
  }

  /** The key's own grant is the least: every scope of it was needed. */
  record Fits() implements RightSize {}

  /** No scope was needed. There is no grant of nothing: such a key is to be revoked, or kept. */
  record NothingNeeded() implements RightSize {}

  /**
   * Counters of the window are known to be lost, so nothing is proposed.
   *
   * @param seen the least grant for what is left of the record, for people to judge; empty if that
   *     needs no scope
   * @param dropped the scopes that count for the key and would not under that grant
   */
  record Doubtful(Optional<Grant> seen, SortedSet<Scope> dropped) implements RightSize {
    /** Copies the set. */
    public Doubtful {
      dropped = Collections.unmodifiableSortedSet(new TreeSet<>(dropped));
    }
  }

  /**
   * No new key could do what this one did: it needs a scope that is retired, or that the catalog
   * meanwhile gives otherwise.
   *
   * @param uses what no new grant within the key's own would allow
   */
  record OutOfReach(List<Use> uses) implements RightSize {
    /** Copies the list. */
    public OutOfReach {
      uses = List.copyOf(uses);
    }
  }

  /**
   * Works it out: all scopes that count for the key are candidates, and one after the other is
   * taken away, the most harmful first, unless something recorded would then be denied. What could
   * not be taken then cannot be taken at the end, with fewer scopes beside it. Costs, for each
   * scope that the key holds, a walk over the catalog and one over the distinct requirements.
   *
   * @param present the grant that the key has
   * @param catalog the catalog of its API
   * @param organization whose the key is
   * @param recorded its recorded use
   * @throws IllegalArgumentException if the catalog is of another API
   */
  static RightSize of(Grant present, Catalog catalog, Organization organization, KeyUse recorded) {
    Replay replay = new Replay(present, catalog, organization);
    Reduction reduction = new Reduction(replay, recorded);
    List<Use> lost = reduction.notCoverable();
    if (!lost.isEmpty()) {
      return new OutOfReach(lost);
    }
    Optional<Grant> least = reduction.least();
    SortedSet<Scope> dropped = replay.held();
    least.ifPresent(grant -> dropped.removeAll(replay.heldWith(grant)));
    if (!recorded.complete()) {
      return new Doubtful(least, dropped);
    }
    if (least.isEmpty()) {
      return new NothingNeeded();
    }
    return dropped.isEmpty() && !present.scopes().isAll()
        ? new Fits()
        : new Narrower(least.get(), dropped);
  }
}
