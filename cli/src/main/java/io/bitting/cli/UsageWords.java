package io.bitting.cli;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.MutuallyExclusiveArgsException;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;

/** Says what is wrong with the words of a command. Stateless. */
final class UsageWords {
  private static final Pattern FLAG = Pattern.compile("--[a-z][a-z-]*");

  private UsageWords() {}

  /** Says it as a sentence without its end. */
  static String of(ParameterException failure) {
    return switch (failure) {
      case MissingParameterException missing -> missing(missing);
      case MutuallyExclusiveArgsException both ->
          joined(flags(text(both)), " and ") + " exclude each other";
      case OverwrittenOptionException twice -> name(twice.getOverwritten()) + " is given twice";
      default -> value(failure);
    };
  }

  private static String missing(MissingParameterException failure) {
    String text = text(failure);
    List<ArgSpec> args = failure.getMissing();
    if (text.startsWith("Missing required parameter for option") && !args.isEmpty()) {
      return name(args.getFirst()) + " wants a value: " + args.getFirst().paramLabel();
    }
    // Of a group, one is enough.
    if (text.contains("specify one of these")) {
      return "one of " + joined(flags(text), " and ") + " is missing";
    }
    List<String> names = args.stream().map(UsageWords::name).distinct().toList();
    return names.isEmpty()
        ? text
        : joined(names, " and ") + (names.size() == 1 ? " is missing" : " are missing");
  }

  private static String value(ParameterException failure) {
    ArgSpec arg = failure.getArgSpec();
    String value = failure.getValue();
    if (arg == null || value == null) {
      return text(failure);
    }
    return "\"" + value + "\" is no value of " + name(arg) + "; " + rule(arg);
  }

  private static String rule(ArgSpec arg) {
    if (arg.completionCandidates() != null) {
      return "it is "
          + joined(
              StreamSupport.stream(arg.completionCandidates().spliterator(), false).toList(),
              " or ");
    }
    if (arg.type() == int.class || arg.type() == Integer.class) {
      return "it is a whole number";
    }
    return "it is " + arg.paramLabel();
  }

  private static String name(ArgSpec arg) {
    return arg instanceof OptionSpec option ? option.longestName() : arg.paramLabel();
  }

  private static List<String> flags(String text) {
    return FLAG.matcher(text).results().map(MatchResult::group).distinct().toList();
  }

  private static String joined(List<String> words, String last) {
    return words.size() < 2
        ? String.join("", words)
        : String.join(", ", words.subList(0, words.size() - 1)) + last + words.getLast();
  }

  private static String text(ParameterException failure) {
    return String.valueOf(failure.getMessage())
        .lines()
        .findFirst()
        .orElse("")
        .replaceFirst("^Error: ", "");
  }
}
