package io.bitting.server.console;

import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Route;
import io.bitting.server.signin.Outcome;

/** Ends all other sign-ins of the same person. */
final class EndOtherSignIns extends DoorScreen {
  private static final Route ROUTE = Route.form("endOtherSignIns", "/account/sign-ins/end-others");

  EndOtherSignIns(Doorstep step) {
    super(step);
  }

  @Override
  public Route route() {
    return ROUTE;
  }

  @Override
  public Answer handle(Call call) {
    return step.fromAccount(call, (form, known) -> take(call, known));
  }

  private Answer take(Call call, Visits.Known known) {
    return switch (step.door().endSignIns().endOthers(known.cookie(), step.browser(call))) {
      case Outcome.Done<Integer> _ -> Desk.on("/account", "All other sign-ins have ended.");
      case Outcome.No<Integer> no -> step.againAccount(call, no);
    };
  }
}
