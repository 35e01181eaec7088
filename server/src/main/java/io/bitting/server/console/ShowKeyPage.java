package io.bitting.server.console;

import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Route;

/** One key: what it may do, what it did, what it was refused. */
final class ShowKeyPage extends KeyScreen {
  ShowKeyPage(Desk desk) {
    super(desk, Route.page("showKeyPage", "/keys/{key}"));
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
