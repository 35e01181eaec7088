package io.bitting.server.http;

/** Thrown while a request is read that cannot be: the edge answers with the problem. */
public final class Malformed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  /**
   * States what cannot be read.
   *
   * @param code the kind of problem
   * @param detail a sentence for the caller, which shows nothing of a secret
   */
  public Malformed(ProblemCode code, String detail) {
    super(detail, null, false, false);
    this.problem = Problem.of(code, detail);
  }

  /**
   * States a problem that is not worth reading on for.
   *
   * @param problem which
   */
  Malformed(Problem problem) {
    super(problem.detail(), null, false, false);
    this.problem = problem;
  }

  public Problem problem() {
    return problem;
  }
}
