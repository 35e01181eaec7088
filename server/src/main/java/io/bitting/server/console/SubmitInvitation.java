package io.bitting.server.console;

import io.bitting.client.protocol.NewInvitation;
import io.bitting.client.protocol.NewInvitationAnswer;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Route;

/** Invites somebody. The link is on this one page. */
final class SubmitInvitation extends Screen {
  SubmitInvitation(Desk desk) {
    super(desk, Route.form("submitInvitation", "/members/invitations"));
  }

  @Override
  public Answer handle(Call call) {
    call.query().check();
    return desk.take(call, (visitor, form) -> invite(call, visitor, form));
  }

  private Answer invite(Call call, Visitor visitor, Form form) {
    MembersPage.Form sent = new MembersPage.Form(form.text("mail").strip(), form.text("role"));
    Reply reply =
        desk.ask(visitor, call, "createInvitation")
            .json(new NewInvitation(sent.mail(), sent.role()))
            .send();
    if (!reply.ok()) {
      return desk.again(
          call, visitor, ShowMembersPage.page(desk, visitor, call, "", null, sent, reply.faults()));
    }
    NewInvitationAnswer made = reply.read(NewInvitationAnswer.class);
    MembersPage.Invitation invited =
        new MembersPage.Invitation(
            made.invitation().mail(),
            made.link().reveal(),
            made.message().reveal(),
            Boolean.TRUE.equals(made.sent()),
            made.invitation().expiresAt());
    return desk.page(
        call,
        visitor,
        ShowMembersPage.page(
            desk, visitor, call, "", invited, MembersPage.Form.BLANK, Faults.NONE));
  }
}
