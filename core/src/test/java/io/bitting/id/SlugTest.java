package io.bitting.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SlugTest {

  @ParameterizedTest
  @ValueSource(strings = {"a", "acme", "acme-europe", "a1", "a--b", "billing-eu-2"})
  void parse_wellFormed_isItself(String text) {
    assertThat(Slug.parse(text)).contains(new Slug(text));
    assertThat(ApiId.parse(text)).contains(new ApiId(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "1a", "-a", "a-", "A", "aCme", "a_b", "a b", "a.b", "a/b", "..", "а", "é", "a\n",
        "a\u0000", "ａ"
      })
  void parse_malformed_isNothing(String text) {
    assertThat(Slug.parse(text)).isEmpty();
    assertThat(ApiId.parse(text)).isEmpty();
    assertThatThrownBy(() -> new Slug(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(Slug.RULE);
    assertThatThrownBy(() -> new ApiId(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void parse_lengths_areBounded() {
    assertThat(Slug.parse("a".repeat(63))).isPresent();
    assertThat(Slug.parse("a".repeat(64))).isEmpty();
    assertThat(Slug.parse("a".repeat(1_000_000))).isEmpty();
  }

  @Test
  void isBuiltIn_onlyBitting_isTrue() {
    assertThat(new ApiId("bitting").isBuiltIn()).isTrue();
    assertThat(new ApiId("bitting2").isBuiltIn()).isFalse();
  }
}
