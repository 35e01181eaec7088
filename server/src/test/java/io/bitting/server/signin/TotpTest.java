package io.bitting.server.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.bitting.fixtures.MutableClock;
import io.bitting.fixtures.SeededRandom;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** ASVS 6.5.1 and 6.5.5 to 6.5.8, and row B3 of the threats: codes by time. */
final class TotpTest {
  private static final byte[] SEED = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

  private final MutableClock clock = new MutableClock();
  private final Totp totp = new Totp(clock, new SeededRandom(1));

  private OptionalLong accept(String code, long lastStep) {
    return totp.accept(SEED, code, lastStep);
  }

  private long step() {
    return clock.instant().getEpochSecond() / 30;
  }

  /** RFC 6238, appendix B, whose last six digits these are, and RFC 4226, appendix D. */
  @ParameterizedTest
  @CsvSource({
    "59, 287082",
    "1111111109, 081804",
    "1111111111, 050471",
    "1234567890, 005924",
    "2000000000, 279037",
    "20000000000, 353130",
    "0, 755224",
    "60, 359152",
    "90, 969429",
    "120, 338314",
    "150, 254676",
    "180, 287922",
    "210, 162583",
    "240, 399871",
    "270, 520489"
  })
  void accept_codesOfTheStandards(long second, String code) {
    clock.set(Instant.ofEpochSecond(second));

    assertThat(accept(code, Totp.NO_STEP)).hasValue(second / 30);
  }

  /** The step before, this one and the next; by the server's clock, whatever a client says. */
  @ParameterizedTest
  @CsvSource({"-3, false", "-2, false", "-1, true", "0, true", "1, true", "2, false", "3, false"})
  void accept_codeOfAStep_onlyNearNow(int offset, boolean accepted) {
    OptionalLong step = accept(Totp.code(SEED, step() + offset), Totp.NO_STEP);

    assertThat(step).isEqualTo(accepted ? OptionalLong.of(step() + offset) : OptionalLong.empty());
  }

  /** 6.5.1: a code is good once, and none that is older comes after it. */
  @Test
  void accept_sameOrEarlierStepAgain_isRefused() {
    String before = Totp.code(SEED, step() - 1);
    String now = Totp.code(SEED, step());
    String next = Totp.code(SEED, step() + 1);

    long last = accept(now, Totp.NO_STEP).orElseThrow();
    assertThat(accept(now, last)).isEmpty();
    assertThat(accept(before, last)).isEmpty();
    assertThat(accept(next, last)).hasValue(last + 1);
    assertThat(accept(next, last + 1)).isEmpty();

    clock.advance(Duration.ofSeconds(30));
    assertThat(accept(now, last)).isEmpty();
    assertThat(accept(next, last)).hasValue(last + 1);
    clock.advance(Duration.ofSeconds(60));
    assertThat(accept(next, last)).isEmpty();
  }

  /** A clock that was set back does not bring old codes back. */
  @Test
  void accept_afterTheClockWasSetBack_refusesWhatWasUsed() {
    String used = Totp.code(SEED, step());
    long last = accept(used, Totp.NO_STEP).orElseThrow();
    clock.advance(Duration.ofHours(-2));

    assertThat(accept(Totp.code(SEED, step()), last)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {" %s", "%s ", "%1$.3s %2$s", "%1$.3s\u00a0%2$s"})
  void accept_codeWithBlanks_isTheCode(String form) {
    String code = Totp.code(SEED, step());

    assertThat(accept(String.format(Locale.ROOT, form, code, code.substring(3)), Totp.NO_STEP))
        .isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0",
        "%1$.5s",
        "%s0",
        "0%s",
        "+%s",
        "-%s",
        "%s\0",
        "%s\n",
        "%s.0",
        "%1$.3s-%2$s",
        "000000 %s",
        "%1$s%1$s",
        "0x%s"
      })
  void accept_whatIsNoCode_isRefused(String form) {
    String code = Totp.code(SEED, step());

    assertThat(accept(String.format(Locale.ROOT, form, code, code.substring(3)), Totp.NO_STEP))
        .isEmpty();
  }

  /** Digits of other scripts are no digits of a code. */
  @Test
  void accept_digitsOfOtherScripts_areRefused() {
    String code = Totp.code(SEED, step());
    StringBuilder wide = new StringBuilder();
    StringBuilder arabic = new StringBuilder();
    code.chars()
        .forEach(digit -> {
          wide.append((char) (digit - '0' + '０'));
          arabic.append((char) (digit - '0' + '٠'));
        });

    assertThat(accept(code, Totp.NO_STEP)).isPresent();
    assertThat(accept(wide.toString(), Totp.NO_STEP)).isEmpty();
    assertThat(accept(arabic.toString(), Totp.NO_STEP)).isEmpty();
  }

  /** B3: of the million codes at most three are good at any time. */
  @Test
  void accept_manyGuesses_findOnlyThoseOfTheThreeSteps() {
    Set<String> good = new HashSet<>();
    for (long step = step() - 1; step <= step() + 1; step++) {
      good.add(Totp.code(SEED, step));
    }
    List<String> accepted = new ArrayList<>();
    for (int guess = 0; guess < 1_000_000; guess += 499) {
      String code = String.format(Locale.ROOT, "%06d", guess);
      if (accept(code, Totp.NO_STEP).isPresent()) {
        accepted.add(code);
      }
    }

    assertThat(good).containsAll(accepted).hasSize(3);
  }

  @Test
  void generate_gives160BitsThatDiffer() {
    byte[] first = totp.generate();
    byte[] second = totp.generate();

    assertThat(first).hasSize(20).isNotEqualTo(second);
    assertThat(totp.accept(second, Totp.code(first, step()), Totp.NO_STEP)).isEmpty();
  }

  /** RFC 4648, section 10. */
  @ParameterizedTest
  @CsvSource({
    "'', ''",
    "f, MY",
    "fo, MZXQ",
    "foo, MZXW6",
    "foob, MZXW6YQ",
    "fooba, MZXW6YTB",
    "foobar, MZXW6YTBOI",
    "12345678901234567890, GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
  })
  void revealText_isBase32(String seed, String text) {
    assertThat(Totp.revealText(seed.getBytes(StandardCharsets.US_ASCII))).isEqualTo(text);
  }

  @Test
  void revealText_ofBytesBeyondAscii_isBase32() {
    assertThat(Totp.revealText(new byte[] {-1, -2, -128, 0, 127, -1})).isEqualTo("777IAAD774");
  }

  @Test
  void revealUri_saysEverythingAnAppNeeds_andNoNameBreaksIt() {
    assertThat(Totp.revealUri("Bitting", "ann+ops@granite.example", SEED))
        .isEqualTo(
            "otpauth://totp/Bitting:ann%2Bops%40granite.example"
                + "?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Bitting"
                + "&algorithm=SHA1&digits=6&period=30");
    assertThat(Totp.revealUri("A & B?", "a:b/ü&secret=x", SEED))
        .startsWith("otpauth://totp/A%20%26%20B%3F:a%3Ab%2F%C3%BC%26secret%3Dx?secret=GEZD")
        .contains("&issuer=A%20%26%20B%3F&");
  }
}
