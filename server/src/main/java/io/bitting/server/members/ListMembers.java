package io.bitting.server.members;

import io.bitting.client.protocol.MemberAnswer;
import io.bitting.client.protocol.Page;
import io.bitting.id.MemberId;
import io.bitting.member.Member;
import io.bitting.organization.Role;
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
import io.bitting.store.MemberFilter;
import io.bitting.store.MemberRow;
import java.util.List;
import java.util.Optional;

/** Lists the members of the caller's organization, the newest first. */
public final class ListMembers implements Endpoint {
  private static final Route ROUTE =
      Route.get(
          "listMembers",
          "/v1/organizations/{org}/members",
          Requirement.allOf("org.memberships:read"));

  private final Acting acting;

  /**
   * Makes the endpoint.
   *
   * @param acting looks them up
   */
  public ListMembers(Acting acting) {
    this.acting = acting;
  }

  @Override
  public Route route() {
    return ROUTE;
  }

  @Override
  public Answer handle(Call call) {
    Query query = call.query();
    int limit = query.limit();
    MemberFilter filter =
        new MemberFilter(
            query.value("role", RoleForm.ROLES, Role::of), query.flag("mfa"), query.searched());
    Optional<MemberFilter.After> after =
        query.cursor(text ->
            Place.read(text)
                .flatMap(place ->
                    MemberId.parse(place.id()).map(id -> new MemberFilter.After(place.at(), id))));
    query.check();
    return acting.look(
        call,
        (reader, own) -> {
          if (!Acting.isNamed(own, call.path("org"))) {
            return Answer.problem(Problem.notFound());
          }
          List<Sealed<MemberRow>> rows =
              reader.people().members(own.id(), filter, after, limit + 1);
          List<MemberAnswer> items = rows.stream().limit(limit).map(MemberAnswers::of).toList();
          return Answer.json(200, new Page<>(items, Place.next(rows, limit, ListMembers::place)))
              .asOf(reader.position());
        });
  }

  private static Place place(Sealed<MemberRow> row) {
    Member member = row.unchecked().member();
    return new Place(member.joinedAt(), member.id().text());
  }
}
