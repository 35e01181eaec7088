package io.bitting.cli;

import io.bitting.client.Outcome;
import picocli.CommandLine.Option;

/** Whether what was shown is to be made so: asked for, given beforehand, or not wanted. */
final class Approval {
  @Option(names = "--yes", description = "Do not ask, even where keys gain or operations open.")
  private boolean yes;

  @Option(
      names = "--plan",
      description = "Show what would change and change nothing. Exit code 10 if anything would.")
  private boolean plan;

  /** Tells whether nothing is to be changed in any case. */
  boolean isPlan() {
    return plan;
  }

  /**
   * Gets it.
   *
   * @param effect what is about to happen, as a sentence without its end
   * @throws StopException if it is refused, or nobody can be asked
   */
  void get(Questions questions, String effect) {
    if (!yes) {
      questions.confirm(
          effect, "Apply it", "Give --yes to go on without one, or --plan to look only.");
    }
  }

  /**
   * Returns what was made so.
   *
   * @throws StopException if something else would have come of it than was shown
   */
  static <R> R applied(Outcome<R> outcome) {
    if (outcome instanceof Outcome.Refused<R> refused
        && refused.problem().code().equals("confirmation_required")) {
      throw new StopException(
          ExitCode.CONFLICT,
          "what comes of it has changed since it was shown; nothing was applied",
          "Run the command again and look at it.");
    }
    return outcome.orThrow();
  }
}
