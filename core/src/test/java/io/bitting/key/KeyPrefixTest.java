package io.bitting.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bitting.id.KeyId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KeyPrefixTest {

  @ParameterizedTest
  @ValueSource(strings = {"n", "0", "bit", "bit_test", "a__b", "abcdefghij0123456789"})
  void parse_wellFormed_isItself(String text) {
    assertThat(KeyPrefix.parse(text)).contains(new KeyPrefix(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "_",
        "_a",
        "a_",
        "A",
        "bIt",
        "a-b",
        "a.b",
        "a b",
        "bit\n",
        "bіt",
        "ｂit",
        "abcdefghij0123456789a",
        "a\u0000"
      })
  void parse_malformed_isNothing(String text) {
    assertThat(KeyPrefix.parse(text)).isEmpty();
    assertThatThrownBy(() -> new KeyPrefix(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(KeyPrefix.RULE);
  }

  @Test
  void display_aKey_isPrefixAndIdOnly() {
    assertThat(new KeyPrefix("nex_test").display(KeyId.parse("4fT9xQ2mZp7B").orElseThrow()))
        .isEqualTo("nex_test_4fT9xQ2mZp7B…");
  }
}
