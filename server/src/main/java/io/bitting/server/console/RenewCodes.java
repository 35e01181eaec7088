package io.bitting.server.console;

import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Route;
import io.bitting.server.signin.Outcome;
import java.util.List;

/** Makes recovery codes in place of those before. */
final class RenewCodes extends DoorScreen {
  RenewCodes(Doorstep step) {
    super(step, Route.form("renewCodes", "/account/codes"));
  }

  @Override
  public Answer handle(Call call) {
    return step.fromAccount(call, (form, known) -> take(call, known));
  }

  private Answer take(Call call, Visits.Known known) {
    return switch (step.door().recoveryCodes().renew(known.cookie(), step.browser(call))) {
      case Outcome.Done<List<String>> done ->
          desk.page(known.cookie(), new CodesPage(done.result()), 200);
      case Outcome.No<List<String>> no -> step.againAccount(call, no);
    };
  }
}
