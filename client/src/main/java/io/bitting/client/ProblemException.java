package io.bitting.client;

import io.bitting.client.protocol.Problem;

/** The server refused what was asked, and says why. */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  /**
   * Wraps a problem.
   *
   * @param problem the server's reason
   */
  public ProblemException(Problem problem) {
    super(problem.status() + " " + problem.code() + ": " + problem.detail());
    this.problem = problem;
  }

  /** Returns the server's reason. */
  public Problem problem() {
    return problem;
  }
}
