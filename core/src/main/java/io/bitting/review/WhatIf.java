package io.bitting.review;

import io.bitting.grant.Grant;
import io.bitting.organization.Organization;
import io.bitting.scope.Catalog;
import io.bitting.scope.Scope;
import io.bitting.usage.KeyUse;
import io.bitting.usage.Use;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What would have been denied of a key's recorded use, had it had another grant.
 *
 * <p><b>Security guarantees.</b> A use that is not among the denials is allowed by the grant as the
 * catalog stands: it is asked as a check asks. Not given: anything about calls that were not
 * recorded, nor about the reach of a key that issues or verifies, which no record tells.
 *
 * <p>Immutable and thread-safe.
 *
 * @param denials the uses that would have been denied, in the order of the record
 * @param calls how many recorded calls were allowed at all
 * @param complete whether no counter of the window is known to be lost
 */
public record WhatIf(List<Denial> denials, long calls, boolean complete) {

  /**
   * A use that would have been denied.
   *
   * @param use what was allowed
   * @param missing what the grant lacks for it, of the alternative that is nearest; empty if no
   *     scope would do
   */
  public record Denial(Use use, SortedSet<Scope> missing) {
    /** Copies the set. */
    public Denial {
      missing = Collections.unmodifiableSortedSet(new TreeSet<>(missing));
    }
  }

  /** Copies the list. */
  public WhatIf {
    denials = List.copyOf(denials);
  }

  /**
   * Asks once more for everything that was allowed. Costs a walk over the catalog, and one over the
   * record.
   *
   * @param present the grant that the key has
   * @param proposed the grant that it might have had, of the same API
   * @param catalog the catalog of that API
   * @param organization whose the key is
   * @param recorded its recorded use
   * @throws IllegalArgumentException if the grants or the catalog are of different APIs
   */
  public static WhatIf replay(
      Grant present, Grant proposed, Catalog catalog, Organization organization, KeyUse recorded) {
    if (!proposed.api().equals(present.api())) {
      throw new IllegalArgumentException(
          "the proposed grant is of " + proposed.api() + ", the key's of " + present.api());
    }
    Replay replay = new Replay(present, catalog, organization);
    Replay.Powered powered = replay.powered(proposed);
    List<Denial> denials = new ArrayList<>();
    long calls = 0;
    for (Use use : recorded.uses()) {
      if (use.allowed() > 0) {
        calls += use.allowed();
        replay
            .missing(Replay.Need.of(use), powered)
            .ifPresent(missing -> denials.add(new Denial(use, missing)));
      }
    }
    return new WhatIf(denials, calls, recorded.complete());
  }

  /** Returns how many of the calls would have been denied. */
  public long deniedCalls() {
    return denials.stream().mapToLong(denial -> denial.use().allowed()).sum();
  }
}
