package io.bitting.server.console;

import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Route;
import io.bitting.server.signin.AcceptInvitation;
import java.util.Optional;

/** Shows the invitation of a code. */
final class TakeJoinCode extends DoorScreen {
  TakeJoinCode(Doorstep step) {
    super(step, Route.form("takeJoinCode", "/join/code"));
  }

  @Override
  public Answer handle(Call call) {
    return step.fromStranger(
        call,
        (form, own) -> {
          String code = form.text("code").strip();
          Optional<AcceptInvitation.Offer> offer = step.door().invitations().find(code);
          return offer.isEmpty()
              ? step.stranger(call, mine -> ShowJoinPage.none(), 403)
              : step.stranger(
                  call, mine -> ShowJoinPage.page(offer.get(), code, "", Faults.NONE), 200);
        });
  }
}
