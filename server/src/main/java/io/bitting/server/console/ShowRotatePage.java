package io.bitting.server.console;

import io.bitting.client.protocol.KeyAnswer;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Route;

/** The form that gives a key another token. */
final class ShowRotatePage extends KeyScreen {
  ShowRotatePage(Desk desk) {
    super(desk, Route.page("showRotatePage", "/keys/{key}/rotate"));
  }

  @Override
  public Answer handle(Call call) {
    return desk.show(
        call,
        visitor -> {
          call.query().check();
          KeyAnswer key = key(call, visitor);
          return desk.page(
              call,
              visitor,
              new RotatePage(key, Overlaps.usual(key.expiresAt(), desk.now()), "", Faults.NONE));
        });
  }
}
