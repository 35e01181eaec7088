package io.bitting.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** The form under which lenient servers' readings fall together. */
final class SkeletonTest {

  /** Whatever a library makes of a character that it holds for the same has the same skeleton. */
  @Test
  void of_eachCodePoint_isThatOfItsVariants() {
    List<String> unlike = new ArrayList<>();
    for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
      if (Character.getType(point) == Character.SURROGATE) {
        continue;
      }
      String text = Character.toString(point);
      String skeleton = Skeleton.of(text);
      for (String variant :
          new String[] {
            Character.toString(Character.toLowerCase(point)),
            Character.toString(Character.toUpperCase(point)),
            Character.toString(Character.toTitleCase(point)),
            text.toLowerCase(Locale.ROOT),
            text.toUpperCase(Locale.ROOT),
            Normalizer.normalize(text, Normalizer.Form.NFC),
            Normalizer.normalize(text, Normalizer.Form.NFD),
            Normalizer.normalize(text, Normalizer.Form.NFKC),
            Normalizer.normalize(text, Normalizer.Form.NFKD),
            skeleton
          }) {
        // Most are their only variant.
        if (!variant.equals(text) && !Skeleton.of(variant).equals(skeleton)) {
          unlike.add(String.format(Locale.ROOT, "U+%04X: %s", point, variant));
        }
      }
    }
    assertThat(unlike).isEmpty();
  }

  @Test
  void of_turkishCase_isThatOfTheLetter() {
    Locale turkish = Locale.forLanguageTag("tr");
    assertThat(Skeleton.of("IMPORT".toLowerCase(turkish))).isEqualTo("import");
    assertThat(Skeleton.of("import".toUpperCase(turkish))).isEqualTo("import");
  }

  @Test
  void of_whatIsItsOwn_isTheSameObject() {
    String text = "plain-text_1.json:verb@x";
    assertThat(Skeleton.of(text)).isSameAs(text);
  }

  @Property
  void of_textsThatAreJoined_isTheirSkeletonsJoined(@ForAll String first, @ForAll String second) {
    String one = first.replaceAll("\\p{Cs}", "");
    String two = second.replaceAll("\\p{Cs}", "");
    assertThat(Skeleton.of(one + two)).isEqualTo(Skeleton.of(one) + Skeleton.of(two));
  }
}
