package io.bitting.server.console;

import java.util.List;

/**
 * How far a key may go that issues or verifies, to choose from.
 *
 * @param issues what a key issues that does not reach everything, one line for each thing
 * @param verifies the APIs whose tokens it may verify; none for who cannot have it verify any
 * @param chosen what is chosen
 * @param before what the key has that the choice is compared with
 */
record ReachPicker(List<String> issues, List<Api> verifies, Reaching chosen, Reaching before) {
  ReachPicker {
    issues = List.copyOf(issues);
    verifies = List.copyOf(verifies);
  }

  /**
   * An API.
   *
   * @param id its slug
   * @param name its name
   */
  record Api(String id, String name) {}

  /** Returns what the choice has more, or less, than what it is compared with. */
  List<String> difference(boolean more) {
    List<String> had = words(more ? before : chosen);
    return words(more ? chosen : before).stream().filter(each -> !had.contains(each)).toList();
  }

  /** Names an API whose tokens are verified, as the difference has it. */
  static String verifying(String api) {
    return "verifies " + api;
  }

  /** Names that a key reaches everything, as the difference has it. */
  static String everything() {
    return "reaches every API";
  }

  private static List<String> words(Reaching reaching) {
    return reaching.everything()
        ? List.of(everything())
        : reaching.verifies().stream().map(ReachPicker::verifying).toList();
  }
}
