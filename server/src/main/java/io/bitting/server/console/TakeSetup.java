package io.bitting.server.console;

import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Route;
import io.bitting.server.setup.FirstPerson;
import io.bitting.server.signin.Joined;
import io.bitting.server.signin.Outcome;

/** Redeems a setup code for an owner who is a person. */
final class TakeSetup extends SetupScreen {
  TakeSetup(Doorstep step, FirstPerson firstPerson) {
    super(step, Route.form("takeSetup", "/setup"), firstPerson);
  }

  @Override
  public Answer handle(Call call) {
    return step.fromStranger(call, (form, own) -> take(call, form));
  }

  private Answer take(Call call, Form form) {
    FirstPerson.Form asked =
        new FirstPerson.Form(
            form.text("code"),
            form.text("organization"),
            form.text("name"),
            form.text("mail"),
            form.text("password"));
    return switch (firstPerson.redeem(asked, step.browser(call))) {
      case Outcome.Done<Joined> done -> step.joined(call, done.result());
      case Outcome.No<Joined> no ->
          step.again(
              call,
              no,
              own -> page(asked.organization(), asked.name(), asked.mail(), Doorstep.faults(no)));
    };
  }
}
