package io.bitting.server.console;

import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Route;

/** Proves a passkey as the second factor. */
final class TakeSecondPasskey extends DoorScreen {
  private static final Route ROUTE =
      Route.form("takeSecondPasskey", "/sign-in/second-factor/passkey");

  TakeSecondPasskey(Doorstep step) {
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
                    .byPasskey()
                    .prove(known.cookie(), Credentials.read(form), step.browser(call)),
                known,
                Addresses.local(form.text("to"))));
  }
}
