package io.bitting.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.bitting.id.KeyId;
import io.bitting.key.KeyPrefix;
import io.bitting.key.MintedToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Where tokens are found, and where they are kept; without a server: nothing listens at these
 * addresses.
 */
final class ProfilesTest {
  private static final String DEAD = "http://127.0.0.1:9";

  @TempDir private Path folder;
  private Cli cli;

  @BeforeEach
  void start() {
    cli = new Cli(folder);
  }

  private void credentials(String text) {
    cli.file("config/bitting/credentials", text);
  }

  private static String section(String name, String url, String token) {
    return "[" + name + "]\nurl = " + url + "\ntoken = " + token + "\n";
  }

  @Test
  void find_noneIsNamed_takesDefaultElseTheOnlyOne() {
    credentials(section("demo", DEAD, "aaa"));
    assertThat(cli.run("doctor", "--json").out()).contains("\"length\" : 3");

    credentials(section("demo", DEAD, "aaa") + section("default", DEAD, "aaaa"));
    assertThat(cli.run("doctor", "--json").out()).contains("\"length\" : 4");
    assertThat(cli.run("doctor", "--json", "--profile", "demo").out()).contains("\"length\" : 3");
    assertThat(cli.env("BITTING_PROFILE", "demo").run("doctor", "--json").out())
        .contains("\"length\" : 3");
  }

  @Test
  void find_severalAndNoDefault_asksWhich() {
    credentials(section("a", DEAD, "aaa") + section("b", DEAD, "bbb"));
    Cli.Result result = cli.run("whoami");

    assertThat(result.code()).isEqualTo(ExitCode.USAGE);
    assertThat(result.err())
        .contains("which profile is meant? There are a, b")
        .doesNotContain("aaa");
  }

  @Test
  void find_nameThatIsNotThere_namesThose() {
    credentials(section("a", DEAD, "aaa"));

    assertThat(cli.run("whoami", "--profile", "c").err())
        .contains("there is no profile \"c\"", "there are a");
  }

  @Test
  void token_flagThenEnvironmentThenProfile_theStrongerWins() {
    credentials(section("default", DEAD, "1"));
    cli.file("two", "22");
    cli.file("three", "333\n");
    assertThat(cli.run("doctor", "--json").out()).contains("\"length\" : 1");
    assertThat(cli.env("BITTING_TOKEN_FILE", "two").run("doctor", "--json").out())
        .contains("\"length\" : 2");
    assertThat(cli.run("doctor", "--json", "--token-file", "three").out())
        .contains("\"length\" : 3");
    assertThat(cli.in("4444\n").run("doctor", "--json", "--token-stdin").out())
        .contains("\"length\" : 4");
    assertThat(cli.env("BITTING_TOKEN", "55555").run("doctor").err())
        .contains("BITTING_TOKEN and BITTING_TOKEN_FILE are both set");
    assertThat(cli.run("doctor", "--token-stdin", "--token-file", "three").code())
        .isEqualTo(ExitCode.USAGE);
  }

  /** Guarantee: the token of a profile goes to the profile's address and to no other. */
  @ParameterizedTest
  @ValueSource(strings = {"https://evil.example.com", "http://127.0.0.1:10"})
  void client_profileAndAnotherAddress_isRefused(String url) {
    credentials(section("default", DEAD, "hunter2"));

    for (Cli.Result result :
        new Cli.Result[] {
          cli.run("whoami", "--url", url), new Cli(folder).env("BITTING_URL", url).run("whoami")
        }) {
      assertThat(result.code()).isEqualTo(ExitCode.USAGE);
      assertThat(result.err()).contains("does not go to " + url).doesNotContain("hunter2");
    }
    assertThat(cli.run("whoami", "--url", DEAD + "/").code()).isEqualTo(ExitCode.UNAVAILABLE);
  }

  @Test
  void client_plainHttpToAnotherMachine_isRefused() {
    Cli.Result result =
        cli.env("BITTING_TOKEN", "hunter2").run("whoami", "--url", "http://keys.example.com");

    assertThat(result.code()).isEqualTo(ExitCode.USAGE);
    assertThat(result.err()).contains("use https").doesNotContain("hunter2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"hunter2 hunter2", "hunter2\nhunter2", "hünter2", ""})
  void client_tokenThatIsNone_isRefusedBeforeItIsSent(String token) {
    Cli.Result result = cli.in(token).run("whoami", "--token-stdin", "--url", DEAD);

    assertThat(result.code()).isEqualTo(ExitCode.NOT_AUTHENTICATED);
    assertThat(result.err()).contains("bitting doctor").doesNotContain("nter2");
  }

  @Test
  void client_nobodyListens_isUnavailable() {
    Cli.Result result = cli.env("BITTING_TOKEN", "x").run("whoami", "--url", DEAD);

    assertThat(result.code()).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(result.err())
        .contains(
            DEAD + " cannot be reached for GET /v1/whoami: the connection was refused",
            "bitting serve");
  }

  /** Guarantee: a file of tokens that others can read is not used. */
  @ParameterizedTest
  @ValueSource(strings = {"rw-r--r--", "rw-rw----", "rw----r--"})
  void read_fileThatOthersCanRead_isRefused(String permissions) throws IOException {
    credentials(section("default", DEAD, "hunter2"));
    Files.setPosixFilePermissions(cli.credentials(), PosixFilePermissions.fromString(permissions));
    Cli.Result result = cli.run("whoami");

    assertThat(result.code()).isEqualTo(ExitCode.FAILURE);
    assertThat(result.err()).contains("chmod 600").doesNotContain("hunter2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hunter2",
        "[a\nurl = x",
        "[a]\nurl = http://127.0.0.1:9",
        "[a]\ntoken = hunter2\nurl = ::",
        "[a]\ntoken = hunter2\ntoken = hunter2",
        "token = hunter2"
      })
  void read_fileThatIsBroken_isRefusedWithoutQuotingIt(String text) {
    credentials(text);
    Cli.Result result = cli.run("whoami");

    assertThat(result.code()).isEqualTo(ExitCode.FAILURE);
    assertThat(result.err()).contains("credentials").doesNotContain("hunter2");
  }

  @Test
  void logout_profile_isForgottenAndOthersStay() throws IOException {
    credentials(section("a", DEAD, "aaa") + section("b", DEAD, "bbb"));

    assertThat(cli.run("logout", "--profile", "a").code()).isZero();
    assertThat(cli.read(cli.credentials())).contains("[b]", "bbb").doesNotContain("aaa");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(cli.credentials())))
        .isEqualTo("rw-------");
    assertThat(cli.run("logout", "--profile", "a").code()).isEqualTo(ExitCode.NOT_FOUND);
  }

  @Test
  void logout_keyThatStillWorks_isNamedWithItsServer() {
    SecureRandom random = new SecureRandom();
    KeyId id = KeyId.generate(random);
    String token = MintedToken.mint(new KeyPrefix("bit"), id, random).revealOnce();
    credentials(section("default", DEAD, token));

    assertThat(cli.run("logout").err())
        .contains("Forgot profile \"default\".", "at " + DEAD, "bitting keys revoke " + id.text())
        .doesNotContain(token.substring(16));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "../a", "a]\n[b", "-a"})
  void login_nameThatCannotBeKept_isRefused(String name) {
    assertThat(
            cli.env("BITTING_TOKEN", "x").run("login", "--profile=" + name, "--url", DEAD).code())
        .isEqualTo(ExitCode.USAGE);
  }
}
