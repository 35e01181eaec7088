package io.bitting.review;

import io.bitting.scope.AccessLevel;
import io.bitting.scope.Catalog;
import io.bitting.scope.Requirement;
import io.bitting.scope.Scope;
import java.util.Collection;
import java.util.Comparator;
import java.util.Set;
import java.util.SortedSet;

/**
 * A scope that may be taken away, and what tells when its turn comes: by the greatest harm that it
 * covers, then by how many scopes it covers, then by how few requirements it serves; of equals, the
 * last by name goes first.
 *
 * @param scope the scope
 * @param harm the greatest harm of what it covers
 * @param covered how many scopes it covers
 * @param served how many requirements name one of these
 */
record Candidate(Scope scope, AccessLevel harm, int covered, int served)
    implements Comparable<Candidate> {
  private static final Comparator<Candidate> MOST_HARMFUL_FIRST =
      Comparator.comparing(Candidate::harm)
          .thenComparingInt(Candidate::covered)
          .thenComparingInt(candidate -> -candidate.served())
          .thenComparing(Candidate::scope)
          .reversed();

  static Candidate of(Scope scope, Catalog catalog, Collection<Replay.Need> needs) {
    SortedSet<Scope> covered = catalog.covered(Set.of(scope));
    AccessLevel harm = AccessLevel.READ;
    for (Scope each : covered) {
      AccessLevel level = catalog.entry(each).orElseThrow().access();
      harm = level.compareTo(harm) > 0 ? level : harm;
    }
    int served = (int) needs.stream().filter(need -> isServed(need, covered)).count();
    return new Candidate(scope, harm, covered.size(), served);
  }

  private static boolean isServed(Replay.Need need, SortedSet<Scope> covered) {
    return need.requirement() instanceof Requirement.Scopes scopes
        && scopes.alternatives().stream().anyMatch(all -> all.stream().anyMatch(covered::contains));
  }

  @Override
  public int compareTo(Candidate other) {
    return MOST_HARMFUL_FIRST.compare(this, other);
  }
}
