package io.bitting.server.checks;

import io.bitting.client.protocol.KeyAnswer;
import io.bitting.client.protocol.WhoamiAnswer;
import io.bitting.organization.Organization;
import io.bitting.scope.Requirement;
import io.bitting.server.acting.Acting;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Endpoint;
import io.bitting.server.http.Problem;
import io.bitting.server.http.Route;
import io.bitting.server.keys.KeyAnswers;
import io.bitting.server.keys.LastUses;
import io.bitting.store.Position;
import java.time.Clock;
import java.util.function.Supplier;

/** Shows the caller's own key, of whatever API. */
public final class Whoami implements Endpoint {
  private static final Route ROUTE =
      Route.get("whoami", "/v1/whoami", new Requirement.AnyValidKey());

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
  public Whoami(Acting acting, LastUses lastUses, Clock clock) {
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
              return reader
                  .key(call.key().id())
                  .map(new KeyAnswers(reader, clock.instant())::of)
                  .<Supplier<Answer>>map(shown -> () -> answer(shown, own, asOf))
                  .orElse(() -> Answer.problem(Problem.notFound()).asOf(asOf));
            });
    return found.get();
  }

  private Answer answer(KeyAnswer own, Organization organization, Position asOf) {
    return Answer.json(
            200,
            new WhoamiAnswer(
                lastUses.in(own),
                new WhoamiAnswer.OrganizationName(
                    organization.id().text(), organization.slug().text(), organization.name()),
                asOf.text()))
        .asOf(asOf);
  }
}
