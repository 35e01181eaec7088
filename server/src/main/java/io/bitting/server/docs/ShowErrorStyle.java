package io.bitting.server.docs;

import io.bitting.scope.Requirement;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Endpoint;
import io.bitting.server.http.Route;

/** Shows how the documentation pages look. */
public final class ShowErrorStyle implements Endpoint {
  private static final Route ROUTE =
      Route.get("showErrorStyle", "/errors/style.css", new Requirement.Anonymous());

  private final ErrorPages pages;

  /**
   * Makes the endpoint.
   *
   * @param pages the pages
   */
  public ShowErrorStyle(ErrorPages pages) {
    this.pages = pages;
  }

  @Override
  public Route route() {
    return ROUTE;
  }

  @Override
  public Answer handle(Call call) {
    call.query().check();
    return Answer.text("text/css", pages.stylesheet());
  }
}
