package io.bitting.server.console;

import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Route;

/** Ends another sign-in of the same person. */
final class EndSignIn extends DoorScreen {
  private static final Route ROUTE = Route.form("endSignIn", "/account/sign-ins/{signIn}/end");

  EndSignIn(Doorstep step) {
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
            step.settled(
                call,
                step.door()
                    .endSignIns()
                    .end(known.cookie(), call.path("signIn"), step.browser(call)),
                "The sign-in has ended."));
  }
}
