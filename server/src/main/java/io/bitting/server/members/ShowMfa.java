package io.bitting.server.members;

import io.bitting.client.protocol.MemberAnswer;
import io.bitting.client.protocol.MfaAnswer;
import io.bitting.organization.Organization;
import io.bitting.scope.Requirement;
import io.bitting.seal.Sealed;
import io.bitting.server.acting.Acting;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Endpoint;
import io.bitting.server.http.Problem;
import io.bitting.server.http.Query;
import io.bitting.server.http.Route;
import io.bitting.server.http.Timestamp;
import io.bitting.store.MemberFilter;
import io.bitting.store.MemberRow;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Says whom a required second factor keeps out, and from when on: as it is, or as it would be; and
 * which owners and admins have to enrol first. Changes nothing.
 */
public final class ShowMfa implements Endpoint {
  private static final Route ROUTE =
      Route.get(
          "showMfa", "/v1/organizations/{org}/mfa", Requirement.allOf("org.memberships:read"));
  private static final int NAMED = 200;

  private final Acting acting;
  private final Clock clock;

  /**
   * Makes the endpoint.
   *
   * @param acting looks it up
   * @param clock tells the time
   */
  public ShowMfa(Acting acting, Clock clock) {
    this.acting = acting;
    this.clock = clock;
  }

  @Override
  public Route route() {
    return ROUTE;
  }

  @Override
  public Answer handle(Call call) {
    Query query = call.query();
    Optional<Instant> from = query.value("from", "a time as RFC 3339 has it", Timestamp::parse);
    query.check();
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    return acting.look(
        call,
        (reader, own) -> {
          if (!Acting.isNamed(own, call.path("org"))) {
            return Answer.problem(Problem.notFound());
          }
          List<Sealed<MemberRow>> without =
              reader
                  .people()
                  .members(own.id(), MemberFilter.withoutMfa(), Optional.empty(), NAMED + 1);
          List<MemberAnswer> named = without.stream().limit(NAMED).map(MemberAnswers::of).toList();
          return Answer.json(
                  200,
                  new MfaAnswer(
                      own.mfaRequiredFrom(),
                      from.orElseGet(() -> asItIs(own, now)),
                      named,
                      without.size() > NAMED,
                      Leaders.withoutMfa(reader.people(), own.id()).stream()
                          .map(MemberAnswers::of)
                          .toList()))
              .asOf(reader.position());
        });
  }

  private static Instant asItIs(Organization own, Instant now) {
    return Optional.ofNullable(own.mfaRequiredFrom()).orElse(now);
  }
}
