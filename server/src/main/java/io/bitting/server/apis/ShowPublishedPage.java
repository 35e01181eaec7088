package io.bitting.server.apis;

import io.bitting.scope.Requirement;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Endpoint;
import io.bitting.server.http.Problem;
import io.bitting.server.http.Route;

/**
 * Shows the page of an API to everybody, if its operations are published. Whoever asks needs no
 * key, so asking touches no storage.
 *
 * <p><b>Security guarantees.</b> An API whose operations are not published is answered like one
 * that does not exist.
 */
public final class ShowPublishedPage implements Endpoint {
  private static final Route ROUTE =
      Route.get("showPublishedPage", "/apis/{api}", new Requirement.Anonymous());

  private final ApiPages pages;

  /**
   * Makes the endpoint.
   *
   * @param pages the pages
   */
  public ShowPublishedPage(ApiPages pages) {
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
        .publishedPage(call.path("api"))
        .map(page ->
            Answer.bytes("text/html", page.html())
                .with("Content-Security-Policy", pages.policy())
                .with("ETag", page.tag())
                .with("Cache-Control", "no-cache"))
        .orElseGet(() -> Answer.problem(Problem.notFound()));
  }
}
