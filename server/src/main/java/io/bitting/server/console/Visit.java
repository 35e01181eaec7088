package io.bitting.server.console;

import io.bitting.server.http.Answer;

/** Who opens a page. */
sealed interface Visit permits Visitor, Visit.Turned {

  /**
   * Somebody who has to go elsewhere first: to sign in, to prove a second factor, or to enrol one.
   *
   * @param answer what is answered instead of the page
   */
  record Turned(Answer answer) implements Visit {}
}
