package io.bitting.server.keys;

import io.bitting.scope.Requirement;
import io.bitting.server.acting.Acting;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Endpoint;
import io.bitting.server.http.Problem;
import io.bitting.server.http.Route;
import io.bitting.usage.UsageReader;
import java.time.Clock;

/** Shows a key. */
public final class ShowKey implements Endpoint {
  private static final Route ROUTE =
      Route.get(
          "showKey", "/v1/organizations/{org}/api-keys/{key}", Requirement.allOf("keys:read"));

  private final Acting acting;
  private final UsageReader usage;
  private final Clock clock;

  /**
   * Makes the endpoint.
   *
   * @param acting looks it up
   * @param usage knows when secrets were last used
   * @param clock tells the time
   */
  public ShowKey(Acting acting, UsageReader usage, Clock clock) {
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
    call.query().check();
    return acting.look(
        call,
        (reader, own) ->
            KeyOfPath.find(reader, own, call)
                .map(
                    row -> Answer.json(200, new KeyAnswers(reader, clock.instant(), usage).of(row)))
                .orElseGet(() -> Answer.problem(Problem.notFound()))
                .asOf(reader.position()));
  }
}
