package io.bitting.server.console;

import io.bitting.member.SignIn;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Route;
import io.bitting.server.signin.Outcome;

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
    return step.fromAccount(call, (form, known) -> take(call, known));
  }

  private Answer take(Call call, Visits.Known known) {
    return switch (step.door()
        .endSignIns()
        .end(known.cookie(), call.path("signIn"), step.browser(call))) {
      case Outcome.Done<SignIn> _ -> Desk.on("/account", "The sign-in has ended.");
      case Outcome.No<SignIn> no -> step.againAccount(call, no);
    };
  }
}
