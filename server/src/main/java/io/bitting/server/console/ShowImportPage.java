package io.bitting.server.console;

import io.bitting.client.protocol.ApiAnswer;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Query;
import io.bitting.server.http.Route;

/** The form that takes an API's description. */
final class ShowImportPage extends Screen {
  ShowImportPage(Desk desk) {
    super(desk, Route.page("showImportPage", "/catalog/{api}/import"));
  }

  @Override
  public Answer handle(Call call) {
    return desk.show(
        call,
        visitor -> {
          Query query = call.query();
          query.check();
          ApiAnswer api = ShowCatalogsPage.api(desk, visitor, call);
          return desk.page(
              call, visitor, new ImportPage(api, ImportPage.OPERATIONS, null, "", Faults.NONE));
        });
  }
}
