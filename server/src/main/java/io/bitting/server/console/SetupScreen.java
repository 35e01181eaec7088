package io.bitting.server.console;

import io.bitting.server.http.Route;
import io.bitting.server.setup.FirstPerson;

/** The page or the form of the first owner. */
abstract class SetupScreen extends DoorScreen {
  /** Makes the first owner. */
  final FirstPerson firstPerson;

  SetupScreen(Doorstep step, Route route, FirstPerson firstPerson) {
    super(step, route);
    this.firstPerson = firstPerson;
  }

  /** Makes the page with a form that holds nothing. */
  final SetupPage blank() {
    return page("", "", "", Faults.NONE);
  }

  /** Makes the page with a form as it was sent; the code and the password are to be typed again. */
  final SetupPage page(String organization, String name, String mail, Faults faults) {
    return new SetupPage(firstPerson.isOver(), organization, name, mail, faults);
  }
}
