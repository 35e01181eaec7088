package io.bitting.server.console;

import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Route;
import io.bitting.server.signin.Enrolled;
import io.bitting.server.signin.Outcome;

/** Enrols a passkey. */
final class TakePasskey extends DoorScreen {
  private static final Route ROUTE = Route.form("takePasskey", "/account/passkeys");

  TakePasskey(Doorstep step) {
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
    return switch (step.door()
        .enrolPasskey()
        .enrol(known.cookie(), form.text("name"), Credentials.read(form), step.browser(call))) {
      case Outcome.Done<Enrolled> done -> ShowEnrolPage.enrolled(step, done.result());
      case Outcome.No<Enrolled> no ->
          ShowEnrolPage.show(step, known, Doorstep.faults(no), Doorstep.status(no));
    };
  }
}
