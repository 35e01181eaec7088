package io.bitting.server.console;

import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Route;

/** The whole review as a table. */
final class DownloadReview extends Screen {
  DownloadReview(Desk desk) {
    super(desk, Route.page("downloadReview", "/review.csv"));
  }

  @Override
  public Answer handle(Call call) {
    call.query().check();
    return desk.show(
        call,
        visitor -> desk.ask(visitor, call, "showReview").query("format", "csv").send().done());
  }
}
