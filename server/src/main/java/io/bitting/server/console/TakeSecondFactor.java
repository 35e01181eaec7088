package io.bitting.server.console;

import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Route;

/** Proves an authenticator app. */
final class TakeSecondFactor extends DoorScreen {
  TakeSecondFactor(Doorstep step) {
    super(step, Route.form("takeSecondFactor", "/sign-in/second-factor"));
  }

  @Override
  public Answer handle(Call call) {
    return step.fromKnown(
        call,
        (form, known) ->
            step.proved(
                step.door().byCode().prove(known.cookie(), form.text("code"), step.browser(call)),
                known,
                Addresses.local(form.text("to"))));
  }
}
