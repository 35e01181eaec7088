package io.bitting.server.review;

import io.bitting.review.RightSize;
import io.bitting.scope.Requirement;
import io.bitting.server.acting.Acting;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Endpoint;
import io.bitting.server.http.Problem;
import io.bitting.server.http.Route;
import io.bitting.usage.KeyUse;
import io.bitting.usage.UsageReader;
import java.time.Clock;

/** Shows the least grant that would have been enough for what a key was used for. */
public final class ShowRightSize implements Endpoint {
  private static final Route ROUTE =
      Route.get(
          "showRightSize",
          "/v1/organizations/{org}/api-keys/{key}/right-size",
          Requirement.allOf("keys:read"));

  private final Acting acting;
  private final UsageReader usage;
  private final Clock clock;

  /**
   * Makes the endpoint.
   *
   * @param acting looks the key up
   * @param usage tells what it was used for
   * @param clock tells the time
   */
  public ShowRightSize(Acting acting, UsageReader usage, Clock clock) {
    this.acting = acting;
    this.usage = usage;
    this.clock = clock;
  }

  @Override
  public Route route() {
    return ROUTE;
  }

  @Override
  public Answer handle(Call call) {
    Period period = Period.read(call.query(), clock.instant());
    call.query().check();
    return Seen.find(acting, call)
        .map(seen -> show(seen, period))
        .orElseGet(() -> Answer.problem(Problem.notFound()));
  }

  private Answer show(Seen seen, Period period) {
    KeyUse recorded = period.recorded(usage, seen.key());
    RightSize size =
        RightSize.of(seen.key().grant(), seen.catalog(), seen.organization(), recorded);
    return Answer.json(200, RightSizeAnswers.of(recorded, period, size)).asOf(seen.asOf());
  }
}
