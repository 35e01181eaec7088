package io.bitting.seal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SealedTest {

  @Test
  void intact_anyOtherVerdict_isNothing() {
    assertThat(Sealed.of("row", SealVerdict.INTACT).intact()).contains("row");
    assertThat(Sealed.of("row", SealVerdict.BROKEN).intact()).isEmpty();
    assertThat(Sealed.of("row", SealVerdict.UNKNOWN_VERSION).intact()).isEmpty();
    assertThat(Sealed.of("row", SealVerdict.BROKEN).unchecked()).isEqualTo("row");
  }

  @Test
  void bytes_whatIsTakenOrGiven_isACopy() {
    byte[] taken = {1, 2};
    Bytes bytes = Bytes.of(taken);
    taken[0] = 9;
    bytes.toArray()[1] = 9;
    assertThat(bytes.hex()).isEqualTo("0102");
    assertThat(bytes)
        .isEqualTo(Bytes.of(new byte[] {1, 2}))
        .hasSameHashCodeAs(Bytes.of(new byte[] {1, 2}));
    assertThat(bytes).isNotEqualTo(Bytes.of(new byte[] {1, 3})).isNotEqualTo(Bytes.zeros(2));
  }
}
