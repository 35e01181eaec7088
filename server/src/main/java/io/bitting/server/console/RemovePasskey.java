package io.bitting.server.console;

import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Route;

/** Removes a passkey. */
final class RemovePasskey extends DoorScreen {
  private static final Route ROUTE =
      Route.form("removePasskey", "/account/passkeys/{passkey}/remove");

  RemovePasskey(Doorstep step) {
    super(step);
  }

  @Override
  public Route route() {
    return ROUTE;
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
