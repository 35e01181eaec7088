package io.bitting.samples;

import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What a call is answered. */
public sealed interface Answer {

  /**
   * A thing or several, as JSON.
   *
   * @param body written in snake case
   */
  record Found(Object body) implements Answer {}

  /**
   * A thing that did not exist before.
   *
   * @param path where it is, below the API's own path
   * @param body the thing
   */
  record Created(String path, Object body) implements Answer {}

  /** Done, and there is nothing to show. */
  record Nothing() implements Answer {}

  /**
   * The bytes of a file, to be saved and not to be looked at.
   *
   * @param name what to call the file, letters, digits, dots, hyphens and underscores only
   * @param content the bytes
   */
  record Download(String name, Buffer content) implements Answer {}

  /**
   * An answer that is still to come. The key is checked again when it comes.
   *
   * @param promise of the answer; may be completed from any thread
   * @param atMost how long to wait for it
   * @param otherwise the answer after that time
   */
  record Later(Promise<Answer> promise, Duration atMost, Answer otherwise) implements Answer {}

  /**
   * No.
   *
   * @param code the kind of problem
   * @param detail this problem in a sentence
   * @param faults what is wrong with the body; empty for other kinds
   */
  record Problem(ProblemCode code, String detail, List<Fault> faults) implements Answer {
    /** Copies the list. */
    public Problem {
      faults = List.copyOf(faults);
    }
  }

  /**
   * One thing that is wrong with a body.
   *
   * @param pointer where it is, an RFC 6901 pointer
   * @param code the kind of fault
   * @param message what is wrong, with the rule
   * @param fix what to do about it
   */
  record Fault(String pointer, String code, String message, String fix) {}

  /**
   * Shows a thing.
   *
   * @param body the thing
   */
  static Answer found(Object body) {
    return new Found(body);
  }

  /**
   * Shows several things.
   *
   * @param name what they are, the member that holds them
   * @param things the things
   */
  static Answer found(String name, List<?> things) {
    return new Found(Map.of(name, things));
  }

  /**
   * Says no.
   *
   * @param code the kind of problem
   * @param detail this problem in a sentence
   */
  static Answer problem(ProblemCode code, String detail) {
    return new Problem(code, detail, List.of());
  }

  /**
   * Says that there is no such thing.
   *
   * @param what what is looked for, {@code scan}
   * @param id by which id
   */
  static Answer notFound(String what, String id) {
    return problem(ProblemCode.NOT_FOUND, "There is no " + what + " \"" + id + "\".");
  }

  /**
   * Says that the state of things does not permit it.
   *
   * @param detail a sentence: the state, and what to do about it
   */
  static Answer conflict(String detail) {
    return problem(ProblemCode.STATE_CONFLICT, detail);
  }

  /**
   * Says that a query parameter has no meaning.
   *
   * @param detail a sentence: the parameter, its value and the rule
   */
  static Answer queryInvalid(String detail) {
    return problem(ProblemCode.QUERY_INVALID, detail);
  }
}
