package io.bitting.server.console;

import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Route;

/** Ends all other sign-ins of the same person. */
final class EndOtherSignIns extends DoorScreen {
  EndOtherSignIns(Doorstep step) {
    super(step, Route.form("endOtherSignIns", "/account/sign-ins/end-others"));
  }

  @Override
  public Answer handle(Call call) {
    return step.fromAccount(
        call,
        (form, known) ->
            step.settled(
                call,
                step.door().endSignIns().endOthers(known.cookie(), step.browser(call)),
                "All other sign-ins have ended."));
  }
}
