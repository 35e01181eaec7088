package io.bitting.cli;

import io.bitting.client.ClientException;
import io.bitting.client.ProblemException;
import io.bitting.client.protocol.Problem;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.security.cert.CertPathBuilderException;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;

/** Says what went wrong, with what to do about it, and finds the exit code. */
final class Problems
    implements CommandLine.IExecutionExceptionHandler, CommandLine.IParameterExceptionHandler {
  private final Surroundings surroundings;

  Problems(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public int handleExecutionException(
      Exception failure, CommandLine command, CommandLine.ParseResult result) {
    return switch (failure) {
      case StopException stop -> {
        tell(stop.text(), stop.remedy());
        yield stop.exitCode();
      }
      case ProblemException refused -> {
        tell(refused.problem(), command);
        yield ExitCode.of(refused.problem());
      }
      case ClientException client -> {
        tell(
            String.valueOf(client.getMessage()),
            isUntrusted(client)
                ? "Make this Java trust the authority, as docs/running.md says under \"TLS and proxies\"."
                : "Start a server with bitting serve or bitting demo, or give the address of one with --url.");
        yield ExitCode.UNAVAILABLE;
      }
      case CommandLine.ParameterException usage -> handleParseException(usage, new String[0]);
      default -> {
        tell(
            "the command failed in a way it should not"
                + (failure.getMessage() == null ? "" : ": " + failure.getMessage()),
            "This is a mistake in Bitting. What kind of one: "
                + failure.getClass().getName()
                + at(failure));
        yield ExitCode.FAILURE;
      }
    };
  }

  private static boolean isUntrusted(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .limit(20)
        .anyMatch(CertPathBuilderException.class::isInstance);
  }

  private static String at(Exception failure) {
    StackTraceElement[] trace = failure.getStackTrace();
    return trace.length == 0 ? "" : " at " + trace[0];
  }

  @Override
  public int handleParseException(CommandLine.ParameterException failure, String[] args) {
    CommandLine command = failure.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    List<String> unmatched = command.getUnmatchedArguments();
    if (unmatched.isEmpty() && !command.getSubcommands().isEmpty()) {
      command.usage(surroundings.err());
      return ExitCode.USAGE;
    }
    if (unmatched.isEmpty()) {
      tell(UsageWords.of(failure), "See: " + name + " --help");
      return ExitCode.USAGE;
    }
    // What is not known may be why something else is missing.
    String unknown = unmatched.getFirst();
    boolean option = unknown.startsWith("-");
    String what = option ? "option" : command.getSubcommands().isEmpty() ? "argument" : "command";
    String near =
        Nearest.of(unknown, known(command, option))
            .map(word -> "Did you mean " + word + "?\n")
            .orElse("");
    tell("\"" + unknown + "\" is no " + what + " of " + name, near + "See: " + name + " --help");
    return ExitCode.USAGE;
  }

  private static Collection<String> known(CommandLine command, boolean option) {
    return option
        ? command.getCommandSpec().optionsMap().keySet()
        : command.getSubcommands().keySet();
  }

  private void tell(String message, String remedy) {
    List<String> lines = message.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      surroundings.say((i == 0 ? "bitting: " : "         ") + Plain.text(lines.get(i)));
    }
    remedy.lines().forEach(line -> surroundings.say("  " + Plain.text(line)));
  }

  private void tell(Problem problem, CommandLine command) {
    StringBuilder remedy = new StringBuilder();
    for (Problem.Fault fault : Optional.ofNullable(problem.faults()).orElse(List.of())) {
      String where =
          fault.line() == null ? FlagWords.where(fault.pointer(), command) : "line " + fault.line();
      remedy
          .append(where)
          .append("  ")
          .append(fault.message())
          .append("; ")
          .append(FlagWords.remedy(fault.fix()))
          .append('\n');
    }
    remedy.append(advice(problem.code()).map(advice -> advice + "\n").orElse(""));
    remedy.append(problem.status()).append(' ').append(problem.code());
    remedy.append(problem.requestId() == null ? "" : " · request " + problem.requestId());
    String detail = problem.detail().isEmpty() ? problem.title() : problem.detail();
    tell(
        // A check changes nothing anyway.
        command.getCommand() instanceof Verify
            ? detail.replace("; nothing was changed", "")
            : detail,
        remedy + " · " + problem.type());
  }

  private static Optional<String> advice(String code) {
    return switch (code) {
      case "credential_invalid" ->
          Optional.of(
              "Look at your token with bitting doctor, or sign in again with bitting login.");
      case "key_expired", "key_revoked" ->
          Optional.of("Make another key, or with the machine at hand: bitting setup --recover");
      case "outcome_unknown" ->
          Optional.of("Look whether the change was made before you ask for it again.");
      default -> Optional.empty();
    };
  }

  /** Says why a file could not be read or written. */
  static String reason(IOException failure) {
    return switch (failure) {
      case NoSuchFileException missing -> "it does not exist";
      case AccessDeniedException denied -> "permission is denied";
      default -> String.valueOf(failure.getMessage());
    };
  }
}
