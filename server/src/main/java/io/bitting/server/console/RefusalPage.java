package io.bitting.server.console;

import io.bitting.client.protocol.Problem;

/**
 * Why there is no page: it does not exist, is not for this visitor, or cannot be made now.
 *
 * @param problem what the endpoint said
 * @param remedy what to do about it
 */
record RefusalPage(Problem problem, String remedy) implements ConsolePage {
  /**
   * Takes what an endpoint said.
   *
   * @param problem its answer
   */
  static RefusalPage of(Problem problem) {
    return new RefusalPage(
        problem,
        switch (problem.status()) {
          case 403 -> "Nothing was changed.";
          case 404 -> "It may have been removed, or belong to another organization.";
          case 429 -> "Wait a little, then try again.";
          case 503 -> "Try again in a moment; if that does not help, ask who runs Bitting here.";
          default -> "Go back, and load the page again.";
        });
  }

  /** Returns what happened in a sentence, to a person; endpoints speak to whoever holds a key. */
  String sentence() {
    return problem.code().equals("not_found")
        ? "There is nothing at this address that you may see."
        : problem.detail();
  }

  @Override
  public String title() {
    return problem.title();
  }

  @Override
  public Section section() {
    return Section.NONE;
  }
}
