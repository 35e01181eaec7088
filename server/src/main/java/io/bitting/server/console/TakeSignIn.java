package io.bitting.server.console;

import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Route;
import io.bitting.server.signin.Begun;
import io.bitting.server.signin.Outcome;

/** Signs in by mail address and password. */
final class TakeSignIn extends DoorScreen {
  TakeSignIn(Doorstep step) {
    super(step, Route.form("takeSignIn", "/sign-in"));
  }

  @Override
  public Answer handle(Call call) {
    return step.fromStranger(call, (form, own) -> take(call, form));
  }

  private Answer take(Call call, Form form) {
    String mail = form.text("mail");
    String to = Addresses.local(form.text("to"));
    return switch (step.door()
        .byPassword()
        .signIn(mail, form.text("password"), step.browser(call))) {
      case Outcome.Done<Begun> done -> step.entered(call, done.result(), to);
      case Outcome.No<Begun> no ->
          step.again(
              call, no, own -> ShowSignInPage.page(step, own, mail, to, null, Doorstep.faults(no)));
    };
  }
}
