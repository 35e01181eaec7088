package io.bitting.server.console;

import io.bitting.client.protocol.OrganizationAnswer;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Route;
import java.util.Map;

/** Gives the organization another name. */
final class SubmitName extends Screen {
  SubmitName(Desk desk) {
    super(desk, Route.form("submitName", "/settings/name"));
  }

  @Override
  public Answer handle(Call call) {
    call.query().check();
    return desk.take(
        call,
        (visitor, form) -> {
          String name = form.text("name");
          Reply reply =
              desk.ask(visitor, call, "editOrganization").json(Map.of("name", name)).send();
          return reply.ok()
              ? Desk.on(
                  "/settings",
                  "The name is " + reply.read(OrganizationAnswer.class).name() + " now.")
              : desk.again(
                  call, visitor, ShowSettingsPage.named(desk, visitor, call, name, reply.faults()));
        });
  }
}
