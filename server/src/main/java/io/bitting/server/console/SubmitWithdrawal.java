package io.bitting.server.console;

import io.bitting.client.protocol.InvitationAnswer;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Route;

/** Withdraws an invitation. */
final class SubmitWithdrawal extends Screen {
  SubmitWithdrawal(Desk desk) {
    super(desk, Route.form("submitWithdrawal", "/members/invitations/{invitation}/withdraw"));
  }

  @Override
  public Answer handle(Call call) {
    call.query().check();
    return desk.take(
        call,
        (visitor, form) -> {
          Reply reply =
              desk.ask(visitor, call, "withdrawInvitation")
                  .path("invitation", call.path("invitation"))
                  .send();
          return reply.ok()
              ? Desk.on(
                  "/members",
                  "The invitation of "
                      + reply.read(InvitationAnswer.class).mail()
                      + " is withdrawn; its link is void.")
              : desk.again(
                  call,
                  visitor,
                  ShowMembersPage.page(
                      desk, visitor, call, "", null, MembersPage.Form.BLANK, reply.faults()));
        });
  }
}
