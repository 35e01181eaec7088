package io.bitting.id;

import static org.assertj.core.api.Assertions.assertThat;

import io.bitting.fixtures.Attack;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows U2 and U3 of the threats: one canonical form for names, and nothing in them that hides. */
final class DisplayNameTest {

  static List<Attack> names() {
    return Attack.in("names.json");
  }

  static List<Attack> pairs() {
    return Attack.in("alike-names.json");
  }

  @ParameterizedTest
  @MethodSource("names")
  void normalize_nameFromTheFile_isStoredAsExpectedOrFaulty(Attack attack) {
    String name = DisplayName.normalize(attack.input());
    Optional<String> fault = DisplayName.fault("name", name, DisplayName.LENGTH_MAX);

    Optional<String> stored = attack.text("stored");
    if (stored.isPresent()) {
      assertThat(fault).isEmpty();
      assertThat(name).isEqualTo(stored.get());
      assertThat(DisplayName.normalize(name)).isEqualTo(name);
    } else {
      assertThat(fault).get().asString().contains(attack.text("says").orElseThrow());
      assertThat(fault.get().chars()).allMatch(c -> c >= 0x20 && c < 0x7f);
    }
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void folded_pairFromTheFile_isOneNameOrTwo(Attack attack) {
    String first = DisplayName.folded(attack.text("first").orElseThrow());
    String second = DisplayName.folded(attack.text("second").orElseThrow());
    assertThat(first.equals(second)).isEqualTo(attack.flag("alike"));
  }

  @Test
  void folded_everyCodePoint_isAlikeInEveryCaseAndForm() {
    for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
      int type = Character.getType(point);
      if (type == Character.SURROGATE
          || type == Character.UNASSIGNED
          || type == Character.PRIVATE_USE) {
        continue;
      }
      String name = "x" + Character.toString(point) + "y";
      String folded = DisplayName.folded(name);
      check(point, folded, folded);
      check(point, name.toUpperCase(Locale.ROOT), folded);
      check(point, name.toLowerCase(Locale.ROOT), folded);
      for (Normalizer.Form form : Normalizer.Form.values()) {
        check(point, Normalizer.normalize(name, form), folded);
      }
    }
  }

  private static void check(int point, String name, String folded) {
    if (!DisplayName.folded(name).equals(folded)) {
      throw new AssertionError(
          String.format("U+%04X: \"%s\" is not folded to \"%s\"", point, name, folded));
    }
  }

  @Test
  void folded_inATurkishJava_isTheSame() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("tr"));
      assertThat(DisplayName.folded("IMPORT")).isEqualTo("import");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void fault_purpose_hasALengthOfItsOwn() {
    assertThat(DisplayName.fault("purpose", "a".repeat(500), DisplayName.PURPOSE_LENGTH_MAX))
        .isEmpty();
    assertThat(DisplayName.fault("purpose", "a".repeat(501), DisplayName.PURPOSE_LENGTH_MAX))
        .contains("purpose has 501 characters; at most 500 are allowed");
  }

  /** The longest text that is normalized at all decomposes to a purpose of the greatest length. */
  @Test
  void normalize_thePurposeThatIsLongestDecomposed_isNormalized() {
    String decomposed = "\u03b1\u0313\u0300\u0345".repeat(DisplayName.PURPOSE_LENGTH_MAX);
    assertThat(DisplayName.normalize(decomposed))
        .isEqualTo("\u1f82".repeat(DisplayName.PURPOSE_LENGTH_MAX));
  }
}
