package io.bitting.server.console;

import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Route;
import org.jspecify.annotations.Nullable;

/** The form of mail address and password. Who is signed in already goes on. */
final class ShowSignInPage extends DoorScreen {
  ShowSignInPage(Doorstep step) {
    super(step, Route.page("showSignInPage", "/sign-in"));
  }

  @Override
  public Answer handle(Call call) {
    String to = Addresses.local(call.query().text("to").orElse(""));
    boolean again = call.query().text("again").isPresent();
    call.query().check();
    boolean whole =
        step.known(call).filter(known -> step.incomplete(known, to).isEmpty()).isPresent();
    if (whole && !again) {
      return Desk.on(to);
    }
    String notice =
        again ? "To go on, sign in again: this takes a sign-in of the last 10 minutes." : null;
    return step.stranger(call, own -> page(step, own, "", to, notice, Faults.NONE), 200);
  }

  static SignInPage page(
      Doorstep step, String own, String mail, String to, @Nullable String notice, Faults faults) {
    return new SignInPage(
        mail, to, notice, step.door().byPasskey().options(own).orElse(""), faults);
  }
}
