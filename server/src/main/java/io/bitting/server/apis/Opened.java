package io.bitting.server.apis;

import io.bitting.scope.Catalog;
import io.bitting.scope.Requirement;
import io.bitting.scope.Scope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a scope is good for.
 *
 * @param alone the operations that a key with this scope and no other can call, those that any key
 *     can call left out
 * @param together the operations that want it, or what it implies, with other scopes besides
 */
record Opened(List<ApiPage.Row> alone, List<ApiPage.Row> together) {
  static final Opened NOTHING = new Opened(List.of(), List.of());

  /** Finds out what each scope of a catalog opens, implications included. */
  static Map<Scope, Opened> byScope(Catalog catalog, List<ApiPage.Row> rows) {
    Map<Scope, List<Integer>> wanting = new HashMap<>();
    for (int i = 0; i < rows.size(); i++) {
      if (rows.get(i).operation().requirement() instanceof Requirement.Scopes scopes) {
        SortedSet<Scope> named = new TreeSet<>();
        scopes.alternatives().forEach(named::addAll);
        for (Scope scope : named) {
          wanting.computeIfAbsent(scope, ignored -> new ArrayList<>()).add(i);
        }
      }
    }
    Map<Scope, Opened> opened = new HashMap<>();
    for (Scope scope : catalog.scopes()) {
      opened.put(scope, of(catalog.covered(List.of(scope)), rows, wanting));
    }
    return opened;
  }

  private static Opened of(
      SortedSet<Scope> covered, List<ApiPage.Row> rows, Map<Scope, List<Integer>> wanting) {
    SortedSet<Integer> candidates = new TreeSet<>();
    covered.forEach(scope -> candidates.addAll(wanting.getOrDefault(scope, List.of())));
    List<ApiPage.Row> alone = new ArrayList<>();
    List<ApiPage.Row> together = new ArrayList<>();
    for (int candidate : candidates) {
      ApiPage.Row row = rows.get(candidate);
      boolean enough =
          row.operation().requirement() instanceof Requirement.Scopes scopes
              && scopes.isMetBy(covered::contains);
      (enough ? alone : together).add(row);
    }
    return new Opened(List.copyOf(alone), List.copyOf(together));
  }
}
