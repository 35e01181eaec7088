package io.bitting.server.apis;

import io.bitting.id.ApiId;
import io.bitting.seal.Sealed;
import io.bitting.server.acting.Acting;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Endpoint;
import io.bitting.server.http.Problem;
import io.bitting.server.http.Route;

/** Shows an API. */
public final class ShowApi implements Endpoint {
  private static final Route ROUTE = Route.get("showApi", "/v1/apis/{api}", ApiRequirement.LOOK);

  private final Acting acting;

  /**
   * Makes the endpoint.
   *
   * @param acting looks it up
   */
  public ShowApi(Acting acting) {
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
        (reader, own) ->
            ApiId.parse(call.path("api"))
                .flatMap(reader::api)
                .flatMap(Sealed::intact)
                .map(api -> Answer.json(200, ApiAnswers.of(api, reader)))
                .orElseGet(() -> Answer.problem(Problem.notFound()))
                .asOf(reader.position()));
  }
}
