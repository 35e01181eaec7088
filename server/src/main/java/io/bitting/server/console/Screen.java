package io.bitting.server.console;

import io.bitting.server.http.Answer;
import io.bitting.server.http.Endpoint;
import io.bitting.server.http.Route;

/** A page, or what a form of a page sends: answers people, not programs. */
abstract class Screen implements Endpoint {
  /** What all pages have in common. */
  final Desk desk;

  private final Route route;

  Screen(Desk desk, Route route) {
    this.desk = desk;
    this.route = route;
  }

  @Override
  public final Route route() {
    return route;
  }

  @Override
  public final Answer.Body inDialect(Answer.Body answer) {
    return desk.inDialect(answer);
  }
}
