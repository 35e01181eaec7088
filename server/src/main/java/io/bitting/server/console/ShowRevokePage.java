package io.bitting.server.console;

import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Route;

/** The form that ends a key for ever. */
final class ShowRevokePage extends KeyScreen {
  ShowRevokePage(Desk desk) {
    super(desk, Route.page("showRevokePage", "/keys/{key}/revoke"));
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
