package io.bitting.server.console;

import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Route;

/** Proves a second factor by a recovery code. */
final class TakeRecoveryCode extends DoorScreen {
  TakeRecoveryCode(Doorstep step) {
    super(step, Route.form("takeRecoveryCode", "/sign-in/recovery"));
  }

  @Override
  public Answer handle(Call call) {
    return step.fromKnown(
        call,
        (form, known) ->
            step.proved(
                step.door()
                    .byRecoveryCode()
                    .prove(known.cookie(), form.text("recovery_code"), step.browser(call)),
                known,
                Addresses.local(form.text("to"))));
  }
}
