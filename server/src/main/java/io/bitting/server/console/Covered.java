package io.bitting.server.console;

import io.bitting.client.protocol.CatalogAnswer;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Which scopes of a catalog cover which others. Immutable. */
final class Covered {
  private final CatalogAnswer catalog;
  private final Map<String, CatalogAnswer.Entry> entries = new HashMap<>();

  /**
   * Takes a catalog.
   *
   * @param catalog the catalog
   */
  Covered(CatalogAnswer catalog) {
    this.catalog = catalog;
    catalog.scopes().forEach(entry -> entries.put(entry.scope(), entry));
  }

  CatalogAnswer catalog() {
    return catalog;
  }

  /** Returns the names of all scopes. */
  Set<String> all() {
    return Set.copyOf(entries.keySet());
  }

  /**
   * Returns a scope and all that it covers, indirectly too.
   *
   * @param scope a scope
   */
  Set<String> by(String scope) {
    return by(List.of(scope));
  }

  /**
   * Returns scopes and all that they cover, indirectly too.
   *
   * @param scopes the scopes
   */
  Set<String> by(Collection<String> scopes) {
    Set<String> covered = new LinkedHashSet<>();
    Deque<String> open = new ArrayDeque<>(scopes);
    while (!open.isEmpty()) {
      String scope = open.removeFirst();
      CatalogAnswer.Entry entry = entries.get(scope);
      if (covered.add(scope) && entry != null) {
        open.addAll(entry.implies());
      }
    }
    return covered;
  }

  /**
   * Returns what a scope covers besides itself.
   *
   * @param scope a scope
   */
  List<String> besides(String scope) {
    return by(scope).stream()
        .filter(covered -> !covered.equals(scope))
        .collect(Collectors.toUnmodifiableList());
  }
}
