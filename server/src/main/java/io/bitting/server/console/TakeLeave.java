package io.bitting.server.console;

import io.bitting.member.Member;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Route;
import io.bitting.server.members.LeaveOrganization;
import io.bitting.server.signin.Outcome;

/** Leaves the organization that is looked at. */
final class TakeLeave extends DoorScreen {
  private final LeaveOrganization leaving;

  TakeLeave(Doorstep step, LeaveOrganization leaving) {
    super(step, Route.form("takeLeave", "/organization/leave"));
    this.leaving = leaving;
  }

  @Override
  public Answer handle(Call call) {
    return desk.take(call, (visitor, form) -> leave(call, visitor, form));
  }

  private Answer leave(Call call, Visitor visitor, Form form) {
    if (!form.text("organization").equals(visitor.organization().slug().text())) {
      return Desk.on("/account");
    }
    return switch (leaving.leave(
        visitor.cookie(), visitor.organization().id(), step.browser(call))) {
      case Outcome.Done<Member> _ ->
          Cookies.ORGANIZATION.removed(
              Desk.on("/account", "You have left " + visitor.organization().name() + "."));
      case Outcome.No<Member> no -> step.againAccount(call, no);
    };
  }
}
