package io.bitting.server.apis;

import io.bitting.id.ApiId;
import io.bitting.operation.Operations;
import io.bitting.seal.Sealed;
import io.bitting.server.acting.Acting;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Endpoint;
import io.bitting.server.http.Problem;
import io.bitting.server.http.Route;
import java.util.Optional;

/** Shows the operations of an API with what they require. */
public final class ListOperations implements Endpoint {
  private static final Route ROUTE =
      Route.get("listOperations", "/v1/apis/{api}/operations", ApiRequirement.LOOK);

  private final Acting acting;

  /**
   * Makes the endpoint.
   *
   * @param acting looks them up
   */
  public ListOperations(Acting acting) {
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
          Optional<Operations> operations =
              ApiId.parse(call.path("api")).flatMap(reader::operations).flatMap(Sealed::intact);
          return operations
              .map(found -> Answer.json(200, OperationAnswers.of(found)))
              .orElseGet(() -> Answer.problem(Problem.notFound()))
              .asOf(reader.position());
        });
  }
}
