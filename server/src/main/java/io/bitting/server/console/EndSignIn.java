package io.bitting.server.console;

import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Route;

/** Ends another sign-in of the same person. */
final class EndSignIn extends DoorScreen {
  EndSignIn(Doorstep step) {
    super(step, Route.form("endSignIn", "/account/sign-ins/{signIn}/end"));
  }

  @Override
  public Answer handle(Call call) {
    return step.fromAccount(
        call,
        (form, known) ->
            step.settled(
                call,
                step.door()
                    .endSignIns()
                    .end(known.cookie(), call.path("signIn"), step.browser(call)),
                "The sign-in has ended."));
  }
}
