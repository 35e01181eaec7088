package io.bitting.server.console;

import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Route;
import io.bitting.server.signin.Begun;
import io.bitting.server.signin.Outcome;

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
    return step.fromKnown(call, (form, known) -> take(call, form, known));
  }

  private Answer take(Call call, Form form, Visits.Known known) {
    String to = Addresses.local(form.text("to"));
    return switch (step.door()
        .byRecoveryCode()
        .prove(known.cookie(), form.text("recovery_code"), step.browser(call))) {
      case Outcome.Done<Begun> done -> step.entered(done.result(), to);
      case Outcome.NotSignedIn<Begun> _ -> Desk.on("/sign-in?to=" + Addresses.value(to));
      case Outcome.No<Begun> no ->
          step.again(no, known, ShowSecondFactorPage.page(step, known, to, Doorstep.faults(no)));
    };
  }
}
