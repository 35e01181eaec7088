package io.bitting.cli;

import java.util.Map;
import picocli.CommandLine;

/**
 * Turns what the HTTP interface calls things into what the command line calls them, for faults of a
 * request that a command made out of its flags. Stateless.
 */
final class FlagWords {
  private static final Map<String, String> FLAGS =
      Map.ofEntries(
          Map.entry("/scopes", "--scope"),
          Map.entry("/required_scopes", "--scope"),
          Map.entry("/any_of", "--any-of"),
          Map.entry("/all_scopes", "--all-scopes"),
          Map.entry("/expires_at", "--expires"),
          Map.entry("/reach/verify", "--verifies"),
          Map.entry("/reach/issue", "--issues"),
          Map.entry("/retire_when_quiet_hours", "--retire-when-quiet"),
          Map.entry("/confirm_count", "--confirm-count"),
          Map.entry("/filter/api", "--api"),
          Map.entry("/filter/scope", "--scope"),
          Map.entry("/filter/created_by", "--created-by"),
          Map.entry("/filter/expires_within", "--expires-within"),
          Map.entry("/filter/unused_for", "--unused-for"),
          Map.entry("/filter/q", "--text"),
          Map.entry("/policy/key_lifetime_max_days", "--key-lifetime-max"),
          Map.entry("/policy/never_allowed", "--never"),
          Map.entry("/policy/revoke_unused_after_days", "--revoke-unused-after"),
          Map.entry("/policy/usage_kept_days", "--keep-usage"),
          Map.entry("/policy/audit_kept_days", "--keep-audit"),
          Map.entry("/policy/dead_keys_kept_days", "--keep-dead-keys"));

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
