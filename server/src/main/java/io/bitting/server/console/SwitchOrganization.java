package io.bitting.server.console;

import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Route;

/** Looks at another organization from now on. */
final class SwitchOrganization extends DoorScreen {
  private static final Route ROUTE = Route.form("switchOrganization", "/organization");

  SwitchOrganization(Doorstep step) {
    super(step);
  }

  @Override
  public Route route() {
    return ROUTE;
  }

  @Override
  public Answer handle(Call call) {
    return desk.take(
        call,
        (visitor, form) ->
            visitor.others().stream()
                .map(each -> each.slug().text())
                .filter(form.text("organization")::equals)
                .findFirst()
                .map(slug -> Cookies.ORGANIZATION.set(Desk.on("/keys"), slug))
                .orElseGet(() -> Desk.on("/keys")));
  }
}
