package io.bitting.server.members;

import io.bitting.client.protocol.InvitationAnswer;
import io.bitting.client.protocol.Page;
import io.bitting.id.InvitationId;
import io.bitting.member.Invitation;
import io.bitting.scope.Requirement;
import io.bitting.seal.Sealed;
import io.bitting.server.acting.Acting;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Endpoint;
import io.bitting.server.http.Place;
import io.bitting.server.http.Problem;
import io.bitting.server.http.Query;
import io.bitting.server.http.Route;
import io.bitting.store.PeopleReader.InvitedAfter;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Lists the invitations to the caller's organization, the newest first. Never shows a code. */
public final class ListInvitations implements Endpoint {
  private static final Route ROUTE =
      Route.get(
          "listInvitations",
          "/v1/organizations/{org}/invitations",
          Requirement.allOf("org.memberships:read"));

  private final Acting acting;
  private final Clock clock;

  /**
   * Makes the endpoint.
   *
   * @param acting looks them up
   * @param clock tells which have expired
   */
  public ListInvitations(Acting acting, Clock clock) {
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
    int limit = query.limit();
    Optional<InvitedAfter> after =
        query.cursor(text ->
            Place.read(text)
                .flatMap(place ->
                    InvitationId.parse(place.id()).map(id -> new InvitedAfter(place.at(), id))));
    query.check();
    Instant now = clock.instant();
    return acting.look(
        call,
        (reader, own) -> {
          if (!Acting.isNamed(own, call.path("org"))) {
            return Answer.problem(Problem.notFound());
          }
          List<Sealed<Invitation>> rows = reader.people().invitations(own.id(), after, limit + 1);
          List<InvitationAnswer> items =
              rows.stream().limit(limit).map(row -> InvitationAnswers.of(row, now)).toList();
          return Answer.json(
                  200, new Page<>(items, Place.next(rows, limit, ListInvitations::place)))
              .asOf(reader.position());
        });
  }

  private static Place place(Sealed<Invitation> row) {
    Invitation invitation = row.unchecked();
    return new Place(invitation.createdAt(), invitation.id().text());
  }
}
