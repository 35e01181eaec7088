package io.bitting.server.console;

import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Route;
import io.bitting.server.signin.Joined;
import io.bitting.server.signin.Outcome;

/** Accepts an invitation. */
final class TakeJoin extends DoorScreen {
  TakeJoin(Doorstep step) {
    super(step, Route.form("takeJoin", "/join"));
  }

  @Override
  public Answer handle(Call call) {
    return step.fromStranger(call, (form, own) -> take(call, form));
  }

  private Answer take(Call call, Form form) {
    String code = form.text("code").strip();
    String name = form.text("name");
    return switch (step.door()
        .invitations()
        .accept(code, name, form.text("password"), step.browser(call))) {
      case Outcome.Done<Joined> done -> step.joined(call, done.result());
      case Outcome.No<Joined> no ->
          step.again(
              call,
              no,
              own ->
                  step.door()
                      .invitations()
                      .find(code)
                      .map(offer -> ShowJoinPage.page(offer, code, name, Doorstep.faults(no)))
                      .orElseGet(ShowJoinPage::none));
    };
  }
}
