package io.bitting.server.console;

import io.bitting.client.protocol.MemberAnswer;
import io.bitting.client.protocol.MemberEdit;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Route;

/** Gives a member another role. */
final class SubmitRole extends Screen {
  SubmitRole(Desk desk) {
    super(desk, Route.form("submitRole", "/members/{member}/role"));
  }

  @Override
  public Answer handle(Call call) {
    call.query().check();
    return desk.take(
        call,
        (visitor, form) -> {
          Reply reply =
              desk.ask(visitor, call, "editMember")
                  .path("member", call.path("member"))
                  .json(new MemberEdit(form.text("role")))
                  .send();
          if (!reply.ok()) {
            return desk.again(
                call, visitor, ShowMemberPage.page(desk, visitor, call, reply.faults()));
          }
          MemberAnswer member = reply.read(MemberAnswer.class);
          return Desk.on(
              "/members/" + member.id(), member.name() + " is " + member.role() + " now.");
        });
  }
}
