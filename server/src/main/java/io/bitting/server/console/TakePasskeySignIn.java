package io.bitting.server.console;

import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Route;
import io.bitting.server.signin.Begun;
import io.bitting.server.signin.Outcome;

/** Signs in by a passkey. */
final class TakePasskeySignIn extends DoorScreen {
  TakePasskeySignIn(Doorstep step) {
    super(step, Route.form("takePasskeySignIn", "/sign-in/passkey"));
  }

  @Override
  public Answer handle(Call call) {
    return step.fromStranger(call, (form, own) -> take(call, form, own));
  }

  private Answer take(Call call, Form form, String own) {
    String to = Addresses.local(form.text("to"));
    return switch (step.door()
        .byPasskey()
        .signIn(Credentials.read(form), own, step.browser(call))) {
      case Outcome.Done<Begun> done -> step.entered(call, done.result(), to);
      case Outcome.No<Begun> no ->
          step.again(
              call, no, mine -> ShowSignInPage.page(step, mine, "", to, null, Doorstep.faults(no)));
    };
  }
}
