package io.bitting.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bitting.fixtures.SeededRandom;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class Base62Test {

  @Test
  void value_everyUtf16Unit_isTheInverseOfDigitOrMinusOne() {
    int digits = 0;
    for (int unit = -1; unit <= 0xffff; unit++) {
      int value = Base62.value(unit);
      if (value >= 0) {
        assertThat((int) Base62.digit(value)).isEqualTo(unit);
        digits++;
      }
    }
    assertThat(digits).isEqualTo(62);
  }

  @Test
  void digit_inOrder_isDigitsThenUpperThenLowerCase() {
    StringBuilder alphabet = new StringBuilder();
    for (int value = 0; value < 62; value++) {
      alphabet.append((char) Base62.digit(value));
    }
    assertThat(alphabet)
        .hasToString("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
  }

  @Test
  void keyId_theEndsOfItsRange_roundTrip() {
    assertThat(new KeyId(0, 0).text()).isEqualTo("000000000000");
    assertThat(new KeyId(839_299_365_868_340_223L, 3843).text()).isEqualTo("zzzzzzzzzzzz");
    assertThat(KeyId.parse("zzzzzzzzzzzz")).contains(new KeyId(839_299_365_868_340_223L, 3843));
    assertThatThrownBy(() -> new KeyId(839_299_365_868_340_224L, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new KeyId(0, 3844)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new KeyId(-1, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new KeyId(0, -1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void keyId_generatedTexts_roundTripAndDiffer() {
    SeededRandom random = new SeededRandom(1);
    Set<KeyId> ids = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      KeyId id = KeyId.generate(random);
      assertThat(KeyId.parse(id.text())).contains(id);
      ids.add(id);
    }
    assertThat(ids).hasSize(10_000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "4fT9xQ2mZp7",
        "4fT9xQ2mZp7B0",
        "4fT9xQ2mZp7_",
        "4fT9xQ2mZp7é",
        " 4fT9xQ2mZp7"
      })
  void parse_anythingButTwelveDigits_isNothing(String text) {
    assertThat(KeyId.parse(text)).isEmpty();
    assertThat(OrganizationId.parse(text)).isEmpty();
    assertThat(EventId.parse(text)).isEmpty();
    assertThatThrownBy(() -> new OrganizationId(text)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new EventId(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void parse_twelveDigits_isTheIdThatPrintsSo() {
    assertThat(KeyId.parse("4fT9xQ2mZp7B")).hasToString("Optional[4fT9xQ2mZp7B]");
    assertThat(OrganizationId.parse("4fT9xQ2mZp7B")).hasToString("Optional[4fT9xQ2mZp7B]");
    assertThat(EventId.parse("4fT9xQ2mZp7B")).hasToString("Optional[4fT9xQ2mZp7B]");
  }
}
