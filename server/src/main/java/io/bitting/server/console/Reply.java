package io.bitting.server.console;

import io.bitting.client.protocol.Json;
import io.bitting.client.protocol.Page;
import io.bitting.client.protocol.Problem;
import io.bitting.server.http.Answer;
import java.util.List;

/**
 * What an endpoint answered the console.
 *
 * <p>{@code toString} does not show the body.
 *
 * @param answer the answer as REST gives it
 */
record Reply(Answer.Body answer) {

  /** Tells whether it was done. */
  boolean ok() {
    return answer.status() < 300;
  }

  /**
   * Returns the answer as it is, for a file.
   *
   * @throws Refused if it was not done
   */
  Answer.Body done() {
    if (!ok()) {
      throw new Refused(this);
    }
    return answer;
  }

  /**
   * Reads what was answered.
   *
   * @param type a record of the protocol
   * @throws Refused if it was not done: then there is no page either
   */
  <T> T read(Class<T> type) {
    if (!ok()) {
      throw new Refused(this);
    }
    return Json.read(answer.bytes().array(), type);
  }

  /**
   * Reads one part of a list.
   *
   * @param type the record of an item
   */
  <T> Page<T> page(Class<T> type) {
    if (!ok()) {
      throw new Refused(this);
    }
    return Json.readPage(answer.bytes().array(), type);
  }

  /** Returns why it was not done. */
  Problem problem() {
    return Json.read(answer.bytes().array(), Problem.class);
  }

  /**
   * Tells whether it was not done for what was sent, or not yet, so that the form is shown again,
   * with what is wrong beside it.
   */
  boolean isAboutForm() {
    return switch (answer.status()) {
      case 400, 409, 413, 422, 429 -> true;
      case 403 ->
          List.of("beyond_ceiling", "beyond_reach", "person_required").contains(problem().code());
      default -> false;
    };
  }

  /** Tells whether somebody is to prove once more who it is, before it is done. */
  boolean isProofWanted() {
    return answer.status() == 403 && problem().code().equals("fresh_proof_required");
  }

  /**
   * Returns what is wrong with a form that was sent, to be shown in it.
   *
   * @throws Refused if it is not about what was sent
   */
  Faults faults() {
    if (!isAboutForm()) {
      throw new Refused(this);
    }
    return Faults.of(problem());
  }

  /** An endpoint did not do what a page cannot be made without. */
  static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial")
    private final transient Reply reply;

    Refused(Reply reply) {
      super(reply.toString(), null, false, false);
      this.reply = reply;
    }

    /** Returns what it answered. */
    Reply reply() {
      return reply;
    }
  }

  @Override
  public String toString() {
    return "reply " + answer.status();
  }
}
