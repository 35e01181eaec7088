package io.bitting.server.organizations;

import io.bitting.client.protocol.OrganizationAnswer;
import io.bitting.client.protocol.Page;
import io.bitting.id.Slug;
import io.bitting.organization.Organization;
import io.bitting.scope.Requirement;
import io.bitting.seal.Sealed;
import io.bitting.server.acting.Acting;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Cursor;
import io.bitting.server.http.Endpoint;
import io.bitting.server.http.Query;
import io.bitting.server.http.Route;
import java.util.List;
import java.util.Optional;

/** Lists the organizations of the installation by slug. */
public final class ListOrganizations implements Endpoint {
  private static final Route ROUTE =
      Route.get("listOrganizations", "/v1/organizations", Requirement.allOf("organizations:read"));

  private final Acting acting;

  /**
   * Makes the endpoint.
   *
   * @param acting looks them up
   */
  public ListOrganizations(Acting acting) {
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
    Optional<Slug> after = query.cursor(Slug::parse);
    query.check();
    return acting.look(
        call,
        (reader, own) -> {
          List<Sealed<Organization>> rows = reader.organizations(after, limit + 1);
          List<OrganizationAnswer> items =
              rows.stream()
                  .limit(limit)
                  .flatMap(row -> row.intact().stream())
                  .map(OrganizationAnswers::of)
                  .toList();
          String next =
              rows.size() > limit
                  ? Cursor.encode(rows.get(limit - 1).unchecked().slug().text())
                  : null;
          return Answer.json(200, new Page<>(items, next)).asOf(reader.position());
        });
  }
}
