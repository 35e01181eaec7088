package io.bitting.server.console;

import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Route;
import io.bitting.server.setup.FirstPerson;

/** The form of the first owner. */
final class ShowSetupPage extends DoorScreen {
  private static final Route ROUTE = Route.page("showSetupPage", "/setup");

  private final FirstPerson firstPerson;

  ShowSetupPage(Doorstep step, FirstPerson firstPerson) {
    super(step);
    this.firstPerson = firstPerson;
  }

  @Override
  public Route route() {
    return ROUTE;
  }

  @Override
  public Answer handle(Call call) {
    call.query().check();
    return step.stranger(
        call, own -> new SetupPage(firstPerson.isOver(), "", "", "", Faults.NONE), 200);
  }
}
