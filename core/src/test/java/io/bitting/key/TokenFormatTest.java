package io.bitting.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TokenFormatTest {

  /** The first two are the public vectors of GitHub's and npm's token formats. */
  @ParameterizedTest
  @CsvSource({
    "zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ, 2a95ee6d, 0mLq17",
    "qkJaB6MffYVzZXWqmcoF49yrUxP3wf, 1345616d, 0LsakP",
    "123456789, cbf43926, 3jZRME",
    "000000000000000000000000000000, 77e5db82, 2C8GjS",
    "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzz, eaf2cd15, 4IlJEz",
    "'', 00000000, 000000",
  })
  void checksum_publishedVector_isReproduced(String covered, String crc32, String digits) {
    assertThat(checksum(covered)).isEqualTo(digits);

    byte[] written = digits.getBytes(StandardCharsets.US_ASCII);
    assertThat(TokenFormat.readChecksum(written, 0)).isEqualTo(Long.parseLong(crc32, 16));
  }

  @Test
  void readChecksum_sixDigits_areReadAboveThirtyTwoBitsToo() {
    assertThat(read("4gfFC3")).isEqualTo(0xffff_ffffL);
    assertThat(read("4gfFC4")).isEqualTo(0x1_0000_0000L);
    assertThat(read("zzzzzz")).isEqualTo(56_800_235_583L);
  }

  @Test
  void readChecksum_aCharacterThatIsNoDigit_isMinusOne() {
    for (String text : new String[] {"00000_", "-00000", "000 00", "00000\u007f"}) {
      assertThat(read(text)).isEqualTo(-1);
    }
  }

  /** Ours covers the prefix, others' does not: so an environment that was exchanged is caught. */
  @Test
  void checksum_anotherPrefix_isAnother() {
    String body = "4fT9xQ2mZp7Bk3Vd8RzLq0WnYt5HbJ7cXs2MfGa9PeUy";
    assertThat(checksum("nex_" + body)).isEqualTo("1ms6tI");
    assertThat(checksum("nex_test_" + body)).isEqualTo("16rWYQ");
    assertThat(checksum(body)).isNotIn("1ms6tI", "16rWYQ");
  }

  @Test
  void lengths_areThoseOfTheFormat() {
    assertThat(TokenFormat.LENGTH_MIN).isEqualTo(1 + 1 + 12 + 32 + 6);
    assertThat(TokenFormat.LENGTH_MAX).isEqualTo(20 + 1 + 12 + 32 + 6);
  }

  private static String checksum(String covered) {
    byte[] bytes = covered.getBytes(StandardCharsets.US_ASCII);
    byte[] text = Arrays.copyOf(bytes, bytes.length + TokenFormat.CHECKSUM_LENGTH);
    TokenFormat.writeChecksum(new CRC32(), text, bytes.length);
    return new String(text, bytes.length, TokenFormat.CHECKSUM_LENGTH, StandardCharsets.US_ASCII);
  }

  private static long read(String digits) {
    return TokenFormat.readChecksum(digits.getBytes(StandardCharsets.US_ASCII), 0);
  }
}
