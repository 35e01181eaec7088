package io.bitting.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Every command with its place. */
final class CommandTree {
  /** Help opens with examples. */
  private static final List<String> SECTIONS =
      List.of(
          UsageMessageSpec.SECTION_KEY_HEADER,
          UsageMessageSpec.SECTION_KEY_FOOTER_HEADING,
          UsageMessageSpec.SECTION_KEY_FOOTER,
          UsageMessageSpec.SECTION_KEY_SYNOPSIS_HEADING,
          UsageMessageSpec.SECTION_KEY_SYNOPSIS,
          UsageMessageSpec.SECTION_KEY_DESCRIPTION_HEADING,
          UsageMessageSpec.SECTION_KEY_DESCRIPTION,
          UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING,
          UsageMessageSpec.SECTION_KEY_COMMAND_LIST,
          UsageMessageSpec.SECTION_KEY_PARAMETER_LIST_HEADING,
          UsageMessageSpec.SECTION_KEY_PARAMETER_LIST,
          UsageMessageSpec.SECTION_KEY_OPTION_LIST_HEADING,
          UsageMessageSpec.SECTION_KEY_OPTION_LIST,
          UsageMessageSpec.SECTION_KEY_EXIT_CODE_LIST_HEADING,
          UsageMessageSpec.SECTION_KEY_EXIT_CODE_LIST);

  private CommandTree() {}

  /**
   * Runs one command.
   *
   * @return its exit code
   */
  static int run(Surroundings surroundings, String... args) {
    for (String arg : args) {
      if (Secrets.isToken(arg.substring(arg.indexOf('=') + 1))) {
        surroundings.say(
            "bitting: a token stands on the command line, where every process of this machine and the history of the shell can see it");
        surroundings.say(
            "  Give it by --token-file, --token-stdin or BITTING_TOKEN_FILE, and revoke that key: it counts as exposed.");
        return ExitCode.USAGE;
      }
    }
    int code = of(surroundings).execute(args);
    if (surroundings.isWritten() || code == ExitCode.FAILURE) {
      return code;
    }
    surroundings.say("bitting: the output could not be written to its end");
    return code == ExitCode.OK || code == ExitCode.DIFFERENCES ? ExitCode.FAILURE : code;
  }

  /** Makes the tree. */
  static CommandLine of(Surroundings s) {
    CommandLine root = new CommandLine(root());
    root.addSubcommand(withSettings(new Serve(s)));
    root.addSubcommand(new CommandLine(new Demo(s)));
    root.addSubcommand(withSettings(new Setup(s)));
    root.addSubcommand(new CommandLine(new Login(s)));
    root.addSubcommand(new CommandLine(new Logout(s)));
    root.addSubcommand(new CommandLine(new Whoami(s)));
    root.addSubcommand(
        group("keys", "Create, list, rotate, replace and revoke keys.")
            .addSubcommand(new CreateKey(s))
            .addSubcommand(new ListKeys(s))
            .addSubcommand(new ShowKey(s))
            .addSubcommand(new ShowKeyUsage(s))
            .addSubcommand(new EditKey(s))
            .addSubcommand(new DisableKey(s))
            .addSubcommand(new EnableKey(s))
            .addSubcommand(new RotateKey(s))
            .addSubcommand(new EndOverlap(s))
            .addSubcommand(new ReplaceKey(s))
            .addSubcommand(new RevokeKey(s))
            .addSubcommand(new RevokeMatchingKeys(s))
            .addSubcommand(new ShowRightSize(s))
            .addSubcommand(new ShowWhatIf(s)));
    root.addSubcommand(
        group("review", "Review keys by what they were really used for.")
            .addSubcommand(new ShowReview(s))
            .addSubcommand(new DecideReview(s))
            .addSubcommand(new PrintReview(s)));
    root.addSubcommand(
        group("catalog", "Check and apply the scope catalogs of APIs.")
            .addSubcommand(new LintCatalog(s))
            .addSubcommand(new ApplyCatalog(s)));
    root.addSubcommand(
        group("apis", "List, show and make protected APIs.")
            .addSubcommand(new ListApis(s))
            .addSubcommand(new ShowApi(s))
            .addSubcommand(new ImportOperations(s))
            .addSubcommand(new ShowCoverage(s))
            .addSubcommand(new ShowPage(s))
            .addSubcommand(new PutApi(s)));
    root.addSubcommand(
        group("organizations", "Create, edit and suspend organizations.")
            .addSubcommand(new ListOrganizations(s))
            .addSubcommand(new CreateOrganization(s))
            .addSubcommand(new ShowOrganization(s))
            .addSubcommand(new EditOrganization(s))
            .addSubcommand(new SuspendOrganization(s))
            .addSubcommand(new ResumeOrganization(s))
            .addSubcommand(new CreateSetupCode(s)));
    root.addSubcommand(
        group("members", "Invite, list, edit and remove members.")
            .addSubcommand(new ListMembers(s))
            .addSubcommand(new ShowMember(s))
            .addSubcommand(new CreateInvitation(s))
            .addSubcommand(new ListInvitations(s))
            .addSubcommand(new WithdrawInvitation(s))
            .addSubcommand(new EditMember(s))
            .addSubcommand(new RemoveMember(s))
            .addSubcommand(new ShowMfa(s)));
    root.addSubcommand(new CommandLine(new Verify(s)));
    root.addSubcommand(group("checks", "Look at single checks.").addSubcommand(new TailChecks(s)));
    root.addSubcommand(new CommandLine(new Doctor(s)));
    root.addSubcommand(
        group("audit", "Read, export and verify the audit.")
            .addSubcommand(new ListAuditEvents(s))
            .addSubcommand(new ExportAudit(s))
            .addSubcommand(new VerifyAudit(s))
            .addSubcommand(new CreateAuditCheckpoint(s))
            .addSubcommand(new ListSigningKeys(s))
            .addSubcommand(new EraseAuditSources(s)));
    root.addSubcommand(
        group("config", "Look at the settings of the server.")
            .addSubcommand(withSettings(new PrintConfiguration(s))));
    root.addSubcommand(
        group("pepper", "Make the keyset that seals the database.")
            .addSubcommand(new CreatePepper(s)));
    root.addSubcommand(new CommandLine(new PrintCompletion(s)));
    dress(root, s);
    return root;
  }

  private static CommandSpec root() {
    CommandSpec spec =
        CommandSpec.create()
            .name("bitting")
            .versionProvider(() -> new String[] {"Bitting " + version()});
    spec.addOption(
        OptionSpec.builder("-V", "--version")
            .versionHelp(true)
            .description("Show the version.")
            .build());
    spec.usageMessage()
        .header("Organization API keys with scopes.")
        .footer(
            "  bitting demo                                  try it out",
            "  bitting serve                                 run the server",
            "  bitting setup                                 become its owner",
            "  bitting catalog apply library.yaml            protect an API",
            "  bitting keys create --api library --name ci --scope books:read",
            "  bitting keys list");
    return spec;
  }

  static String version() {
    String version = CommandTree.class.getPackage().getImplementationVersion();
    return version == null ? "(development)" : version;
  }

  private static CommandLine group(String name, String header) {
    CommandSpec spec = CommandSpec.create().name(name);
    spec.usageMessage().header(header);
    return new CommandLine(spec);
  }

  private static CommandLine withSettings(Object command) {
    CommandSpec spec = CommandSpec.forAnnotatedObject(command);
    return new CommandLine(SettingFlags.addTo(spec));
  }

  /* Settings of the parser hold for the commands that are there when they are made, so this comes last. */
  private static void dress(CommandLine root, Surroundings s) {
    Problems problems = new Problems(s);
    root.setExpandAtFiles(false)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setOut(s.out())
        .setErr(s.err())
        .setColorScheme(CommandLine.Help.defaultColorScheme(s.colours() ? Ansi.ON : Ansi.OFF))
        .setExecutionExceptionHandler(problems)
        .setParameterExceptionHandler(problems)
        .setUsageHelpWidth(Math.clamp(s.columns().orElse(80), 60, 100))
        .setUsageHelpAutoWidth(false)
        .setHelpSectionKeys(SECTIONS);
    dress(root);
  }

  private static void dress(CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    int columns = command.getUsageHelpWidth();
    command
        .getHelpSectionMap()
        .put(
            UsageMessageSpec.SECTION_KEY_FOOTER,
            help -> examples(spec.usageMessage().footer(), columns));
    spec.addOption(
        OptionSpec.builder("-h", "--help")
            .usageHelp(true)
            .order(HelpOrder.HELP)
            .description("Show this help.")
            .build());
    spec.usageMessage()
        .synopsisHeading("%nUsage: ")
        .abbreviateSynopsis(true)
        .descriptionHeading(spec.usageMessage().description().length == 0 ? "" : "%n")
        .footerHeading(spec.usageMessage().footer().length == 0 ? "" : "%n")
        .parameterListHeading("%nParameters:%n")
        .requiredOptionMarker('*')
        .optionListHeading(hasRequired(spec) ? "%nOptions (* is required):%n" : "%nOptions:%n")
        .commandListHeading("%nCommands:%n")
        .exitCodeListHeading("%nExit codes:%n")
        .exitCodeList(ExitCode.meanings())
        .sortOptions(false);
    command.getSubcommands().values().forEach(CommandTree::dress);
  }

  /** Breaks what is too long before an option, in the way that a shell reads on. */
  private static String examples(String[] examples, int columns) {
    StringBuilder text = new StringBuilder();
    for (String example : examples) {
      int length = 0;
      for (String part : example.split("(?= --)", -1)) {
        // Room for what says that a line goes on.
        if (length > 0 && length + part.length() + 2 > columns) {
          text.append(" \\\n     ");
          length = 5;
        }
        text.append(part);
        length += part.length();
      }
      text.append('\n');
    }
    return text.toString();
  }

  private static boolean hasRequired(CommandSpec spec) {
    return spec.options().stream().anyMatch(OptionSpec::required);
  }
}
