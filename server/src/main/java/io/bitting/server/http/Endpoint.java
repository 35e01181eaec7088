package io.bitting.server.http;

import io.bitting.access.Refusal;
import java.util.Optional;

/**
 * One operation of the HTTP interface: a function from a request to an answer. Must be thread-safe.
 */
public interface Endpoint {

  /** Returns where it is and what it asks of a caller. */
  Route route();

  /**
   * Answers a request that the guard let through.
   *
   * @param call the request
   * @return never null
   * @throws Malformed if the request cannot be read; nothing was changed
   */
  Answer handle(Call call);

  /**
   * Says what to answer instead of reading the body; empty to have it read. Asked only of pages
   * that take a longer body than a form usually has, where nobody has looked yet who asks.
   *
   * @param call the request without its body
   */
  default Optional<Answer> beforeBody(Call call) {
    return Optional.empty();
  }

  /**
   * Says what to answer a caller whom the guard refused.
   *
   * @param refusal what a caller with a key is told
   */
  default Answer refused(Refusal refusal) {
    return new Answer.Refused(refusal);
  }

  /**
   * Puts an answer in the form that the callers of this operation understand: its own answers, and
   * refusals and failures, too.
   *
   * @param answer as it would be written
   */
  default Answer.Body inDialect(Answer.Body answer) {
    return answer;
  }
}
