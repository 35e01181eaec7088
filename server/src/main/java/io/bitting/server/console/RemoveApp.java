package io.bitting.server.console;

import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Route;
import io.bitting.server.signin.Begun;
import io.bitting.server.signin.Outcome;

/** Removes the authenticator app. */
final class RemoveApp extends DoorScreen {
  private static final Route ROUTE = Route.form("removeApp", "/account/app/remove");

  RemoveApp(Doorstep step) {
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
    return switch (step.door().removeFactor().app(known.cookie(), step.browser(call))) {
      case Outcome.Done<Begun> done ->
          step.signedIn(Desk.on("/account", "The authenticator app is removed."), done.result());
      case Outcome.No<Begun> no -> step.againAccount(call, no);
    };
  }
}
