package io.bitting.server.console;

import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Route;
import java.util.Optional;

/** The form of the second factor: after the password, or once more before something sensitive. */
final class ShowSecondFactorPage extends DoorScreen {
  ShowSecondFactorPage(Doorstep step) {
    super(step, Route.page("showSecondFactorPage", "/sign-in/second-factor"));
  }

  @Override
  public Answer handle(Call call) {
    String to = Addresses.local(call.query().text("to").orElse(""));
    boolean fresh = call.query().text("fresh").isPresent();
    call.query().check();
    Optional<Visits.Known> found = step.known(call);
    if (found.isEmpty()) {
      return Desk.on("/sign-in?to=" + Addresses.value(to));
    }
    Visits.Known known = found.get();
    boolean whole = step.incomplete(known, to).isEmpty();
    if (!known.person().hasMfa()) {
      return Desk.on(
          !whole
              ? "/account/factors/new"
              : fresh ? "/sign-in?again=1&to=" + Addresses.value(to) : to);
    }
    return whole && !fresh
        ? Desk.on(to)
        : desk.page(known.cookie(), page(step, known, to, Faults.NONE), 200);
  }

  static SecondFactorPage page(Doorstep step, Visits.Known known, String to, Faults faults) {
    boolean whole = step.incomplete(known, to).isEmpty();
    boolean app = step.account(known).filter(account -> account.app().isPresent()).isPresent();
    return new SecondFactorPage(
        to,
        whole ? "go on" : "",
        app,
        step.door().byPasskey().secondOptions(known.cookie()).orElse(""),
        faults);
  }
}
