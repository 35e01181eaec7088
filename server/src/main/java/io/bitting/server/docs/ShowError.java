package io.bitting.server.docs;

import io.bitting.scope.Requirement;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Endpoint;
import io.bitting.server.http.Problem;
import io.bitting.server.http.Route;

/** Shows the documentation page of a problem: what its type links to. */
public final class ShowError implements Endpoint {
  private static final Route ROUTE =
      Route.get("showError", "/errors/{code}", new Requirement.Anonymous());

  private final ErrorPages pages;

  /**
   * Makes the endpoint.
   *
   * @param pages the pages
   */
  public ShowError(ErrorPages pages) {
    this.pages = pages;
  }

  @Override
  public Route route() {
    return ROUTE;
  }

  @Override
  public Answer handle(Call call) {
    call.query().check();
    return pages
        .page(call.path("code"))
        .map(page ->
            Answer.text("text/html", page)
                .with("Content-Security-Policy", ErrorPages.CONTENT_SECURITY_POLICY))
        .orElseGet(() -> Answer.problem(Problem.notFound()));
  }
}
