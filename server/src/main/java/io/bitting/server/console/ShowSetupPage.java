package io.bitting.server.console;

import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Route;
import io.bitting.server.setup.FirstPerson;

/** The form of the first owner. */
final class ShowSetupPage extends SetupScreen {
  ShowSetupPage(Doorstep step, FirstPerson firstPerson) {
    super(step, Route.page("showSetupPage", "/setup"), firstPerson);
  }

  @Override
  public Answer handle(Call call) {
    call.query().check();
    return step.stranger(call, own -> blank(), 200);
  }
}
