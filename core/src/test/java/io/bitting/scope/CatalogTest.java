package io.bitting.scope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bitting.id.ApiId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Rules 2 and 5, and row A8 of the threats. */
final class CatalogTest {
  private static final ApiId API = new ApiId("appsec");

  @Test
  void faults_everyKind_isNamed() {
    assertThat(faults()).containsExactly("the catalog has no scope; give at least one");
    assertThat(faults(own("a"), own("b"), own("a")))
        .containsExactly("scope \"a\" stands twice in the catalog; keep one of them");
    assertThat(
            faults(own("a"), CatalogEntry.including(BuiltInScope.ORG_READ, "x"), own("org:read")))
        .singleElement()
        .asString()
        .contains("\"org:read\" stands twice");
    assertThat(faults(own("a", "b")))
        .containsExactly(
            "scope \"a\" implies \"b\", which is not in the catalog; add it or take it out");
    assertThat(faults(included("mine")))
        .singleElement()
        .asString()
        .contains("\"mine\" is included, but Bitting has no scope of that name");
    assertThat(faults(included("org:read", "a"), own("a")))
        .singleElement()
        .asString()
        .contains("a built-in scope implies none");
    assertThat(faults(own("a", "org:read"), included("org:read")))
        .singleElement()
        .asString()
        .contains("a built-in scope is granted by its name only");
    assertThat(faults(own("a", "a"))).singleElement().asString().contains("implies itself");
    assertThat(faults(own("a", "b"), own("b", "c"), own("c", "a"), own("d", "a")))
        .hasSize(3)
        .allMatch(fault -> fault.contains("implies itself over others"))
        .noneMatch(fault -> fault.contains("\"d\""));
  }

  /** Rule 2: scopes of the installation can be included by no product. */
  @Test
  void faults_everyScopeOfTheInstallationIncludedByAProduct_isAFault() {
    for (BuiltInScope scope : BuiltInScope.values()) {
      List<String> faults = faults(CatalogEntry.including(scope, "x"));
      if (scope.family() == BuiltInScope.Family.ORGANIZATION) {
        assertThat(faults).isEmpty();
      } else {
        assertThat(faults).singleElement().asString().contains("belongs to the installation");
      }
    }
  }

  @Test
  void of_faultyEntries_throwsWithAllFaults() {
    assertThatThrownBy(() -> Catalog.of(API, 1, List.of(own("a", "b"), own("c", "d"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"b\"")
        .hasMessageContaining("\"d\"");
    assertThatThrownBy(() -> Catalog.of(API, 0, List.of(own("a"))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** The power comes from inclusion, never from the spelling. */
  @Test
  void includes_aScopeSpelledLikeABuiltInOne_isFalse() {
    Catalog spelled = Catalog.of(API, 1, List.of(own("org:read"), own("keys:issue")));
    assertThat(spelled.includes(new Scope("org:read"))).isFalse();
    assertThat(spelled.includesAny()).isFalse();
    assertThat(spelled.has(new Scope("org:read"))).isTrue();

    Catalog included =
        Catalog.of(API, 1, List.of(CatalogEntry.including(BuiltInScope.ORG_READ, "x"), own("a")));
    assertThat(included.includes(new Scope("org:read"))).isTrue();
    assertThat(included.includes(new Scope("a"))).isFalse();
    assertThat(included.includes(new Scope("org:write"))).isFalse();
    assertThat(included.includesAny()).isTrue();
  }

  /** A catalog whose names look like each other's families, prefixes and wildcards. */
  @Test
  void covered_spellingsThatSuggestMore_coverThemselvesOnly() {
    String[] names = {
      "scans",
      "scans:manage",
      "scans:read",
      "scans:r",
      "scans:admin",
      "scans.read",
      "admin",
      "all",
      "read",
      "read:scans",
      "manage:scans",
      "scans:all",
      "s",
      "scans-read",
      "scans:write"
    };
    List<CatalogEntry> entries = new ArrayList<>();
    for (String name : names) {
      entries.add(own(name));
    }
    entries.add(own("*"));
    entries.add(own("scans:*"));
    Catalog catalog = Catalog.of(API, 1, entries);
    for (Scope scope : catalog.scopes()) {
      assertThat(catalog.covered(Set.of(scope))).containsExactly(scope);
    }
  }

  @Test
  void covered_namesThatTheCatalogLacks_coverNothing() {
    Catalog catalog = Catalog.of(API, 1, List.of(own("a", "b"), own("b")));
    assertThat(catalog.covered(scopes("zzz", "A", "a:b"))).isEmpty();
    assertThat(catalog.covered(Set.of())).isEmpty();
    assertThat(catalog.covered(scopes("a", "zzz"))).isEqualTo(scopes("a", "b"));
  }

  /** Reflexive, transitive, monotone, and nothing that is not declared: against a plain closure. */
  @Test
  void covered_randomImplications_isTheirClosure() {
    SplittableRandom random = new SplittableRandom(7);
    for (int round = 0; round < 2_000; round++) {
      int size = random.nextInt(1, 12);
      boolean[][] implies = new boolean[size][size];
      List<CatalogEntry> entries = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        List<String> implied = new ArrayList<>();
        for (int j = i + 1; j < size; j++) {
          if (random.nextInt(4) == 0) {
            implies[i][j] = true;
            implied.add("s" + j);
          }
        }
        entries.add(own("s" + i, implied.toArray(new String[0])));
      }
      Catalog catalog = Catalog.of(API, 1, entries);
      Set<Scope> granted = new TreeSet<>();
      boolean[] expected = new boolean[size];
      for (int i = 0; i < size; i++) {
        if (random.nextInt(3) == 0) {
          granted.add(new Scope("s" + i));
          expected[i] = true;
        }
        for (int j = 0; j < size; j++) {
          expected[j] |= expected[i] && implies[i][j];
        }
      }
      Set<Scope> covered = catalog.covered(granted);
      Set<Scope> closure = new HashSet<>();
      for (int i = 0; i < size; i++) {
        if (expected[i]) {
          closure.add(new Scope("s" + i));
        }
      }
      assertThat(covered).isEqualTo(closure);
      assertThat(covered).containsAll(granted);
      assertThat(catalog.covered(covered)).isEqualTo(covered);
    }
  }

  @Test
  void entries_keepTheirOrderAndCategories() {
    Catalog catalog =
        Catalog.of(
            API,
            3,
            List.of(
                CatalogEntry.own(new Scope("z"), "Second", AccessLevel.READ, "d"),
                CatalogEntry.own(new Scope("a"), "First", AccessLevel.READ, "d"),
                CatalogEntry.own(new Scope("m"), "Second", AccessLevel.READ, "d")));
    assertThat(catalog.scopes()).extracting(Scope::text).containsExactly("z", "a", "m");
    assertThat(catalog.categories()).containsExactly("Second", "First");
    assertThat(catalog.entry(new Scope("a")).orElseThrow().category()).isEqualTo("First");
    assertThat(catalog.entry(new Scope("b"))).isEmpty();
    assertThat(catalog).hasToString("catalog of appsec, version 3, 3 scopes");
    assertThatThrownBy(() -> catalog.entries().clear())
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> catalog.scopes().remove(new Scope("a")))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void equals_anyPartChanged_isAnother() {
    Catalog catalog = Catalog.of(API, 1, List.of(own("a", "b"), own("b")));
    assertThat(Catalog.of(API, 1, List.of(own("a", "b"), own("b"))))
        .isEqualTo(catalog)
        .hasSameHashCodeAs(catalog);
    assertThat(Catalog.of(API, 2, List.of(own("a", "b"), own("b")))).isNotEqualTo(catalog);
    assertThat(Catalog.of(API, 1, List.of(own("b"), own("a", "b")))).isNotEqualTo(catalog);
    assertThat(Catalog.of(API, 1, List.of(own("a"), own("b")))).isNotEqualTo(catalog);
    assertThat(Catalog.of(new ApiId("other"), 1, List.of(own("a", "b"), own("b"))))
        .isNotEqualTo(catalog);
  }

  @Test
  void nearest_ofACatalog_looksAtItsScopes() {
    Catalog catalog = Catalog.of(API, 1, List.of(own("scans:read")));
    assertThat(catalog.nearest("scan:read")).contains(new Scope("scans:read"));
  }

  static CatalogEntry own(String name, String... implies) {
    return entry(name, false, implies);
  }

  private static CatalogEntry included(String name, String... implies) {
    return entry(name, true, implies);
  }

  private static CatalogEntry entry(String name, boolean included, String... implies) {
    return new CatalogEntry(
        new Scope(name), "Things", AccessLevel.WRITE, "Does it.", included, scopes(implies), false);
  }

  static SortedSet<Scope> scopes(String... names) {
    SortedSet<Scope> scopes = new TreeSet<>();
    for (String name : names) {
      scopes.add(new Scope(name));
    }
    return scopes;
  }

  private static List<String> faults(CatalogEntry... entries) {
    Collection<CatalogEntry> all = List.of(entries);
    return Catalog.faults(API, all, List.of());
  }
}
