package io.bitting.server.docs;

import io.bitting.scope.Requirement;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Endpoint;
import io.bitting.server.http.Route;

/** Shows the OpenAPI document. */
public final class ShowOpenApi implements Endpoint {
  private static final Route ROUTE =
      Route.get("showOpenApi", "/openapi.json", new Requirement.Anonymous());

  private final OpenApiDocument document;

  /**
   * Makes the endpoint.
   *
   * @param document the document
   */
  public ShowOpenApi(OpenApiDocument document) {
    this.document = document;
  }

  @Override
  public Route route() {
    return ROUTE;
  }

  @Override
  public Answer handle(Call call) {
    call.query().check();
    return Answer.bytes("application/json", document.json());
  }
}
