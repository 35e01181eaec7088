package io.bitting.cli;

import java.util.Map;
import picocli.CommandLine;

/**
 * Turns what the HTTP interface calls things into what the command line calls them, for faults of a
 * request that a command made out of its flags. Stateless.
 */
final class FlagWords {
  private static final Map<String, String> FLAGS =
      Map.of(
          "/scopes", "--scope",
          "/required_scopes", "--scope",
          "/any_of", "--any-of",
          "/all_scopes", "--all-scopes",
          "/expires_at", "--expires",
          "/reach/verify", "--verifies",
          "/reach/issue", "--issues");

  private FlagWords() {}

  /** Names the flag that a pointer leads to; the pointer itself where no flag made it. */
  static String where(String pointer, CommandLine command) {
    Map<String, ?> options = command.getCommandSpec().optionsMap();
    String flag =
        FLAGS.entrySet().stream()
            .filter(one -> isBelow(pointer, one.getKey()))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElseGet(() -> "--" + pointer.replaceFirst("^/", "").replaceFirst("/.*", ""));
    return options.containsKey(flag) ? flag : pointer;
  }

  private static boolean isBelow(String pointer, String top) {
    return pointer.equals(top) || pointer.startsWith(top + "/");
  }

  /** Says a remedy with commands in the place of requests. */
  static String remedy(String fix) {
    return fix.replace(
            "as GET /v1/apis/{api}/catalog lists them", "as bitting apis show lists them")
        .replace("as GET /v1/apis lists them", "as bitting apis list lists them")
        .replace("null for never", "never");
  }
}
