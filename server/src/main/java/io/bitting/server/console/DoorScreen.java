package io.bitting.server.console;

/** A page or form of the door. */
abstract class DoorScreen extends Screen {
  /** What they have in common. */
  final Doorstep step;

  DoorScreen(Doorstep step) {
    super(step.desk());
    this.step = step;
  }
}
