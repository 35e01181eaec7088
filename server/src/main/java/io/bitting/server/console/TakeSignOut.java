package io.bitting.server.console;

import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Route;

/** Signs out: the sign-in ends, and the browser forgets what it kept of it. */
final class TakeSignOut extends DoorScreen {
  TakeSignOut(Doorstep step) {
    super(step, Route.form("takeSignOut", "/sign-out"));
  }

  @Override
  public Answer handle(Call call) {
    if (step.known(call).isEmpty()) {
      return forgotten();
    }
    return step.fromKnown(
        call,
        (form, known) -> {
          step.door().endSignIns().signOut(known.cookie(), step.browser(call));
          return forgotten();
        });
  }

  private static Answer forgotten() {
    Answer answer = Desk.on("/sign-in").with("Clear-Site-Data", "\"cache\", \"storage\"");
    return Cookies.ORGANIZATION.removed(Cookies.SIGN_IN.removed(answer));
  }
}
