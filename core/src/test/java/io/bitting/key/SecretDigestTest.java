package io.bitting.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bitting.fixtures.SeededRandom;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Row K9 of the threats: 32 bytes, all of them, in one method. */
final class SecretDigestTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 16, 20, 31, 33, 64})
  void of_anyOtherLengthThan32_isRefused(int length) {
    assertThatThrownBy(() -> SecretDigest.of(new byte[length]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("32 bytes, not " + length);
  }

  @Test
  void matches_anySingleBitChanged_isFalse() {
    byte[] bytes = new byte[32];
    new SeededRandom(1).nextBytes(bytes);
    SecretDigest digest = SecretDigest.of(bytes);
    assertThat(matches(digest, bytes)).isTrue();
    for (int bit = 0; bit < 256; bit++) {
      byte[] changed = bytes.clone();
      changed[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThat(matches(digest, changed)).as("bit %d", bit).isFalse();
    }
  }

  /** Differences that cancel out when words are added or xored are differences all the same. */
  @Test
  void matches_differencesThatCancelOut_isFalse() {
    byte[] bytes = new byte[32];
    new SeededRandom(2).nextBytes(bytes);
    SecretDigest digest = SecretDigest.of(bytes);
    for (int word = 1; word < 4; word++) {
      byte[] changed = bytes.clone();
      changed[3] ^= 0x55;
      changed[8 * word + 3] ^= 0x55;
      assertThat(matches(digest, changed)).isFalse();
      byte[] swapped = bytes.clone();
      System.arraycopy(bytes, 0, swapped, 8 * word, 8);
      System.arraycopy(bytes, 8 * word, swapped, 0, 8);
      assertThat(matches(digest, swapped)).isFalse();
    }
  }

  @Test
  void toBytes_isACopyOfWhatWasTaken() {
    byte[] bytes = new byte[32];
    new SeededRandom(3).nextBytes(bytes);
    byte[] taken = bytes.clone();
    SecretDigest digest = SecretDigest.of(taken);
    Arrays.fill(taken, (byte) 0);
    assertThat(digest.toBytes()).isEqualTo(bytes);
    Arrays.fill(digest.toBytes(), (byte) 0);
    assertThat(digest.toBytes()).isEqualTo(bytes);
  }

  /** Two ways to compare would be one too many, and that one not in constant time. */
  @Test
  void declaredMethods_haveNeitherEqualsNorHashCode() {
    assertThat(SecretDigest.class.getDeclaredMethods())
        .extracting(Method::getName)
        .doesNotContain("equals", "hashCode", "compareTo");
  }

  static boolean matches(SecretDigest digest, byte[] bytes) {
    ByteBuffer words = ByteBuffer.wrap(bytes);
    return digest.matches(words.getLong(), words.getLong(), words.getLong(), words.getLong());
  }
}
