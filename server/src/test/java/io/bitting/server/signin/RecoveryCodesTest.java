package io.bitting.server.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.bitting.fixtures.SeededRandom;
import io.bitting.seal.Bytes;
import io.bitting.server.signin.RecoveryCodes.Fresh;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** ASVS 6.5.2 and 6.5.3, and row B4 of the threats: codes that nobody guesses, kept as digests. */
final class RecoveryCodesTest {
  private static final int BITS_A_DIGIT = 5;

  private final RecoveryCodes codes = new RecoveryCodes(new SeededRandom(1));

  @Test
  void generate_givesTenCodesOfMoreThan128Bits() {
    List<Fresh> fresh = codes.generate();

    assertThat(fresh).hasSize(10);
    assertThat(fresh).extracting(Fresh::text).doesNotHaveDuplicates();
    for (Fresh each : fresh) {
      assertThat(each.text()).matches("([0-9A-HJKMNP-TV-Z]{4}-){6}[0-9A-HJKMNP-TV-Z]{4}");
      assertThat(each.text().replace("-", "").length() * BITS_A_DIGIT).isGreaterThanOrEqualTo(128);
      assertThat(RecoveryCodes.digest(each.text())).contains(each.digest());
    }
  }

  /** Every digit is as likely in every place: none of the 32 is missing, none is far too often. */
  @Test
  void generate_manyCodes_haveEveryDigitInEveryPlace() {
    int rounds = 640;
    int[][] seen = new int[28][128];
    Set<Bytes> digests = new HashSet<>();
    for (int i = 0; i < rounds; i++) {
      for (Fresh each : codes.generate()) {
        digests.add(each.digest());
        String text = each.text().replace("-", "");
        for (int place = 0; place < text.length(); place++) {
          seen[place][text.charAt(place)]++;
        }
      }
    }

    assertThat(digests).hasSize(10 * rounds);
    for (int[] place : seen) {
      for (char digit : "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray()) {
        assertThat(place[digit]).isBetween(120, 280);
      }
    }
  }

  @Test
  void digest_isPlainSha256OfTheDigits() throws Exception {
    byte[] sha256 =
        MessageDigest.getInstance("SHA-256")
            .digest("0123456789ABCDEFGHJKMNPQRSTV".getBytes(StandardCharsets.US_ASCII));

    assertThat(RecoveryCodes.digest("0123-4567-89AB-CDEF-GHJK-MNPQ-RSTV"))
        .contains(Bytes.of(sha256));
  }

  /** As people type: in lower case, without hyphens, with letters for digits that look alike. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0101-4567-89ab-cdef-ghjk-mnpq-rstv", "0101456789ABCDEFGHJKMNPQRSTV",
        " 0101 4567 89AB CDEF GHJK MNPQ RSTV ", "O1OI-4567-89AB-CDEF-GHJK-MNPQ-RSTV",
        "olol-4567-89ab-cdef-ghjk-mnpq-rstv"
      })
  void digest_ofACodeAsPeopleType_isThatOfTheCode(String typed) {
    assertThat(RecoveryCodes.digest(typed))
        .isPresent()
        .isEqualTo(RecoveryCodes.digest("0101-4567-89AB-CDEF-GHJK-MNPQ-RSTV"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0101",
        "0101-4567-89AB-CDEF-GHJK-MNPQ-RST",
        "0101-4567-89AB-CDEF-GHJK-MNPQ-RSTVV",
        "0101-4567-89AB-CDEF-GHJK-MNPQ-RSTU",
        "0101-4567-89AB-CDEF-GHJK-MNPQ-RST*",
        "0101-4567-89AB-CDEF-GHJK-MNPQ-RST\0",
        "０101-4567-89AB-CDEF-GHJK-MNPQ-RSTV"
      })
  void digest_ofWhatIsNoCode_isNone(String typed) {
    assertThat(RecoveryCodes.digest(typed)).isEmpty();
  }

  /** One digit off is another code. */
  @ParameterizedTest
  @CsvSource({"1101-4567-89AB-CDEF-GHJK-MNPQ-RSTV", "0101-4567-89AB-CDEF-GHJK-MNPQ-RSTW"})
  void digest_ofAnotherCode_differs(String other) {
    assertThat(RecoveryCodes.digest(other))
        .isPresent()
        .isNotEqualTo(RecoveryCodes.digest("0101-4567-89AB-CDEF-GHJK-MNPQ-RSTV"));
  }

  @Test
  void toString_ofAFreshCode_showsNothing() {
    Fresh fresh = codes.generate().getFirst();

    assertThat(String.valueOf(List.of(fresh)).toLowerCase(Locale.ROOT))
        .doesNotContain(fresh.text().substring(0, 4).toLowerCase(Locale.ROOT))
        .doesNotContain(fresh.digest().hex());
  }
}
