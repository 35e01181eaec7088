package io.bitting.scope;

import io.bitting.id.ApiId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The scopes of one API, in their order, at one version.
 *
 * <p><b>Security guarantees.</b> A catalog that exists is consistent: no scope twice, every implied
 * scope in it, no circle of implications, and Bitting's own scopes only where they are included as
 * such. Coverage is what {@code implies} declares and nothing else.
 *
 * <p>Immutable and thread-safe.
 */
public final class Catalog {
  private static final Integer NONE = -1;

  private final ApiId api;
  private final int version;
  private final Map<Scope, CatalogEntry> entries;
  private final List<Template> templates;
  private final Map<Scope, Integer> numbers = new HashMap<>();

  private Catalog(
      ApiId api, int version, Map<Scope, CatalogEntry> entries, List<Template> templates) {
    this.api = api;
    this.version = version;
    this.entries = entries;
    this.templates = List.copyOf(templates);
    entries.keySet().forEach(scope -> numbers.put(scope, numbers.size()));
  }

  /**
   * Makes a catalog without templates.
   *
   * @param api the API that it belongs to
   * @param version 1 or more; each change of a catalog has a higher one
   * @param entries the scopes in order
   * @throws IllegalArgumentException naming every fault of {@link #faults}
   */
  public static Catalog of(ApiId api, int version, Collection<CatalogEntry> entries) {
    return of(api, version, entries, List.of());
  }

  /**
   * Makes a catalog.
   *
   * @param api the API that it belongs to
   * @param version 1 or more; each change of a catalog has a higher one
   * @param entries the scopes in order
   * @param templates the templates in order
   * @throws IllegalArgumentException naming every fault of {@link #faults}
   */
  public static Catalog of(
      ApiId api, int version, Collection<CatalogEntry> entries, List<Template> templates) {
    List<String> faults = faults(api, entries, templates);
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", faults));
    }
    if (version < 1) {
      throw new IllegalArgumentException("catalog version " + version + " is not 1 or more");
    }
    Map<Scope, CatalogEntry> byScope = new LinkedHashMap<>();
    for (CatalogEntry entry : entries) {
      byScope.put(entry.scope(), entry);
    }
    return new Catalog(api, version, Collections.unmodifiableMap(byScope), templates);
  }

  /** Returns the catalog of the built-in API: Bitting's own scopes. */
  public static Catalog builtIn() {
    List<CatalogEntry> entries = new ArrayList<>();
    for (BuiltInScope scope : BuiltInScope.values()) {
      entries.add(CatalogEntry.including(scope, category(scope)));
    }
    return of(ApiId.BITTING, 1, entries);
  }

  private static String category(BuiltInScope scope) {
    String family = scope.family().code();
    return family.substring(0, 1).toUpperCase(Locale.ROOT) + family.substring(1);
  }

  /**
   * Finds everything that keeps scopes from being a catalog.
   *
   * @param api the API that the catalog would belong to
   * @param entries the scopes in order
   * @param templates the templates in order
   * @return one sentence a fault; empty if there is none
   */
  public static List<String> faults(
      ApiId api, Collection<CatalogEntry> entries, List<Template> templates) {
    List<String> faults = new ArrayList<>();
    Map<Scope, CatalogEntry> byScope = new LinkedHashMap<>();
    for (CatalogEntry entry : entries) {
      if (byScope.put(entry.scope(), entry) != null) {
        faults.add("scope \"" + entry.scope() + "\" stands twice in the catalog; keep one of them");
      }
    }
    if (byScope.isEmpty()) {
      faults.add("the catalog has no scope; give at least one");
    }
    for (CatalogEntry entry : byScope.values()) {
      faultsOf(api, entry, byScope, faults);
    }
    Set<String> names = new HashSet<>();
    for (Template template : templates) {
      if (!names.add(template.name())) {
        faults.add(
            "template \"" + template.name() + "\" stands twice in the catalog; keep one of them");
      }
      faults.addAll(faults(template, byScope));
    }
    return faults;
  }

  private static List<String> faults(Template template, Map<Scope, CatalogEntry> all) {
    List<String> faults = new ArrayList<>();
    if (template.scopes().isEmpty()) {
      faults.add("template \"" + template.name() + "\" has no scope; give at least one");
    }
    for (Scope scope : template.scopes()) {
      CatalogEntry entry = all.get(scope);
      if (entry == null || entry.retired()) {
        faults.add(
            "template \""
                + template.name()
                + "\" has \""
                + scope
                + (entry == null
                    ? "\", which is not in the catalog; add it or take it out"
                    : "\", which is retired, so that new keys cannot have it; take it out"));
      }
    }
    return faults;
  }

  private static void faultsOf(
      ApiId api, CatalogEntry entry, Map<Scope, CatalogEntry> all, List<String> faults) {
    Scope scope = entry.scope();
    if (entry.included()) {
      Optional<BuiltInScope> builtIn = BuiltInScope.of(scope);
      if (builtIn.isEmpty()) {
        faults.add(
            "\""
                + scope
                + "\" is included, but Bitting has no scope of that name; write it as \"scope\" if it is your own");
      } else if (!api.isBuiltIn() && builtIn.get().family() != BuiltInScope.Family.ORGANIZATION) {
        faults.add(
            "\""
                + scope
                + "\" is included, but it belongs to the installation; a product's catalog includes scopes of the organization family only");
      }
      if (!entry.implies().isEmpty()) {
        faults.add(
            "\""
                + scope
                + "\" is included and implies other scopes; a built-in scope implies none");
      }
    }
    for (Scope implied : entry.implies()) {
      CatalogEntry target = all.get(implied);
      if (target == null) {
        faults.add(
            "scope \""
                + scope
                + "\" implies \""
                + implied
                + "\", which is not in the catalog; add it or take it out");
      } else if (target.included()) {
        faults.add(
            "scope \""
                + scope
                + "\" implies \""
                + implied
                + "\", a built-in scope; a built-in scope is granted by its name only");
      }
    }
    if (reaches(scope, all)) {
      faults.add(
          "scope \""
              + scope
              + "\" implies itself over others; take one implication out of the circle");
    }
  }

  private static boolean reaches(Scope start, Map<Scope, CatalogEntry> all) {
    Deque<Scope> open = new ArrayDeque<>();
    Set<Scope> seen = new HashSet<>();
    open.add(start);
    while (!open.isEmpty()) {
      CatalogEntry entry = all.get(open.poll());
      for (Scope implied : entry == null ? Set.<Scope>of() : entry.implies()) {
        if (implied.equals(start)) {
          return true;
        }
        if (seen.add(implied)) {
          open.add(implied);
        }
      }
    }
    return false;
  }

  /** Returns the API that it belongs to. */
  public ApiId api() {
    return api;
  }

  /** Returns its version, 1 or more. */
  public int version() {
    return version;
  }

  /** Returns the scopes with their descriptions, in order. */
  public Collection<CatalogEntry> entries() {
    return entries.values();
  }

  /** Returns the templates, in order. */
  public List<Template> templates() {
    return templates;
  }

  /** Returns the names of all scopes, retired ones too. */
  public Set<Scope> scopes() {
    return entries.keySet();
  }

  /** Returns the headings in order of first use. */
  public List<String> categories() {
    Set<String> categories = new LinkedHashSet<>();
    for (CatalogEntry entry : entries.values()) {
      categories.add(entry.category());
    }
    return List.copyOf(categories);
  }

  /**
   * Finds a scope.
   *
   * @param scope a name
   */
  public Optional<CatalogEntry> entry(Scope scope) {
    return Optional.ofNullable(entries.get(scope));
  }

  /**
   * Tells whether the catalog has a scope, retired or not.
   *
   * @param scope a name
   */
  public boolean has(Scope scope) {
    return entries.containsKey(scope);
  }

  /**
   * Returns which of the catalog's scopes one is, so that sets of them can be sets of numbers.
   * Costs one look-up.
   *
   * @param scope any scope
   * @return from 0 to one less than there are; -1 if the catalog does not have it
   */
  public int numberOf(Scope scope) {
    return numbers.getOrDefault(scope, NONE);
  }

  /**
   * Tells whether a scope of this catalog is Bitting's own, by inclusion and not by its spelling.
   *
   * @param scope a name
   */
  public boolean includes(Scope scope) {
    CatalogEntry entry = entries.get(scope);
    return entry != null && entry.included();
  }

  /** Tells whether any of Bitting's own scopes is included. */
  public boolean includesAny() {
    return entries.values().stream().anyMatch(CatalogEntry::included);
  }

  /**
   * Returns what scopes cover: themselves and whatever they imply, directly or over others. Names
   * that the catalog lacks cover nothing.
   *
   * @param granted names
   */
  public SortedSet<Scope> covered(Collection<Scope> granted) {
    SortedSet<Scope> covered = new TreeSet<>();
    Deque<Scope> open = new ArrayDeque<>(granted);
    while (!open.isEmpty()) {
      Scope scope = open.poll();
      CatalogEntry entry = entries.get(scope);
      if (entry != null && covered.add(scope)) {
        open.addAll(entry.implies());
      }
    }
    return covered;
  }

  /**
   * Finds the scope that a wrong name may have meant.
   *
   * @param wrong a name that is not in the catalog
   * @return the nearest name, if one is near
   */
  public Optional<Scope> nearest(String wrong) {
    return Spelling.nearest(wrong, entries.keySet());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Catalog that
        && api.equals(that.api)
        && version == that.version
        && List.copyOf(entries.values()).equals(List.copyOf(that.entries.values()))
        && templates.equals(that.templates);
  }

  @Override
  public int hashCode() {
    return 31 * api.hashCode() + version;
  }

  @Override
  public String toString() {
    return "catalog of " + api + ", version " + version + ", " + entries.size() + " scopes";
  }
}
