package io.bitting.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bitting.id.KeyId;
import io.bitting.key.KeyPrefix;
import io.bitting.key.MintedToken;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class DoctorTest {
  private static final String TOKEN = mint();
  private static final int BODY = "nex_test_".length();
  private static final String ID = TOKEN.substring(BODY, BODY + 12);
  private static final String SECRET = TOKEN.substring(BODY + 12, BODY + 44);

  @TempDir private Path folder;

  private static String mint() {
    SecureRandom random = new SecureRandom();
    return MintedToken.mint(new KeyPrefix("nex_test"), KeyId.generate(random), random).revealOnce();
  }

  private static String swapped(String text, int at) {
    char other = text.charAt(at) == 'a' ? 'b' : 'a';
    return text.substring(0, at) + other + text.substring(at + 1);
  }

  static Stream<Arguments> ill() {
    return Stream.of(
        arguments("", "there is nothing"),
        arguments("\n", "there is nothing"),
        arguments(" " + TOKEN, "a blank at position 1"),
        arguments(TOKEN + " ", "a blank at position " + (TOKEN.length() + 1)),
        arguments(
            TOKEN.substring(0, 30) + "\n" + TOKEN.substring(30), "a line break at position 31"),
        arguments(TOKEN + "\r\n\n", "a line break"),
        arguments("Bearer " + TOKEN, "a whole header"),
        arguments("Authorization: Bearer " + TOKEN, "a whole header"),
        arguments("\"" + TOKEN + "\"", "has a \" at position 1"),
        arguments("<" + TOKEN + ">", "has a < at position 1"),
        arguments("nex_test_" + ID + "…", "what lists show of a key"),
        arguments("nex_test_" + ID + "...", "what lists show of a key"),
        arguments(TOKEN.substring(0, TOKEN.length() - 1), "1 character short"),
        arguments(TOKEN.substring(0, BODY + 12), "38 characters short"),
        arguments(TOKEN + "x", "1 character too long"),
        arguments(TOKEN.substring(BODY), "does not start with a prefix"),
        arguments(TOKEN.toUpperCase(java.util.Locale.ROOT), "does not start with a prefix"),
        arguments(
            TOKEN.substring(0, BODY) + TOKEN.substring(BODY).toLowerCase(java.util.Locale.ROOT),
            "the checksum does not fit"),
        arguments(swapped(TOKEN, BODY + 20), "the checksum does not fit"),
        arguments(swapped(TOKEN, BODY), "the checksum does not fit"),
        arguments(swapped(TOKEN, TOKEN.length() - 1), "the checksum does not fit"),
        arguments(swapped(TOKEN, 0), "the checksum does not fit"),
        arguments(
            TOKEN.substring(0, BODY + 13) + "о" + TOKEN.substring(BODY + 14),
            "U+043E (CYRILLIC SMALL LETTER O)"),
        arguments(TOKEN.substring(0, BODY + 13) + "\u200b" + TOKEN.substring(BODY + 13), "U+200B"),
        arguments(TOKEN.substring(0, BODY + 13) + "-" + TOKEN.substring(BODY + 14), "U+002D"));
  }

  @ParameterizedTest
  @MethodSource("ill")
  void doctor_illToken_saysWhatIsWrongAndShowsNoSecret(String token, String fault) {
    Cli cli = new Cli(folder).in(token);
    Cli.Result result = cli.run("doctor", "--token-stdin");

    assertThat(result.code()).isEqualTo(ExitCode.FAILURE);
    assertThat(result.out()).contains("✗ ", fault);
    showsNoSecret(result);
    Cli.Result json = cli.run("doctor", "--token-stdin", "-o", "json");
    assertThat(json.code()).isEqualTo(ExitCode.FAILURE);
    assertThat(json.out()).contains("\"well_formed\" : false");
    showsNoSecret(json);
  }

  private static void showsNoSecret(Cli.Result result) {
    String shown = (result.out() + result.err()).toLowerCase(java.util.Locale.ROOT);
    for (int i = 0; i + 6 <= SECRET.length(); i++) {
      assertThat(shown)
          .doesNotContain(SECRET.substring(i, i + 6).toLowerCase(java.util.Locale.ROOT));
    }
  }

  @Test
  void doctor_soundToken_showsItsPartsFromWhereverItIs() throws Exception {
    new Cli(folder).file("token", TOKEN + "\n");
    for (Cli.Result result :
        new Cli.Result[] {
          new Cli(folder).in(TOKEN + "\n").run("doctor", "--token-stdin"),
          new Cli(folder).run("doctor", "--token-file", "token"),
          new Cli(folder).env("BITTING_TOKEN", TOKEN).run("doctor"),
          new Cli(folder).env("BITTING_TOKEN_FILE", "token").run("doctor")
        }) {
      assertThat(result.code()).as(result.err()).isZero();
      assertThat(result.out())
          .contains("nex_test", ID, TOKEN.substring(TOKEN.length() - 6) + ", right", "✓");
      showsNoSecret(result);
    }
    JsonNode json =
        new ObjectMapper()
            .readTree(new Cli(folder).run("doctor", "--token-file", "token", "--json").out());
    assertThat(json.path("well_formed").asBoolean()).isTrue();
    assertThat(json.path("id").asText()).isEqualTo(ID);
  }

  @Test
  void doctor_brokenChecksum_showsWhatWasExpected() {
    String wrong = TOKEN.substring(0, TOKEN.length() - 6) + "000000";

    assertThat(new Cli(folder).in(wrong).run("doctor", "--token-stdin").out())
        .contains("000000 found, " + TOKEN.substring(TOKEN.length() - 6) + " expected");
  }

  @Test
  void doctor_noToken_isNotAuthenticated() {
    assertThat(new Cli(folder).run("doctor").code()).isEqualTo(ExitCode.NOT_AUTHENTICATED);
  }

  @Test
  void doctor_fileThatIsMissingOrHuge_isAFailure() {
    Cli cli = new Cli(folder);
    cli.file("huge", "x".repeat(20_000));

    assertThat(cli.run("doctor", "--token-file", "missing").err())
        .contains("cannot be read: it does not exist");
    assertThat(cli.run("doctor", "--token-file", "huge").err()).contains("holds no secret of ours");
  }
}
