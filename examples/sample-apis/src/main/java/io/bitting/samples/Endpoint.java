package io.bitting.samples;

import io.bitting.scope.Requirement;

/**
 * An operation with the code that answers it.
 *
 * @param operation what is declared
 * @param action what answers
 * @param <W> what an organization has in this API
 */
public record Endpoint<W>(Operation operation, Action<W> action) {

  /**
   * Answers calls.
   *
   * @param <W> what an organization has in this API
   */
  @FunctionalInterface
  public interface Action<W> {
    /**
     * Answers a call. Must not block: it runs on an event loop. Calls of one organization are
     * answered one at a time.
     *
     * @param workspace what the key's organization has; no other organization's is within reach
     * @param call the request, admitted and read
     */
    Answer answer(W workspace, Call call);
  }

  /**
   * Checks that there is an organization to answer for.
   *
   * @throws IllegalArgumentException if the operation requires no key
   */
  public Endpoint {
    if (operation.requirement() instanceof Requirement.Anonymous) {
      throw new IllegalArgumentException(
          operation + " requires no key, so there is no organization whose data it could show");
    }
  }
}
