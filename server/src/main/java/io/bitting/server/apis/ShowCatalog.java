package io.bitting.server.apis;

import io.bitting.id.ApiId;
import io.bitting.scope.Catalog;
import io.bitting.seal.Sealed;
import io.bitting.server.acting.Acting;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Endpoint;
import io.bitting.server.http.Problem;
import io.bitting.server.http.Route;
import io.bitting.store.Api;
import java.util.Optional;

/** Shows the catalog of an API. */
public final class ShowCatalog implements Endpoint {
  private static final Route ROUTE =
      Route.get("showCatalog", "/v1/apis/{api}/catalog", ApiRequirement.LOOK);

  private final Acting acting;

  /**
   * Makes the endpoint.
   *
   * @param acting looks it up
   */
  public ShowCatalog(Acting acting) {
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
          Optional<ApiId> id = ApiId.parse(call.path("api"));
          Optional<Api> api = id.flatMap(reader::api).flatMap(Sealed::intact);
          Optional<Catalog> catalog = id.flatMap(reader::catalog).flatMap(Sealed::intact);
          return api.flatMap(
                  known -> catalog.map(found -> Answer.json(200, ApiAnswers.of(known, found))))
              .orElseGet(() -> Answer.problem(Problem.notFound()))
              .asOf(reader.position());
        });
  }
}
