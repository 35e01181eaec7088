package io.bitting.server.console;

import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Route;

/** Removes the authenticator app. */
final class RemoveApp extends DoorScreen {
  RemoveApp(Doorstep step) {
    super(step, Route.form("removeApp", "/account/app/remove"));
  }

  @Override
  public Answer handle(Call call) {
    return step.fromAccount(
        call,
        (form, known) ->
            step.renewed(
                call,
                step.door().removeFactor().app(known.cookie(), step.browser(call)),
                "The authenticator app is removed."));
  }
}
