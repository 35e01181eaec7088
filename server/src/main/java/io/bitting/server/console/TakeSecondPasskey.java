package io.bitting.server.console;

import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Route;

/** Proves a passkey as the second factor. */
final class TakeSecondPasskey extends DoorScreen {
  TakeSecondPasskey(Doorstep step) {
    super(step, Route.form("takeSecondPasskey", "/sign-in/second-factor/passkey"));
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
