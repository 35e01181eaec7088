package io.bitting.server.console;

import io.bitting.scope.Requirement;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Endpoint;
import io.bitting.server.http.Problem;
import io.bitting.server.http.Route;

/** Gives a file that pages load. Its address has its digest, so browsers keep it for ever. */
final class ShowAsset implements Endpoint {
  private static final Route ROUTE =
      Route.get("showAsset", "/assets/{digest}/{name}", new Requirement.Anonymous()).onDataPlane();

  @Override
  public Route route() {
    return ROUTE;
  }

  @Override
  public Answer handle(Call call) {
    return Asset.at("/assets/" + call.path("digest") + "/" + call.path("name"))
        .map(asset ->
            Answer.bytes(asset.mediaType(), asset.bytes())
                .with("Cache-Control", "public, max-age=31536000, immutable")
                .with("Cross-Origin-Resource-Policy", "same-origin"))
        .orElseGet(() -> Answer.problem(Problem.notFound()));
  }
}
