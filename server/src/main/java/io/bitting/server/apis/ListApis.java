package io.bitting.server.apis;

import io.bitting.client.protocol.ApiAnswer;
import io.bitting.client.protocol.Page;
import io.bitting.server.acting.Acting;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Endpoint;
import io.bitting.server.http.Route;
import java.util.List;

/** Lists all APIs by id. */
public final class ListApis implements Endpoint {
  private static final Route ROUTE = Route.get("listApis", "/v1/apis", ApiRequirement.LOOK);

  private final Acting acting;

  /**
   * Makes the endpoint.
   *
   * @param acting looks them up
   */
  public ListApis(Acting acting) {
    this.acting = acting;
  }

  @Override
  public Route route() {
    return ROUTE;
  }

  @Override
  public Answer handle(Call call) {
    call.query().check();
    return acting.look(
        call,
        (reader, own) -> {
          List<ApiAnswer> items =
              reader.apis().stream()
                  .flatMap(row -> row.intact().stream())
                  .map(api -> ApiAnswers.of(api, reader))
                  .toList();
          return Answer.json(200, new Page<>(items, null)).asOf(reader.position());
        });
  }
}
