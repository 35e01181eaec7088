package io.bitting.server.apis;

import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Endpoint;
import io.bitting.server.http.Problem;
import io.bitting.server.http.Route;

/** Shows the page of an API to those who run it, published or not. */
public final class ShowApiPage implements Endpoint {
  private static final Route ROUTE =
      Route.get("showApiPage", "/v1/apis/{api}/page", ApiRequirement.LOOK);

  private final ApiPages pages;

  /**
   * Makes the endpoint.
   *
   * @param pages the pages
   */
  public ShowApiPage(ApiPages pages) {
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
        .page(call.path("api"))
        .map(page ->
            Answer.bytes("text/html", page.html()).with("Content-Security-Policy", pages.policy()))
        .orElseGet(() -> Answer.problem(Problem.notFound()));
  }
}
