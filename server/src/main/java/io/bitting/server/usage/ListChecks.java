package io.bitting.server.usage;

import io.bitting.access.Decision;
import io.bitting.client.protocol.ChecksAnswer;
import io.bitting.client.protocol.ChecksAnswer.CheckAnswer;
import io.bitting.id.KeyId;
import io.bitting.organization.Organization;
import io.bitting.scope.Requirement;
import io.bitting.scope.Scope;
import io.bitting.seal.Sealed;
import io.bitting.server.acting.Acting;
import io.bitting.server.apis.OperationAnswers;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Cursor;
import io.bitting.server.http.Endpoint;
import io.bitting.server.http.Problem;
import io.bitting.server.http.Query;
import io.bitting.server.http.Route;
import io.bitting.store.Reader;
import io.bitting.usage.Demand;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Shows the last checks of an organization's keys that this node made. */
public final class ListChecks implements Endpoint {
  private static final Route ROUTE =
      Route.get("listChecks", "/v1/organizations/{org}/checks", Requirement.allOf("audit:read"));

  private final Acting acting;
  private final RecentChecks recent;

  /**
   * Makes the endpoint.
   *
   * @param acting finds the organization
   * @param recent has the checks
   */
  public ListChecks(Acting acting, RecentChecks recent) {
    this.acting = acting;
    this.recent = recent;
  }

  @Override
  public Route route() {
    return ROUTE;
  }

  @Override
  public Answer handle(Call call) {
    Query query = call.query();
    int limit = query.limit();
    long after = query.cursor(ListChecks::number).orElse(0L);
    query.check();
    return acting.look(
        call,
        (reader, own) ->
            Acting.isNamed(own, call.path("org"))
                ? Answer.json(200, answer(reader, own, after, limit))
                : Answer.problem(Problem.notFound()));
  }

  private static Optional<Long> number(String text) {
    return text.matches("0|[1-9][0-9]{0,17}")
        ? Optional.of(Long.parseLong(text))
        : Optional.empty();
  }

  private ChecksAnswer answer(Reader reader, Organization own, long after, int limit) {
    List<RecentChecks.Check> checks = recent.of(own.id(), after, limit);
    long last = checks.isEmpty() ? after : checks.getLast().number();
    Map<KeyId, Optional<String>> names = new HashMap<>();
    return new ChecksAnswer(
        checks.stream()
            .map(check ->
                check(
                    check,
                    names.computeIfAbsent(
                        check.key(),
                        key ->
                            reader.key(key).flatMap(Sealed::intact).map(row -> row.key().name()))))
            .toList(),
        Cursor.encode(String.valueOf(last)));
  }

  private static CheckAnswer check(RecentChecks.Check check, Optional<String> name) {
    @Nullable Demand demand = check.demand();
    Decision.@Nullable Denied denied = check.denied();
    return new CheckAnswer(
        check.at(),
        check.key().text(),
        name.orElse(null),
        denied == null ? "allowed" : "denied",
        denied == null ? null : denied.reason().code(),
        demand == null ? null : demand.api().text(),
        demand == null ? null : demand.operation().orElse(null),
        demand == null ? null : OperationAnswers.of(demand.requirement()),
        denied == null ? List.of() : denied.missing().stream().map(Scope::text).toList(),
        said(check.origin().source()),
        said(check.origin().userAgent()));
  }

  private static @Nullable String said(String text) {
    return text.isEmpty() ? null : text;
  }
}
