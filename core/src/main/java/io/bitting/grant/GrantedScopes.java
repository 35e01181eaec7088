package io.bitting.grant;

import io.bitting.scope.Catalog;
import io.bitting.scope.Scope;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Scopes of one API as they are granted: all of them, or specific ones.
 *
 * <p>Immutable and thread-safe.
 */
public sealed interface GrantedScopes {

  /** Every scope of the API that the organization may hold, today's and tomorrow's. */
  record All() implements GrantedScopes {
    @Override
    public String toString() {
      return "all scopes";
    }
  }

  /**
   * These scopes and what they imply.
   *
   * @param scopes at least one
   */
  record Specific(SortedSet<Scope> scopes) implements GrantedScopes {
    /**
     * Copies and checks.
     *
     * @throws IllegalArgumentException if there is no scope: a grant of nothing is a mistake
     */
    public Specific {
      if (scopes.isEmpty()) {
        throw new IllegalArgumentException("a grant of specific scopes has at least one");
      }
      scopes = Collections.unmodifiableSortedSet(new TreeSet<>(scopes));
    }

    @Override
    public String toString() {
      return String.join(" ", scopes.stream().map(Scope::text).toList());
    }
  }

  /**
   * Grants specific scopes.
   *
   * @param scopes at least one
   * @throws IllegalArgumentException if there is none
   */
  static GrantedScopes specific(Collection<Scope> scopes) {
    return new Specific(new TreeSet<>(scopes));
  }

  /** Grants all scopes. */
  static GrantedScopes all() {
    return new All();
  }

  /** Tells whether all scopes are granted. */
  default boolean isAll() {
    return this instanceof All;
  }

  /** Returns the scopes by name; empty for all scopes. */
  default SortedSet<Scope> named() {
    return this instanceof Specific specific ? specific.scopes() : Collections.emptySortedSet();
  }

  /**
   * Returns every scope of a catalog that is covered, implications followed.
   *
   * @param catalog the catalog of the API
   */
  default SortedSet<Scope> covered(Catalog catalog) {
    return catalog.covered(isAll() ? catalog.scopes() : named());
  }

  /**
   * Tells whether other scopes are within these: whoever holds these gains nothing by the others,
   * today or tomorrow.
   *
   * @param other the scopes asked for
   * @param catalog the catalog of their API
   */
  default boolean covers(GrantedScopes other, Catalog catalog) {
    if (isAll()) {
      return true;
    }
    return !other.isAll() && catalog.covered(named()).containsAll(other.named());
  }
}
