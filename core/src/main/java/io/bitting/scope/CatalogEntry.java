package io.bitting.scope;

import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A scope as its catalog describes it.
 *
 * @param scope the name
 * @param category the heading it stands under
 * @param access how much harm it can do
 * @param description what it permits, one or two sentences
 * @param included whether this is Bitting's own scope of that name, and so works on Bitting's own
 *     endpoints too
 * @param implies the scopes that it covers directly; what these imply is covered as well
 * @param retired whether new keys may no longer name it; keys that hold it keep it
 */
public record CatalogEntry(
    Scope scope,
    String category,
    AccessLevel access,
    String description,
    boolean included,
    SortedSet<Scope> implies,
    boolean retired) {

  /** Copies what can change. */
  public CatalogEntry {
    implies = Collections.unmodifiableSortedSet(new TreeSet<>(implies));
  }

  /**
   * Describes one of the API's own scopes that implies no other.
   *
   * @param scope the name
   * @param category the heading
   * @param access the level
   * @param description what it permits
   */
  public static CatalogEntry own(
      Scope scope, String category, AccessLevel access, String description) {
    return new CatalogEntry(
        scope, category, access, description, false, new TreeSet<>(Set.of()), false);
  }

  /**
   * Includes one of Bitting's own scopes, with its own words.
   *
   * @param builtIn a scope of the organization family
   * @param category the heading
   */
  public static CatalogEntry including(BuiltInScope builtIn, String category) {
    return new CatalogEntry(
        builtIn.scope(),
        category,
        builtIn.access(),
        builtIn.description(),
        true,
        new TreeSet<>(Set.of()),
        false);
  }
}
