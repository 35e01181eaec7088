package io.bitting.server.console;

import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Route;
import io.bitting.server.signin.Begun;
import io.bitting.server.signin.Outcome;

/** Changes the password. */
final class TakePassword extends DoorScreen {
  TakePassword(Doorstep step) {
    super(step, Route.form("takePassword", "/account/password"));
  }

  @Override
  public Answer handle(Call call) {
    return step.fromAccount(call, (form, known) -> take(call, form, known));
  }

  private Answer take(Call call, Form form, Visits.Known known) {
    return switch (step.door()
        .changePassword()
        .change(
            known.cookie(),
            form.text("current_password"),
            form.text("new_password"),
            step.browser(call))) {
      case Outcome.Done<Begun> done ->
          step.signedIn(
              Desk.on(
                  "/account", "The password is changed, and you are signed out everywhere else."),
              done.result());
      case Outcome.No<Begun> no -> step.againAccount(call, no);
    };
  }
}
