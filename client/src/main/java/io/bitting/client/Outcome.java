package io.bitting.client;

import io.bitting.client.protocol.Problem;

/**
 * What a server answered: what was asked for, or why not.
 *
 * <p>Immutable and thread-safe.
 *
 * @param <T> what was asked for
 */
public sealed interface Outcome<T> {

  /**
   * It was done.
   *
   * @param value what was asked for
   */
  record Done<T>(T value) implements Outcome<T> {}

  /**
   * It was not done, and nothing was changed unless the problem's code is {@code outcome_unknown}.
   *
   * @param problem why not
   */
  record Refused<T>(Problem problem) implements Outcome<T> {}

  /**
   * Returns what was asked for.
   *
   * @throws ProblemException if it was refused
   */
  default T orThrow() {
    if (this instanceof Refused<T> refused) {
      throw new ProblemException(refused.problem());
    }
    return ((Done<T>) this).value();
  }
}
