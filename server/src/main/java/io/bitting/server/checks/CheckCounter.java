package io.bitting.server.checks;

import io.bitting.access.Decision;

/** Told of each decision. Called on the check path: must be quick, must not block or throw. */
@FunctionalInterface
public interface CheckCounter {
  /**
   * Takes note of a decision.
   *
   * @param decision the decision
   */
  void counted(Decision decision);
}
