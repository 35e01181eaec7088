package io.bitting.server.console;

import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Route;

/** One key: what it may do, what it did, what it was refused. */
final class ShowKeyPage extends KeyScreen {
  private static final Route ROUTE = Route.page("showKeyPage", "/keys/{key}");

  ShowKeyPage(Desk desk) {
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
              call, visitor, new KeyPages(desk, visitor, call).of(key(call, visitor), Faults.NONE));
        });
  }
}
