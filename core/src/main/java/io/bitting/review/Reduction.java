package io.bitting.review;

import io.bitting.grant.Grant;
import io.bitting.grant.GrantedScopes;
import io.bitting.grant.Reach;
import io.bitting.id.ApiId;
import io.bitting.scope.BuiltInScope;
import io.bitting.scope.Catalog;
import io.bitting.scope.CatalogEntry;
import io.bitting.scope.Requirement;
import io.bitting.scope.Scope;
import io.bitting.usage.KeyUse;
import io.bitting.usage.Use;
import java.util.ArrayList;
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
    Optional<Replay.Powered> most =
        candidates.isEmpty() ? Optional.empty() : Optional.of(replay.powered(grant(candidates)));
    return recorded.uses().stream()
        .filter(use -> use.allowed() > 0)
        .filter(use ->
            most.isEmpty()
                ? !(use.requirement() instanceof Requirement.AnyValidKey)
                : replay.missing(Replay.Need.of(use), most.get()).isPresent())
        .toList();
  }

  /** Returns the least grant; empty if no scope is needed. */
  Optional<Grant> least() {
    Set<Replay.Need> needs = needs();
    if (needs.isEmpty()) {
      return Optional.empty();
    }
    // What serves no requirement can go at once, and most do not.
    List<Scope> order =
        candidates.stream()
            .map(scope -> Candidate.of(scope, catalog, needs))
            .filter(candidate -> candidate.served() > 0)
            .sorted()
            .map(Candidate::scope)
            .toList();
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
