package io.bitting.scope;

import static io.bitting.scope.CatalogTest.own;
import static io.bitting.scope.CatalogTest.scopes;
import static org.assertj.core.api.Assertions.assertThat;

import io.bitting.id.ApiId;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Rule 4: what a new catalog changes, and that no name is ever used for something else. */
final class CatalogDifferenceTest {
  private static final ApiId API = new ApiId("appsec");

  @Test
  void between_theSame_isEmpty() {
    Catalog catalog = catalog(own("a", "b"), own("b"));
    CatalogDifference difference = CatalogDifference.between(Optional.of(catalog), catalog);
    assertThat(difference.isEmpty()).isTrue();
    assertThat(difference.faults()).isEmpty();
  }

  @Test
  void between_nothingAndAFirstOne_addsAllOfIt() {
    CatalogDifference difference =
        CatalogDifference.between(Optional.empty(), catalog(own("a", "b"), own("b")));
    assertThat(difference.added()).isEqualTo(scopes("a", "b"));
    assertThat(difference.implications()).hasToString("[a → b]");
    assertThat(difference.isEmpty()).isFalse();
    assertThat(difference.faults()).isEmpty();
  }

  @Test
  void between_anImplicationMore_namesIt() {
    CatalogDifference difference =
        difference(
            List.of(own("a"), own("b"), own("c", "b")), List.of(own("a", "b"), own("b"), own("c")));
    assertThat(difference.implications()).hasToString("[a → b]");
    assertThat(difference.withdrawn()).hasToString("[c → b]");
    assertThat(difference.added()).isEmpty();
    assertThat(difference.isEmpty()).isFalse();
  }

  @Test
  void between_anAddedScopeThatIsImplied_namesBoth() {
    CatalogDifference difference =
        difference(List.of(own("a")), List.of(own("a", "b"), own("b", "c"), own("c")));
    assertThat(difference.added()).isEqualTo(scopes("b", "c"));
    assertThat(difference.implications()).hasToString("[a → b, b → c]");
  }

  @Test
  void between_aScopeLeftOut_isAFault() {
    CatalogDifference difference = difference(List.of(own("a"), own("b")), List.of(own("a")));
    assertThat(difference.vanished()).isEqualTo(scopes("b"));
    assertThat(difference.faults())
        .singleElement()
        .asString()
        .startsWith("scope \"b\" is missing")
        .contains("retired: true");
    assertThat(difference.isEmpty()).isFalse();
  }

  @Test
  void between_retiredAndBack_isNamed() {
    CatalogDifference retired = difference(List.of(own("a")), List.of(retired("a")));
    assertThat(retired.retired()).isEqualTo(scopes("a"));
    assertThat(retired.restored()).isEmpty();
    assertThat(retired.faults()).isEmpty();
    assertThat(retired.isEmpty()).isFalse();

    CatalogDifference restored = difference(List.of(retired("a")), List.of(own("a")));
    assertThat(restored.restored()).isEqualTo(scopes("a"));
    assertThat(restored.retired()).isEmpty();
    assertThat(restored.isEmpty()).isFalse();
  }

  @Test
  void between_otherWords_areNamed() {
    CatalogEntry before = CatalogEntry.own(new Scope("a"), "x", AccessLevel.READ, "d");
    for (CatalogEntry after :
        new CatalogEntry[] {
          CatalogEntry.own(new Scope("a"), "y", AccessLevel.READ, "d"),
          CatalogEntry.own(new Scope("a"), "x", AccessLevel.DANGER, "d"),
          CatalogEntry.own(new Scope("a"), "x", AccessLevel.READ, "e")
        }) {
      CatalogDifference difference = difference(List.of(before), List.of(after));
      assertThat(difference.reworded()).isEqualTo(scopes("a"));
      assertThat(difference.isEmpty()).isFalse();
      assertThat(difference.faults()).isEmpty();
    }
  }

  /**
   * A name that a key holds as the product's own must not turn into power over the organization.
   */
  @Test
  void between_ownTurnedIntoIncludedOrBack_isAFault() {
    CatalogEntry own =
        CatalogEntry.own(
            new Scope("org:write"), "x", AccessLevel.WRITE, BuiltInScope.ORG_WRITE.description());
    CatalogEntry included = CatalogEntry.including(BuiltInScope.ORG_WRITE, "x");
    for (CatalogDifference difference :
        List.of(
            difference(List.of(own), List.of(included)),
            difference(List.of(included), List.of(own)))) {
      assertThat(difference.reowned()).isEqualTo(scopes("org:write"));
      assertThat(difference.isEmpty()).isFalse();
      assertThat(difference.faults())
          .singleElement()
          .asString()
          .contains("changes between own and included");
    }
  }

  private static CatalogEntry retired(String name) {
    return new CatalogEntry(
        new Scope(name), "Things", AccessLevel.WRITE, "Does it.", false, new TreeSet<>(), true);
  }

  private static CatalogDifference difference(List<CatalogEntry> before, List<CatalogEntry> after) {
    return CatalogDifference.between(
        Optional.of(Catalog.of(API, 1, before)), Catalog.of(API, 2, after));
  }

  private static Catalog catalog(CatalogEntry... entries) {
    return Catalog.of(API, 1, List.of(entries));
  }
}
