package io.bitting.server.signin;

import static org.assertj.core.api.Assertions.assertThat;

import io.bitting.issue.Fault;
import io.bitting.server.signin.PasswordRule.Candidate;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** ASVS 6.2.1 to 6.2.12: what a new password has to be. */
final class PasswordRuleTest {
  private static final PasswordRule RULE = new PasswordRule();
  private static final List<String> OWN =
      List.of("María-José Lindqvist", "mj.lindqvist@granite.example", "Granite Works");

  private static List<String> codes(String password, boolean withFactor) {
    return RULE.faults("/password", new Candidate(password, withFactor, OWN)).stream()
        .map(Fault::code)
        .toList();
  }

  private static List<String> common() throws IOException {
    try (InputStream in = PasswordRule.class.getResourceAsStream("common-passwords.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("# ") && !line.equals("#"))
          .toList();
    }
  }

  /** 6.2.1: fifteen alone; eight beside a second factor, as NIST has it. */
  @ParameterizedTest
  @CsvSource({
    "0, false, password_too_short", "14, false, password_too_short", "15, false, ''",
    "0, true, password_too_short", "7, true, password_too_short", "8, true, ''",
    "64, false, ''", "64, true, ''", "128, false, ''",
    "129, false, password_too_long", "60000, true, password_too_long"
  })
  void faults_byLength(int length, boolean withFactor, String code) {
    String password = distinct(length);

    assertThat(codes(password, withFactor).contains(code) || code.isEmpty()).isTrue();
    assertThat(codes(password, withFactor).isEmpty()).isEqualTo(code.isEmpty());
  }

  /** A text without a pattern: each length has its own. */
  private static String distinct(int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append((char) ('a' + (i * i * 7 + i * 3 + i / 5) % 26));
    }
    return text.toString();
  }

  /** Characters are what people call so; a pair of surrogates is one, and so is é in two parts. */
  @Test
  void faults_countCodePointsOfTheComposedForm() {
    assertThat(codes("🦄🐙🌵🎸🚲🪁🧊🛶", true)).isEmpty();
    assertThat(codes("🦄🐙🌵🎸🚲🪁🧊", true)).containsExactly("password_too_short");
    assertThat(codes("éàüöñçø".repeat(1) + "e\u0301", true)).isEmpty();
    assertThat(codes("e\u0301a\u0300u\u0308o\u0308n\u0303", true))
        .containsExactly("password_too_short");
  }

  /** 6.2.5 and 6.2.9: no rule of composition, and everything that can be typed may be. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "slowmarmaladetrain", "SLOWMARMALADETRAIN", "902817450382716", "~~<>~~&&~~\"\"~~''",
        "   slow marmalade   ", "медленный мармелад", "ゆっくりマーマレードの列車です", "slow\tmarmalade\ttrain",
        "correct horse battery staple", "'; DROP TABLE persons; --", "sunshine football princess"
      })
  void faults_ofAnythingLongAndUncommon_areNone(String password) {
    assertThat(codes(password, false)).isEmpty();
  }

  /** 6.2.4: at least the 3,000 commonest that are long enough; here every one of the list. */
  @Test
  void faults_ofEachCommonPassword_sayThatItIsCommon() throws IOException {
    List<String> common = common();

    assertThat(common).hasSizeGreaterThan(10_000).doesNotHaveDuplicates();
    assertThat(common.stream().filter(each -> each.length() < 8)).isEmpty();
    assertThat(common.stream().filter(each -> !codes(each, true).contains("password_common")))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PASSWORD123",
        "PassWord123",
        "ｐａｓｓｗｏｒｄ１２３",
        "aaaaaaaaaaaaaaaa",
        "        ",
        "abcabcabcabcabc",
        "passwordpassword",
        "sunshinesunshinesunshine",
        "ABCDEFGHIJKLMNOP",
        "zyxwvutsrqponmlk",
        "12345678901234567890",
        "98765432109876543210",
        "qwertyuiopasdfghjkl",
        "poiuytrewqpoiuytr",
        "1qaz2wsx3edc4rfv5tgb",
        "q1w2e3r4t5y6u7i8o9p0",
        "🦄🦄🦄🦄🦄🦄🦄🦄🦄🦄🦄🦄🦄🦄🦄"
      })
  void faults_ofWhatIsTriedFirst_sayThatItIsCommon(String password) {
    assertThat(codes(password, true)).containsExactly("password_common");
  }

  /** 6.2.11: the person's own words and the product's. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "maría-josé lindqvist",
        "Lindqvist-Lindqvist!",
        "mj.lindqvist@granite.example",
        "granite2026!!",
        "GraniteWorks1984",
        "bitting-BITTING",
        "Bitting2026!",
        "biTTIng.granite.42",
        "lindqvistpassword123",
        "MARÍAGRANITE"
      })
  void faults_ofThePersonsOwnWords_sayThatItIsPersonal(String password) {
    assertThat(codes(password, true)).containsExactly("password_personal");
  }

  /** The same words among enough others are nobody's clue. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "granite walls in slow rain",
        "lindqvist🦄🐙🌵🎸🚲🪁🧊🛶",
        "orbitting comets whistle",
        "example of marmalade"
      })
  void faults_ofOwnWordsAmongEnoughOthers_areNone(String password) {
    assertThat(codes(password, false)).isEmpty();
  }

  @Test
  void faults_ofHalfACharacter_sayThatItIsNoUnicode() {
    assertThat(codes("half of a pair: \ud83e", false)).containsExactly("password_not_unicode");
    assertThat(codes("\udd84 the other half", false)).containsExactly("password_not_unicode");
  }

  /** What is wrong is said in full, and never what was typed. */
  @Test
  void faults_sayWhatIsWrong_andNotThePassword() {
    List<Fault> faults = RULE.faults("/new_password", new Candidate("Password1", false, List.of()));

    assertThat(faults)
        .extracting(Fault::code)
        .containsExactly("password_too_short", "password_common");
    assertThat(faults)
        .extracting(Fault::message)
        .containsExactly(
            "the password has 9 characters; it needs 15, or 8 beside a second factor",
            "the password is one of those that are tried first");
    assertThat(faults).allMatch(fault -> fault.pointer().equals("/new_password"));
    assertThat(faults.toString()).doesNotContainIgnoringCase("Password1");
    assertThat(RULE.faults("", new Candidate("short", true, List.of())))
        .extracting(Fault::message)
        .containsExactly("the password has 5 characters; it needs 8");
    assertThat(new Candidate("Password1", false, OWN).toString()).isEqualTo("Candidate");
  }

  /** U1: ten thousand marks on one character take no time and break nothing. */
  @Test
  void faults_ofStackedMarks_sayThatItIsTooLong() {
    assertThat(codes("a" + "\u0301".repeat(10_000), false)).containsExactly("password_too_long");
  }
}
