package io.bitting.issue;

import io.bitting.id.ApiId;
import io.bitting.scope.AccessLevel;
import io.bitting.scope.BuiltInScope;
import io.bitting.scope.Catalog;
import io.bitting.scope.CatalogEntry;
import io.bitting.scope.Scope;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * APIs and catalogs as plain maps and sets, for a model that shares nothing with the code it
 * judges. A power is a text, {@code <api> <scope>}.
 */
final class PlainWorld {
  /** Whose a scope is. */
  enum Kind {
    OWN,
    ORGANIZATION,
    INSTALLATION
  }

  /** A scope: its level is 0 for read, 1 for write, 2 for danger. */
  record PlainScope(Kind kind, int level, Set<String> implies, boolean retired) {}

  private static final List<String> ORGANIZATION =
      List.of(
          "org:read",
          "org:write",
          "org.memberships:read",
          "org.memberships:manage",
          "scim",
          "keys:read",
          "keys:issue",
          "keys:manage",
          "audit:read");
  private static final List<String> INSTALLATION =
      List.of(
          "apis:read", "apis:manage", "organizations:read", "organizations:manage", "keys:verify");

  /** Half of them are spelled like Bitting's. */
  private static final List<String> OWN =
      List.of(
          "scans:read",
          "scans:run",
          "view:user",
          "bot",
          "org:read",
          "keys:issue",
          "keys:verify",
          "apis:manage");

  final Map<String, Map<String, PlainScope>> apis = new TreeMap<>();

  /** Makes a world by chance. */
  static PlainWorld random(SplittableRandom random) {
    PlainWorld world = new PlainWorld();
    Map<String, PlainScope> bitting = new LinkedHashMap<>();
    ORGANIZATION.forEach(name -> bitting.put(name, builtIn(Kind.ORGANIZATION)));
    INSTALLATION.forEach(name -> bitting.put(name, builtIn(Kind.INSTALLATION)));
    world.apis.put("bitting", bitting);
    for (String api : List.of("alpha", "beta", "gamma")) {
      world.apis.put(api, product(random));
    }
    return world;
  }

  private static PlainScope builtIn(Kind kind) {
    return new PlainScope(kind, 0, Set.of(), false);
  }

  private static Map<String, PlainScope> product(SplittableRandom random) {
    Map<String, PlainScope> scopes = new LinkedHashMap<>();
    List<String> own = new ArrayList<>();
    for (String name : OWN) {
      if (random.nextInt(2) == 0 || (own.isEmpty() && name.equals("apis:manage"))) {
        own.add(name);
      }
    }
    for (int i = 0; i < own.size(); i++) {
      Set<String> implies = new HashSet<>();
      for (int j = i + 1; j < own.size(); j++) {
        if (random.nextInt(5) == 0) {
          implies.add(own.get(j));
        }
      }
      boolean retired = random.nextInt(10) == 0;
      scopes.put(own.get(i), new PlainScope(Kind.OWN, random.nextInt(3), implies, retired));
    }
    if (random.nextBoolean()) {
      for (String name : ORGANIZATION) {
        if (!own.contains(name) && random.nextInt(4) == 0) {
          scopes.put(name, builtIn(Kind.ORGANIZATION));
        }
      }
    }
    return scopes;
  }

  /**
   * Returns the world as it may be tomorrow: each product has one more dangerous scope, whoever
   * includes any scope of Bitting includes one more, Bitting itself has more, and there is one more
   * API.
   */
  PlainWorld tomorrow() {
    PlainWorld tomorrow = new PlainWorld();
    apis.forEach((api, scopes) -> {
      Map<String, PlainScope> more = new LinkedHashMap<>(scopes);
      if (api.equals("bitting")) {
        more.put("tomorrow:organization", builtIn(Kind.ORGANIZATION));
        more.put("tomorrow:installation", builtIn(Kind.INSTALLATION));
      } else {
        more.put("tomorrow:own", new PlainScope(Kind.OWN, 2, Set.of(), false));
        if (scopes.values().stream().anyMatch(scope -> scope.kind() != Kind.OWN)) {
          more.put("tomorrow:included", builtIn(Kind.ORGANIZATION));
        }
      }
      tomorrow.apis.put(api, more);
    });
    tomorrow.apis.put("tomorrow", Map.of("read", new PlainScope(Kind.OWN, 0, Set.of(), false)));
    return tomorrow;
  }

  PlainScope scope(String power) {
    int blank = power.indexOf(' ');
    return apis.get(power.substring(0, blank)).get(power.substring(blank + 1));
  }

  Set<String> everything() {
    Set<String> powers = new HashSet<>();
    apis.forEach((api, scopes) -> scopes.keySet().forEach(name -> powers.add(api + " " + name)));
    return powers;
  }

  /** Returns what names, or all scopes, of an API come to: everything that they imply included. */
  Set<String> powers(String api, boolean all, Set<String> names) {
    Map<String, PlainScope> scopes = apis.get(api);
    Set<String> covered = new HashSet<>(all ? scopes.keySet() : names);
    covered.retainAll(scopes.keySet());
    boolean grew = true;
    while (grew) {
      grew = false;
      for (Map.Entry<String, PlainScope> scope : scopes.entrySet()) {
        if (covered.contains(scope.getKey())) {
          grew |= covered.addAll(scope.getValue().implies());
        }
      }
    }
    Set<String> powers = new HashSet<>();
    covered.forEach(name -> powers.add(api + " " + name));
    return powers;
  }

  /** Returns an API's catalog as the code wants it. */
  Catalog catalog(String api) {
    List<CatalogEntry> entries = new ArrayList<>();
    apis.get(api)
        .forEach((name, scope) ->
            entries.add(
                scope.kind() == Kind.OWN
                    ? new CatalogEntry(
                        new Scope(name),
                        "Things",
                        List.of(AccessLevel.READ, AccessLevel.WRITE, AccessLevel.DANGER)
                            .get(scope.level()),
                        "Does it.",
                        false,
                        new TreeSet<>(scope.implies().stream().map(Scope::new).toList()),
                        scope.retired())
                    : CatalogEntry.including(
                        BuiltInScope.of(new Scope(name)).orElseThrow(), "Bitting")));
    return Catalog.of(new ApiId(api), 1, entries);
  }
}
