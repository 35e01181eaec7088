package io.bitting.server.checks;

import io.bitting.client.protocol.WhoamiAnswer;
import io.bitting.scope.Requirement;
import io.bitting.server.acting.Acting;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Endpoint;
import io.bitting.server.http.Problem;
import io.bitting.server.http.Route;
import io.bitting.server.keys.KeyAnswers;
import io.bitting.usage.UsageReader;
import java.time.Clock;

/** Shows the caller's own key, of whatever API. */
public final class Whoami implements Endpoint {
  private static final Route ROUTE =
      Route.get("whoami", "/v1/whoami", new Requirement.AnyValidKey());

  private final Acting acting;
  private final UsageReader usage;
  private final Clock clock;

  /**
   * Makes the endpoint.
   *
   * @param acting looks it up
   * @param usage tells when keys were last used
   * @param clock tells the time
   */
  public Whoami(Acting acting, UsageReader usage, Clock clock) {
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
            reader
                .key(call.key().id())
                .map(row ->
                    Answer.json(
                        200,
                        new WhoamiAnswer(
                            new KeyAnswers(reader, clock.instant(), usage).of(row),
                            new WhoamiAnswer.OrganizationName(
                                own.id().text(), own.slug().text(), own.name()),
                            reader.position().text())))
                .orElseGet(() -> Answer.problem(Problem.notFound()))
                .asOf(reader.position()));
  }
}
