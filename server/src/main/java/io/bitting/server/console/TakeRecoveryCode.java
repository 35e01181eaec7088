package io.bitting.server.console;

import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Route;

/** Proves a second factor by a recovery code. */
final class TakeRecoveryCode extends DoorScreen {
  private static final Route ROUTE = Route.form("takeRecoveryCode", "/sign-in/recovery");

  TakeRecoveryCode(Doorstep step) {
    super(step);
  }

  @Override
  public Route route() {
    return ROUTE;
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
