package io.bitting.scope;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What changes from one catalog of an API to the next.
 *
 * @param added scopes that are new
 * @param vanished scopes that are no longer listed; not allowed, a scope is retired instead
 * @param retired scopes that new keys may no longer name
 * @param restored retired scopes that are offered again
 * @param implications implications that are new, as {@code from → to}
 * @param withdrawn implications that are gone, as {@code from → to}
 * @param reworded scopes whose category, access level or description differ
 * @param reowned scopes that were the API's own and are now included from Bitting, or the reverse;
 *     not allowed
 * @param templates names of templates that are new, other than before, or gone
 */
public record CatalogDifference(
    SortedSet<Scope> added,
    SortedSet<Scope> vanished,
    SortedSet<Scope> retired,
    SortedSet<Scope> restored,
    List<Implication> implications,
    List<Implication> withdrawn,
    SortedSet<Scope> reworded,
    SortedSet<Scope> reowned,
    SortedSet<String> templates) {

  /**
   * One scope that covers another.
   *
   * @param from the scope that a key holds
   * @param to the scope that it covers thereby
   */
  public record Implication(Scope from, Scope to) {
    @Override
    public String toString() {
      return from + " → " + to;
    }
  }

  /**
   * Compares two catalogs of one API.
   *
   * @param before the catalog in force, if there is one
   * @param after the catalog proposed
   */
  public static CatalogDifference between(Optional<Catalog> before, Catalog after) {
    SortedSet<Scope> added = new TreeSet<>(after.scopes());
    SortedSet<Scope> vanished = new TreeSet<>();
    SortedSet<Scope> retired = new TreeSet<>();
    SortedSet<Scope> restored = new TreeSet<>();
    SortedSet<Scope> reworded = new TreeSet<>();
    SortedSet<Scope> reowned = new TreeSet<>();
    List<Implication> withdrawn = new ArrayList<>();
    List<Implication> implications = new ArrayList<>();
    for (CatalogEntry old :
        before.map(catalog -> List.copyOf(catalog.entries())).orElse(List.of())) {
      added.remove(old.scope());
      Optional<CatalogEntry> found = after.entry(old.scope());
      if (found.isEmpty()) {
        vanished.add(old.scope());
        continue;
      }
      CatalogEntry now = found.get();
      if (now.retired() != old.retired()) {
        (now.retired() ? retired : restored).add(now.scope());
      }
      if (now.included() != old.included()) {
        reowned.add(now.scope());
      }
      if (!now.category().equals(old.category())
          || now.access() != old.access()
          || !now.description().equals(old.description())) {
        reworded.add(now.scope());
      }
      add(withdrawn, old.scope(), old.implies(), now.implies());
      add(implications, old.scope(), now.implies(), old.implies());
    }
    for (Scope scope : added) {
      add(implications, scope, after.entry(scope).orElseThrow().implies(), Set.of());
    }
    return new CatalogDifference(
        added,
        vanished,
        retired,
        restored,
        implications,
        withdrawn,
        reworded,
        reowned,
        templates(before, after));
  }

  private static SortedSet<String> templates(Optional<Catalog> before, Catalog after) {
    Set<Template> old = new HashSet<>(before.map(Catalog::templates).orElse(List.of()));
    Set<Template> now = new HashSet<>(after.templates());
    SortedSet<String> different = new TreeSet<>();
    now.stream().filter(each -> !old.contains(each)).map(Template::name).forEach(different::add);
    old.stream().filter(each -> !now.contains(each)).map(Template::name).forEach(different::add);
    return different;
  }

  private static void add(List<Implication> into, Scope from, Set<Scope> some, Set<Scope> without) {
    for (Scope to : some) {
      if (!without.contains(to)) {
        into.add(new Implication(from, to));
      }
    }
  }

  /** Tells whether nothing differs. */
  public boolean isEmpty() {
    return added.isEmpty()
        && vanished.isEmpty()
        && retired.isEmpty()
        && restored.isEmpty()
        && implications.isEmpty()
        && withdrawn.isEmpty()
        && reworded.isEmpty()
        && reowned.isEmpty()
        && templates.isEmpty();
  }

  /** Says what may not be: one sentence a fault. */
  public List<String> faults() {
    List<String> faults = new ArrayList<>();
    for (Scope scope : vanished) {
      faults.add(
          "scope \""
              + scope
              + "\" is missing; a scope never vanishes, so that its name is never used for something else: list it with \"retired: true\"");
    }
    for (Scope scope : reowned) {
      faults.add(
          "scope \""
              + scope
              + "\" changes between own and included; a name keeps its meaning: choose another name");
    }
    return faults;
  }
}
