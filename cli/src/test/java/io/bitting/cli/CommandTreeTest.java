package io.bitting.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.bitting.id.KeyId;
import io.bitting.key.KeyPrefix;
import io.bitting.key.MintedToken;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

final class CommandTreeTest {
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

  /** To be looked at, and to parse; to make one takes as long as all tests of a command. */
  private static final CommandLine TREE =
      CommandTree.of(
          new Cli(Path.of("nowhere")).surroundings(new StringWriter(), new StringWriter()));

  @TempDir private Path folder;

  static Stream<String> commands() {
    List<String> names = new ArrayList<>();
    collect(TREE, "", names);
    return names.stream();
  }

  private static void collect(CommandLine command, String name, List<String> names) {
    names.add(name);
    command
        .getSubcommands()
        .forEach((sub, child) -> collect(child, (name + " " + sub).strip(), names));
  }

  private static String[] words(String text) {
    return text.isEmpty() ? new String[0] : text.split(" ", -1);
  }

  private static CommandLine find(String name) {
    CommandLine command = TREE;
    for (String word : words(name)) {
      command = command.getSubcommands().get(word);
    }
    return command;
  }

  @Test
  void tree_hasEveryCommandOfTheIssue() {
    assertThat(commands())
        .contains(
            "serve",
            "demo",
            "setup",
            "keys create",
            "keys list",
            "keys show",
            "keys usage",
            "checks tail",
            "keys edit",
            "keys disable",
            "keys enable",
            "keys rotate",
            "keys end-overlap",
            "keys replace",
            "keys revoke",
            "keys revoke-matching",
            "keys right-size",
            "keys what-if",
            "review show",
            "review decide",
            "review report",
            "catalog lint",
            "catalog apply",
            "organizations list",
            "organizations create",
            "organizations show",
            "organizations edit",
            "organizations suspend",
            "organizations resume",
            "organizations setup-code",
            "members list",
            "members show",
            "members invite",
            "members invitations",
            "members withdraw",
            "members edit",
            "members remove",
            "members mfa",
            "apis list",
            "apis show",
            "apis put",
            "verify",
            "whoami",
            "doctor",
            "audit list",
            "audit export",
            "audit verify",
            "audit checkpoint",
            "audit signing-keys",
            "audit erase",
            "config print",
            "pepper create",
            "completion",
            "login",
            "logout");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void help_ofEveryCommand_opensWithExamplesAndEndsWithExitCodes(String name) {
    Cli cli = new Cli(folder);
    List<String> args = new ArrayList<>(List.of(words(name)));
    args.add("--help");
    Cli.Result help = cli.run(args.toArray(String[]::new));

    assertThat(help.code()).isZero();
    assertThat(help.err()).isEmpty();
    assertThat(help.lines().getFirst()).endsWith(".");
    assertThat(help.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
    assertThat(help.out())
        .contains("Exit codes:", "  0    done", "  69   the server is unavailable");
    boolean group = name.isEmpty() || !find(name).getSubcommands().isEmpty();
    if (!group) {
      assertThat(help.lines().get(2)).contains("bitting " + name);
    }
  }

  @Test
  void help_longExample_goesOnAsAShellReadsIt() {
    assertThat(new Cli(folder).run("keys", "create", "--help").out())
        .contains(
            """
              bitting keys create --api appsec --name nightly --scope scans:read \\
                  --scope scans:run
            """
                .indent(0));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void help_examples_canBeParsed(String name) {
    for (String example : find(name).getCommandSpec().usageMessage().footer()) {
      Matcher call =
          Pattern.compile("\\bbitting (.*?)(?: {4,}.*|[)]| [<>] ?\\S+)?$").matcher(example);
      assertThat(call.find()).as(example).isTrue();
      List<String> args = new ArrayList<>();
      Matcher word = WORD.matcher(call.group(1));
      while (word.find()) {
        args.add(word.group(1) == null ? word.group(2) : word.group(1));
      }
      TREE.parseArgs(args.toArray(String[]::new));
    }
  }

  @ParameterizedTest
  @MethodSource("commands")
  void options_thatWouldTakeASecret_doNotExist(String name) {
    assertThat(find(name).getCommandSpec().optionsMap().keySet())
        .doesNotContain(
            "--token",
            "--key",
            "--code",
            "--password",
            "--secret",
            "--pepper",
            "--database-password");
  }

  @ParameterizedTest
  @CsvSource({
    "key list, Did you mean keys?",
    "keys lst, Did you mean list?",
    "keys list --stat active, Did you mean --state?",
    "keys create --nmae x, Did you mean --name?",
    "catalog aply x, Did you mean apply?",
    "keys list -o xml, '\"xml\" is no value of --output; it is table or json'",
    "keys list --state bogus, '\"bogus\" is no value of --state; it is active, disabled, expired or revoked'",
    "keys list --limit many, '\"many\" is no value of --limit; it is a whole number'",
    "keys list --api, --api wants a value: API",
    "keys list --api a --api b, --api is given twice",
    "keys show, KEY is missing",
    "keys create --scope x, --api and --name are missing",
    "keys create --api a --name b, one of --scope, --all-scopes and --template is missing",
    "keys create --api a --name b --scope c --all-scopes, --scope and --all-scopes exclude each other",
    "keys create --api a --name b --scope c --issues x, '\"x\" is no value of --issues; it is API=SCOPES'",
    "whoami now, is no argument of bitting whoami"
  })
  void run_mistypedCommand_isExit2WithAHint(String line, String hint) {
    Cli.Result result = new Cli(folder).run(words(line));

    assertThat(result.code()).isEqualTo(ExitCode.USAGE);
    assertThat(result.err()).contains(hint, " --help");
    assertThat(result.out()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"'', serve", "keys, create", "organizations, setup-code"})
  void run_groupAlone_showsItsCommandsAndIsExit2(String line, String command) {
    Cli.Result result = new Cli(folder).run(words(line));

    assertThat(result.code()).isEqualTo(ExitCode.USAGE);
    assertThat(result.err()).contains("Commands:", command);
    assertThat(result.out()).isEmpty();
  }

  /** Guarantee: a token on the command line is refused, whatever the command, and not repeated. */
  @Test
  void run_tokenOnTheCommandLine_isRefusedAndNotRepeated() {
    SecureRandom random = new SecureRandom();
    String token =
        MintedToken.mint(new KeyPrefix("nex"), KeyId.generate(random), random).revealOnce();

    for (String[] args :
        new String[][] {
          {"doctor", token}, {"keys", "show", token}, {"verify", "--token=" + token}, {token}
        }) {
      Cli.Result result = new Cli(folder).run(args);

      assertThat(result.code()).isEqualTo(ExitCode.USAGE);
      assertThat(result.err()).contains("revoke that key").doesNotContain(token.substring(16));
      assertThat(result.out()).isEmpty();
    }
  }

  @Test
  void run_argumentWithAt_isNoFile() {
    new Cli(folder).file("args", "--version");

    assertThat(new Cli(folder).run("@" + folder.resolve("args")).code()).isEqualTo(ExitCode.USAGE);
  }

  /** Every command that a hint may name. */
  @ParameterizedTest
  @MethodSource("commands")
  void hint_ofEveryCommand_isNamedAsItWasStarted(String name) {
    Surroundings started =
        new Cli(folder)
            .env("BITTING_COMMAND", "./bitting")
            .surroundings(new StringWriter(), new StringWriter());

    if (!name.isEmpty()) {
      assertThat(started.asStarted("Do it: bitting " + name + "."))
          .isEqualTo("Do it: ./bitting " + name + ".");
    }
    assertThat(started.asStarted("API bitting is built in")).isEqualTo("API bitting is built in");
  }

  /** What the JDK's streams hide from a writer shows in the exit code nevertheless. */
  @ParameterizedTest
  @ValueSource(strings = {">/dev/full", ">&-"})
  void process_outputThatCannotBeWritten_isAFailure(String redirection) throws Exception {
    Process process =
        new ProcessBuilder(
                "bash",
                "-c",
                "exec '%s' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp '%s' io.bitting.cli.Main --version %s"
                    .formatted(
                        Path.of(System.getProperty("java.home"), "bin", "java"),
                        System.getProperty("java.class.path"),
                        redirection))
            .start();
    String said =
        new String(
            process.getErrorStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(said).isEqualTo(ExitCode.FAILURE);
    assertThat(said).contains("could not be written");
  }

  @Test
  void version_isShown() {
    assertThat(new Cli(folder).run("--version").out()).startsWith("Bitting ");
  }

  @Test
  void completion_isAScriptThatCompletes() throws IOException, InterruptedException {
    Cli.Result script = new Cli(folder).run("completion");
    assertThat(script.code()).isZero();
    Path file = Files.writeString(folder.resolve("completion.sh"), script.out());

    assertThat(completed(file, "bitting ke")).contains("keys");
    assertThat(completed(file, "bitting keys re")).contains("revoke", "replace");
    assertThat(completed(file, "bitting keys list --expi")).contains("--expires-within");
  }

  private static String completed(Path script, String typed)
      throws IOException, InterruptedException {
    String[] words = words(typed);
    String program =
        "source '%s'; COMP_WORDS=(%s); COMP_CWORD=%d; COMP_LINE='%s'; COMP_POINT=%d; _complete_bitting; echo \"${COMPREPLY[@]}\""
            .formatted(script, typed, words.length - 1, typed, typed.length());
    Process bash = new ProcessBuilder("bash", "-c", program).redirectErrorStream(true).start();
    String output =
        new String(bash.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    assertThat(bash.waitFor()).as(output).isZero();
    return output;
  }
}
