package io.bitting.server.acting;

import io.bitting.server.http.Answer;
import io.bitting.server.http.Problem;
import io.bitting.server.http.ProblemCode;

/**
 * What came of the work inside a transaction.
 *
 * @param <R> what is made when it goes well
 */
public sealed interface Step<R> {

  /**
   * It went well.
   *
   * @param result what was made
   * @param <R> its kind
   */
  record Done<R>(R result) implements Step<R> {}

  /**
   * It was refused, and nothing was written.
   *
   * @param answer what to answer
   * @param <R> what would have been made
   */
  record No<R>(Answer answer) implements Step<R> {}

  /**
   * Ends the work well.
   *
   * @param result what was made
   * @param <R> its kind
   */
  static <R> Step<R> done(R result) {
    return new Done<>(result);
  }

  /**
   * Refuses.
   *
   * @param answer what to answer
   * @param <R> what would have been made
   */
  static <R> Step<R> no(Answer answer) {
    return new No<>(answer);
  }

  /**
   * Refuses.
   *
   * @param code the kind of problem
   * @param detail a sentence for the caller
   * @param <R> what would have been made
   */
  static <R> Step<R> no(ProblemCode code, String detail) {
    return new No<>(Answer.problem(code, detail));
  }

  /**
   * Refuses because there is nothing that the caller may see.
   *
   * @param <R> what would have been made
   */
  static <R> Step<R> notFound() {
    return new No<>(Answer.problem(Problem.notFound()));
  }
}
