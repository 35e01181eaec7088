package io.bitting.scope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Rule 7: an empty requirement is an error, never <em>any valid key</em>. */
final class RequirementTest {
  private static final Scope A = new Scope("a");
  private static final Scope B = new Scope("b");
  private static final Scope C = new Scope("c");

  @Test
  void scopes_empty_throws() {
    assertThatThrownBy(() -> new Requirement.Scopes(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Requirement.Scopes(List.of(Set.of(A), Set.of())))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Requirement.allOf(new String[0]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Requirement.allOf(new Scope[0]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void allOf_aMalformedName_throwsAndSaysWhy() {
    assertThatThrownBy(() -> Requirement.allOf("scans:read", "scаns:run"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("U+0430 (CYRILLIC SMALL LETTER A)");
    assertThatThrownBy(() -> Requirement.allOf("SCANS:READ"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(Scope.RULE);
  }

  @Test
  void isMetBy_alternatives_oneOfThemWholeIsEnough() {
    Requirement.Scopes requirement = new Requirement.Scopes(List.of(Set.of(A), Set.of(B, C)));
    assertThat(requirement.isMetBy(Set.of(A)::contains)).isTrue();
    assertThat(requirement.isMetBy(Set.of(B, C)::contains)).isTrue();
    assertThat(requirement.isMetBy(Set.of(B)::contains)).isFalse();
    assertThat(requirement.isMetBy(Set.of(C)::contains)).isFalse();
    assertThat(requirement.isMetBy(Set.of()::contains)).isFalse();
  }

  /** More requirements never widen, more alternatives never narrow. */
  @Test
  void isMetBy_moreScopesOrAlternatives_neverTheOtherWay() {
    SplittableRandom random = new SplittableRandom(1);
    List<Scope> all = List.of(A, B, C, new Scope("d"), new Scope("e"));
    for (int round = 0; round < 20_000; round++) {
      Set<Scope> held = some(random, all, 0);
      List<Set<Scope>> alternatives = new ArrayList<>();
      for (int i = random.nextInt(1, 4); i > 0; i--) {
        alternatives.add(some(random, all, 1));
      }
      boolean met = new Requirement.Scopes(alternatives).isMetBy(held::contains);
      assertThat(met).isEqualTo(alternatives.stream().anyMatch(held::containsAll));

      List<Set<Scope>> more = new ArrayList<>(alternatives);
      more.add(some(random, all, 1));
      assertThat(new Requirement.Scopes(more).isMetBy(held::contains) || !met).isTrue();

      List<Set<Scope>> longer = new ArrayList<>();
      for (Set<Scope> alternative : alternatives) {
        Set<Scope> extended = new TreeSet<>(alternative);
        extended.add(all.get(random.nextInt(all.size())));
        longer.add(extended);
      }
      assertThat(!new Requirement.Scopes(longer).isMetBy(held::contains) || met).isTrue();
    }
  }

  @Test
  void scopes_setsChangedAfterwards_areNotChangedHere() {
    Set<Scope> alternative = new HashSet<>(Set.of(A));
    List<Set<Scope>> alternatives = new ArrayList<>(List.of(alternative));
    Requirement.Scopes requirement = new Requirement.Scopes(alternatives);
    alternative.clear();
    alternatives.clear();
    assertThat(requirement.isMetBy(Set.of()::contains)).isFalse();
    assertThat(requirement.isMetBy(Set.of(A)::contains)).isTrue();
    assertThatThrownBy(() -> requirement.alternatives().clear())
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> requirement.alternatives().get(0).clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void toString_anyKind_isWords() {
    assertThat(new Requirement.Scopes(Arrays.asList(Set.of(A), new TreeSet<>(Set.of(C, B)))))
        .hasToString("a, or b and c");
    assertThat(new Requirement.AnyValidKey()).hasToString("any valid key");
    assertThat(new Requirement.Anonymous()).hasToString("no key");
  }

  @Test
  void equals_sameAlternatives_isEqual() {
    assertThat(Requirement.allOf("a", "b"))
        .isEqualTo(Requirement.allOf("b", "a"))
        .hasSameHashCodeAs(Requirement.allOf("b", "a"))
        .isNotEqualTo(Requirement.allOf("a"))
        .isNotEqualTo(new Requirement.AnyValidKey());
  }

  private static Set<Scope> some(SplittableRandom random, List<Scope> all, int least) {
    Set<Scope> some = new HashSet<>();
    while (some.size() < least || random.nextInt(3) == 0) {
      some.add(all.get(random.nextInt(all.size())));
    }
    return some;
  }
}
