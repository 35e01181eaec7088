package io.bitting.server.keys;

import io.bitting.scope.Requirement;
import io.bitting.server.acting.Acting;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Endpoint;
import io.bitting.server.http.Problem;
import io.bitting.server.http.Route;
import io.bitting.store.Position;
import java.time.Clock;
import java.util.function.Supplier;

/** Shows a key. */
public final class ShowKey implements Endpoint {
  private static final Route ROUTE =
      Route.get(
          "showKey", "/v1/organizations/{org}/api-keys/{key}", Requirement.allOf("keys:read"));

  private final Acting acting;
  private final LastUses lastUses;
  private final Clock clock;

  /**
   * Makes the endpoint.
   *
   * @param acting looks it up
   * @param lastUses tells when keys were last used
   * @param clock tells the time
   */
  public ShowKey(Acting acting, LastUses lastUses, Clock clock) {
    this.acting = acting;
    this.lastUses = lastUses;
    this.clock = clock;
  }

  @Override
  public Route route() {
    return ROUTE;
  }

  @Override
  public Answer handle(Call call) {
    call.query().check();
    Supplier<Answer> found =
        acting.look(
            call,
            (reader, own) -> {
              Position asOf = reader.position();
              return KeyOfPath.find(reader, own, call)
                  .map(new KeyAnswers(reader, clock.instant())::of)
                  .<Supplier<Answer>>map(
                      shown -> () -> Answer.json(200, lastUses.in(shown)).asOf(asOf))
                  .orElse(() -> Answer.problem(Problem.notFound()).asOf(asOf));
            });
    return found.get();
  }
}
