package io.bitting.server.console;

import io.bitting.client.protocol.ApiAnswer;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Route;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Leads to the catalog of an API: of Bitting's own only where there is no other. */
final class ShowCatalogsPage extends Screen {
  ShowCatalogsPage(Desk desk) {
    super(desk, Route.page("showCatalogsPage", "/catalog"));
  }

  @Override
  public Answer handle(Call call) {
    call.query().check();
    return desk.show(
        call,
        visitor -> {
          List<ApiAnswer> apis = apis(desk, visitor, call);
          return apis.stream()
              .min(Comparator.comparing(ApiAnswer::builtIn).thenComparing(ApiAnswer::id))
              .map(api -> Desk.on("/catalog/" + api.id()))
              .orElseGet(
                  () -> desk.page(call, visitor, new CatalogPage(List.of(), null, null, Map.of())));
        });
  }

  /** Lists the APIs to choose from. */
  static List<ApiAnswer> apis(Desk desk, Visitor visitor, Call call) {
    return desk.ask(visitor, call, "listApis").send().page(ApiAnswer.class).items();
  }

  /**
   * Finds the API that a path names.
   *
   * @throws Reply.Refused if there is none
   */
  static ApiAnswer api(Desk desk, Visitor visitor, Call call) {
    return desk.ask(visitor, call, "showApi")
        .path("api", call.path("api"))
        .send()
        .read(ApiAnswer.class);
  }
}
