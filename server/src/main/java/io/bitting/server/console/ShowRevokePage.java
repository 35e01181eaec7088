package io.bitting.server.console;

import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Route;

/** The form that ends a key for ever. */
final class ShowRevokePage extends KeyScreen {
  private static final Route ROUTE = Route.page("showRevokePage", "/keys/{key}/revoke");

  ShowRevokePage(Desk desk) {
    super(desk);
  }

  @Override
  public Route route() {
    return ROUTE;
  }

  @Override
  public Answer handle(Call call) {
    return desk.show(
        call,
        visitor -> {
          call.query().check();
          return desk.page(
              call, visitor, new RevokePages(desk, visitor, call).of(key(call, visitor)));
        });
  }
}
