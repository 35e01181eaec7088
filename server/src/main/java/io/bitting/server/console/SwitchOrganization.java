package io.bitting.server.console;

import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Route;

/**
 * Looks at another organization from now on: also whoever can do nothing in the one that is looked
 * at before a second factor is enrolled. It says what is looked at, and allows nothing there.
 */
final class SwitchOrganization extends DoorScreen {
  SwitchOrganization(Doorstep step) {
    super(step, Route.form("switchOrganization", "/organization"));
  }

  @Override
  public Answer handle(Call call) {
    return step.fromKnown(
        call,
        (form, known) ->
            step.incomplete(known, "/keys")
                .orElseGet(() ->
                    desk.visits().organizations(known.person()).stream()
                        .map(each -> each.slug().text())
                        .filter(form.text("organization")::equals)
                        .findFirst()
                        .map(slug -> Cookies.ORGANIZATION.set(Desk.on("/keys"), slug))
                        .orElseGet(() -> Desk.on("/keys"))));
  }
}
