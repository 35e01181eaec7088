package io.bitting.server.console;

import io.bitting.client.protocol.ApiAnswer;
import io.bitting.client.protocol.CatalogAnswer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The scopes of an API: what each permits, which operations need it, which keys have it.
 *
 * @param apis the APIs to choose from
 * @param api the chosen one; null if there is none
 * @param catalog its catalog; null if it has none yet
 * @param opened how many operations need each scope
 */
record CatalogPage(
    List<ApiAnswer> apis,
    @Nullable ApiAnswer api,
    @Nullable CatalogAnswer catalog,
    Map<String, Integer> opened)
    implements ConsolePage {
  CatalogPage {
    apis = List.copyOf(apis);
    opened = Map.copyOf(opened);
  }

  /** Returns the scopes by category, in the order of the catalog. */
  static Map<String, List<CatalogAnswer.Entry>> byCategory(CatalogAnswer catalog) {
    Map<String, List<CatalogAnswer.Entry>> byCategory = new LinkedHashMap<>();
    for (CatalogAnswer.Entry entry : catalog.scopes()) {
      byCategory.computeIfAbsent(entry.category(), title -> new ArrayList<>()).add(entry);
    }
    return byCategory;
  }

  /** Names the place of a scope; two scopes that differ in odd characters alone may share one. */
  static String anchor(String scope) {
    return "scope-" + scope.replaceAll("[^a-zA-Z0-9_-]", "-");
  }

  @Override
  public String title() {
    return api == null ? "Catalog" : "Scopes of " + api.name();
  }

  @Override
  public Section section() {
    return Section.CATALOG;
  }
}
