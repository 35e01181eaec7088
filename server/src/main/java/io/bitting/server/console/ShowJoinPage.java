package io.bitting.server.console;

import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Route;
import io.bitting.server.signin.AcceptInvitation;
import java.util.List;

/**
 * The form with which somebody who is invited joins: asks for the code, which the script takes from
 * the fragment.
 */
final class ShowJoinPage extends DoorScreen {
  ShowJoinPage(Doorstep step) {
    super(step, Route.page("showJoinPage", "/join"));
  }

  @Override
  public Answer handle(Call call) {
    call.query().check();
    return step.stranger(call, own -> new JoinPage(null, "", "", false, Faults.NONE), 200);
  }

  /** Makes the page of an invitation. */
  static JoinPage page(AcceptInvitation.Offer offer, String code, String name, Faults faults) {
    return new JoinPage(
        new JoinPage.Offer(
            offer.organization().name(),
            offer.invitation().mail().text(),
            offer.invitation().role().code(),
            offer.invitedBy(),
            offer.invitation().expiresAt()),
        code,
        name,
        offer.known(),
        faults);
  }

  /** Says that there is no such invitation. */
  static JoinPage none() {
    return new JoinPage(
        null,
        "",
        "",
        false,
        new Faults(
            "It does not exist, was used or withdrawn, or has expired; ask for another one.",
            List.of()));
  }
}
