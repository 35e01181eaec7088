package io.bitting.server.docs;

import io.bitting.scope.Requirement;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Endpoint;
import io.bitting.server.http.Route;

/** Lists the documentation pages of all problems. */
public final class ListErrors implements Endpoint {
  private static final Route ROUTE =
      Route.get("listErrors", "/errors", new Requirement.Anonymous());

  private final ErrorPages pages;

  /**
   * Makes the endpoint.
   *
   * @param pages the pages
   */
  public ListErrors(ErrorPages pages) {
    this.pages = pages;
  }

  @Override
  public Route route() {
    return ROUTE;
  }

  @Override
  public Answer handle(Call call) {
    call.query().check();
    return Answer.text("text/html", pages.index())
        .with("Content-Security-Policy", ErrorPages.CONTENT_SECURITY_POLICY);
  }
}
