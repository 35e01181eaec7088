package io.bitting.server.console;

import io.bitting.server.http.Answer;
import io.bitting.server.http.Endpoint;

/** A page, or what a form of a page sends: answers people, not programs. */
abstract class Screen implements Endpoint {
  /** What all pages have in common. */
  final Desk desk;

  Screen(Desk desk) {
    this.desk = desk;
  }

  @Override
  public final Answer.Body inDialect(Answer.Body answer) {
    return desk.inDialect(answer);
  }
}
