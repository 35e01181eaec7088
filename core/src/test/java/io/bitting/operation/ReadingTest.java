package io.bitting.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

/** A part of a text answers as the text does that it would be if it were cut out. */
final class ReadingTest {

  @Property(tries = 5_000)
  void reading_partOfAText_answersAsTheTextItself(
      @ForAll
          @CharRange(from = 'A', to = 'C')
          @CharRange(from = 'a', to = 'c')
          @StringLength(max = 6)
          String before,
      @ForAll
          @CharRange(from = 'A', to = 'C')
          @CharRange(from = 'a', to = 'c')
          @StringLength(max = 6)
          String within,
      @ForAll @CharRange(from = 'a', to = 'c') @StringLength(max = 3) String part,
      @ForAll boolean folded) {
    Reading reading =
        Reading.of(
            before + within + ".c", before.length(), before.length() + within.length(), 0, folded);
    String text = folded ? within.toLowerCase(Locale.ROOT) : within;

    assertThat(reading).hasToString(text).isEqualTo(Reading.of(text));
    assertThat(reading.hash()).isEqualTo(Reading.of(text).hash());
    assertThat(reading.text()).hasToString(within);
    assertThat(reading.length()).isEqualTo(text.length());
    assertThat(reading.is(part)).isEqualTo(text.equals(part));
    assertThat(reading.is(text)).isTrue();
    assertThat(reading.startsWith(part)).isEqualTo(text.startsWith(part));
    assertThat(reading.endsWith(part)).isEqualTo(text.endsWith(part));
    for (int least = 0; least <= text.length(); least++) {
      assertThat(reading.indexOf(part, least)).isEqualTo(text.indexOf(part, least));
      assertThat(reading.dot(least)).isEqualTo(-1);
      assertThat(reading.before(least)).hasToString(text.substring(0, least));
      assertThat(reading.ends(least, text.length() - least)).isEqualTo(text);
    }
  }

  @Test
  void dot_partWithDots_isWhereTheyAre() {
    Reading reading = Reading.of("/.a.b./.", 2, 6, 0, true);
    assertThat(reading).hasToString("a.b.");
    assertThat(reading.dot(0)).isEqualTo(1);
    assertThat(reading.dot(1)).isEqualTo(1);
    assertThat(reading.dot(2)).isEqualTo(3);
    assertThat(reading.dot(4)).isEqualTo(-1);
  }
}
