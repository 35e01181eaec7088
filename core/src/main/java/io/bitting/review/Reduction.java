package io.bitting.review;

import io.bitting.grant.Grant;
import io.bitting.grant.GrantedScopes;
import io.bitting.grant.Reach;
import io.bitting.id.ApiId;
import io.bitting.scope.AccessLevel;
import io.bitting.scope.BuiltInScope;
import io.bitting.scope.Catalog;
import io.bitting.scope.CatalogEntry;
import io.bitting.scope.Requirement;
import io.bitting.scope.Scope;
import io.bitting.usage.KeyUse;
import io.bitting.usage.Use;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Takes scopes away, one after the other, as long as what was recorded is still allowed. */
final class Reduction {
  private final Replay replay;
  private final Catalog catalog;
  private final KeyUse recorded;
  private final List<Scope> candidates;

  Reduction(Replay replay, KeyUse recorded) {
    this.replay = replay;
    this.catalog = replay.catalog();
    this.recorded = recorded;
    this.candidates = new ArrayList<>(replay.held());
    candidates.removeIf(scope -> catalog.entry(scope).filter(CatalogEntry::retired).isPresent());
  }

  /** Finds what was allowed and would not be with every candidate. */
  List<Use> notCoverable() {
    List<Use> uses = new ArrayList<>();
    for (Use use : recorded.uses()) {
      boolean covered =
          candidates.isEmpty()
              ? use.requirement() instanceof Requirement.AnyValidKey
              : replay.meetsAll(grant(candidates), Set.of(Replay.Need.of(use)));
      if (use.allowed() > 0 && !covered) {
        uses.add(use);
      }
    }
    return uses;
  }

  /** Returns the least grant; empty if no scope is needed. */
  Optional<Grant> least() {
    Set<Replay.Need> needs = needs();
    if (needs.isEmpty()) {
      return Optional.empty();
    }
    // What serves no requirement can go at once, and most do not.
    List<Scope> order = new ArrayList<>(candidates);
    order.removeIf(scope -> served(scope, needs) == 0);
    order.sort(mostHarmfulFirst(needs));
    SortedSet<Scope> kept = new TreeSet<>(order);
    for (Scope scope : order) {
      kept.remove(scope);
      if (kept.isEmpty() || !replay.meetsAll(grant(kept), needs)) {
        kept.add(scope);
      }
    }
    return Optional.of(grant(kept));
  }

  private Set<Replay.Need> needs() {
    Set<Replay.Need> needs = new LinkedHashSet<>();
    for (Use use : recorded.uses()) {
      if (use.allowed() > 0 && use.requirement() instanceof Requirement.Scopes) {
        needs.add(Replay.Need.of(use));
      }
    }
    return needs;
  }

  /**
   * By the greatest harm that a scope covers, then by how many scopes it covers, then by how few
   * requirements it serves; of equals, the last by name goes first.
   */
  private Comparator<Scope> mostHarmfulFirst(Set<Replay.Need> needs) {
    return Comparator.comparing(this::harm)
        .thenComparingInt(scope -> covered(scope).size())
        .thenComparingInt(scope -> -served(scope, needs))
        .thenComparing(Comparator.naturalOrder())
        .reversed();
  }

  private SortedSet<Scope> covered(Scope scope) {
    return catalog.covered(Set.of(scope));
  }

  private AccessLevel harm(Scope scope) {
    AccessLevel greatest = AccessLevel.READ;
    for (Scope each : covered(scope)) {
      AccessLevel level = catalog.entry(each).orElseThrow().access();
      greatest = level.compareTo(greatest) > 0 ? level : greatest;
    }
    return greatest;
  }

  private int served(Scope scope, Set<Replay.Need> needs) {
    SortedSet<Scope> covered = covered(scope);
    int served = 0;
    for (Replay.Need need : needs) {
      if (need.requirement() instanceof Requirement.Scopes scopes
          && scopes.alternatives().stream()
              .anyMatch(all -> all.stream().anyMatch(covered::contains))) {
        served++;
      }
    }
    return served;
  }

  /** Grants scopes, with the part of the key's reach that these have a use for. */
  private Grant grant(Iterable<Scope> scopes) {
    SortedSet<Scope> named = new TreeSet<>();
    scopes.forEach(named::add);
    boolean issues = named.contains(BuiltInScope.KEYS_ISSUE.scope());
    boolean verifies = named.contains(BuiltInScope.KEYS_VERIFY.scope());
    return new Grant(
        catalog.api(),
        GrantedScopes.specific(named),
        reach(
            issues && catalog.includes(BuiltInScope.KEYS_ISSUE.scope()),
            verifies && catalog.includes(BuiltInScope.KEYS_VERIFY.scope())));
  }

  private Reach reach(boolean issues, boolean verifies) {
    if (replay.present().reach() instanceof Reach.Limited limited) {
      SortedMap<ApiId, GrantedScopes> issue = issues ? limited.issue() : new TreeMap<>();
      SortedSet<ApiId> verify = verifies ? limited.verify() : new TreeSet<>();
      return new Reach.Limited(issue, verify);
    }
    return issues || verifies ? replay.present().reach() : Reach.none();
  }
}
