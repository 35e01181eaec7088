package io.bitting.server.console;

import io.bitting.client.protocol.ApiAnswer;
import io.bitting.client.protocol.CatalogAnswer;
import io.bitting.client.protocol.OperationAnswer;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Route;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The scopes of an API. */
final class ShowCatalogPage extends Screen {
  ShowCatalogPage(Desk desk) {
    super(desk, Route.page("showCatalogPage", "/catalog/{api}"));
  }

  @Override
  public Answer handle(Call call) {
    call.query().check();
    return desk.show(
        call,
        visitor -> {
          ApiAnswer api = ShowCatalogsPage.api(desk, visitor, call);
          Reply catalog = desk.ask(visitor, call, "showCatalog").path("api", api.id()).send();
          return desk.page(
              call,
              visitor,
              new CatalogPage(
                  ShowCatalogsPage.apis(desk, visitor, call),
                  api,
                  catalog.ok() ? catalog.read(CatalogAnswer.class) : null,
                  opened(ShowOperationsPage.operations(desk, visitor, call, api))));
        });
  }

  /** Counts the operations that need a scope, alone or with others, in some alternative. */
  private static Map<String, Integer> opened(List<OperationAnswer> operations) {
    Map<String, Integer> opened = new HashMap<>();
    for (OperationAnswer operation : operations) {
      ShowOperationsPage.scopes(operation).forEach(scope -> opened.merge(scope, 1, Integer::sum));
    }
    return opened;
  }
}
