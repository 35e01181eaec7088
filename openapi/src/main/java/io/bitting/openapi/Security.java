package io.bitting.openapi;

import io.bitting.scope.Scope;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;

/**
 * What one {@code security} says: alternatives that a key of Bitting can satisfy. Each is compared
 * by identity, since many operations share one.
 */
final class Security {
  private final List<Alternative> alternatives;
  private final boolean scopesElsewhere;

  /**
   * Schemes that are needed together.
   *
   * @param schemes their names; none means that no key is asked for
   * @param lists the scopes that each asks for
   */
  record Alternative(Set<String> schemes, List<SortedSet<Scope>> lists) {}

  /**
   * Keeps the alternatives.
   *
   * @param scopesElsewhere whether an alternative that was left out asks for scopes
   */
  Security(List<Alternative> alternatives, boolean scopesElsewhere) {
    this.alternatives = List.copyOf(alternatives);
    this.scopesElsewhere = scopesElsewhere;
  }

  /** Returns what the empty list says: no key is asked for. */
  static Security open() {
    return new Security(List.of(new Alternative(Set.of(), List.of())), false);
  }

  List<Alternative> alternatives() {
    return alternatives;
  }

  /** Tells whether an alternative that was left out asks for scopes. */
  boolean scopesElsewhere() {
    return scopesElsewhere;
  }
}
