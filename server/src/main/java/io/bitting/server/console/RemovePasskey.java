package io.bitting.server.console;

import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Route;

/** Removes a passkey. */
final class RemovePasskey extends DoorScreen {
  RemovePasskey(Doorstep step) {
    super(step, Route.form("removePasskey", "/account/passkeys/{passkey}/remove"));
  }

  @Override
  public Answer handle(Call call) {
    return step.fromAccount(
        call,
        (form, known) ->
            step.renewed(
                call,
                step.door()
                    .removeFactor()
                    .passkey(known.cookie(), call.path("passkey"), step.browser(call)),
                "The passkey is removed."));
  }
}
