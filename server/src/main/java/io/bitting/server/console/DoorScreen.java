package io.bitting.server.console;

import io.bitting.server.http.Route;

/** A page or form of the door. */
abstract class DoorScreen extends Screen {
  /** What they have in common. */
  final Doorstep step;

  DoorScreen(Doorstep step, Route route) {
    super(step.desk(), route);
    this.step = step;
  }
}
