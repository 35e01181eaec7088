package io.bitting.server.review;

import io.bitting.client.protocol.ReviewAnswer;
import io.bitting.id.OrganizationId;
import io.bitting.scope.Requirement;
import io.bitting.server.acting.Acting;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Endpoint;
import io.bitting.server.http.Problem;
import io.bitting.server.http.Query;
import io.bitting.server.http.Route;
import io.bitting.store.Position;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reviews the keys of an organization: those about which something is found, the greatest risk
 * first, with what was decided. As a list, or as a table of all of them.
 */
public final class ShowReview implements Endpoint {
  private static final Route ROUTE =
      Route.get("showReview", "/v1/organizations/{org}/review", Requirement.allOf("keys:read"));
  private static final String CSV = "text/csv";

  private final Acting acting;
  private final Reviewing reviewing;
  private final Clock clock;

  /** What is asked for. */
  private record Asked(
      Period period,
      boolean usual,
      Which which,
      Optional<Integer> limit,
      boolean sized,
      boolean csv) {}

  /** Whose keys are reviewed, and which changes are surely seen. */
  private record Found(OrganizationId organization, Position asOf) {}

  /**
   * Makes the endpoint.
   *
   * @param acting finds the organization
   * @param reviewing reviews it
   * @param clock tells the time
   */
  public ShowReview(Acting acting, Reviewing reviewing, Clock clock) {
    this.acting = acting;
    this.reviewing = reviewing;
    this.clock = clock;
  }

  @Override
  public Route route() {
    return ROUTE;
  }

  @Override
  public Answer handle(Call call) {
    Instant now = clock.instant();
    Asked asked = read(call, now);
    Optional<Found> found =
        acting.look(
            call,
            (reader, own) ->
                Acting.isNamed(own, call.path("org"))
                    ? Optional.of(new Found(own.id(), reader.position()))
                    : Optional.empty());
    return found
        .map(of -> show(of.organization(), asked, now).asOf(of.asOf()))
        .orElseGet(() -> Answer.problem(Problem.notFound()));
  }

  private static Asked read(Call call, Instant now) {
    Query query = call.query();
    Period period = Period.read(query, now);
    boolean usual = Period.isUsual(query);
    Optional<Which> show = query.value("show", "open, decided or all", Which::of);
    Optional<Boolean> format = query.value("format", "json or csv", ShowReview::isCsv);
    Optional<Integer> limit =
        query.text("limit").isPresent() ? Optional.of(query.limit()) : Optional.empty();
    boolean sized = query.flag("right_size").orElse(false);
    boolean csv = format.orElseGet(() -> prefersCsv(call));
    if (sized && (csv || limit.isEmpty())) {
      query.refuse(
          "right_size", csv ? "is for a list; a table has none" : "needs \"limit\" beside it");
    }
    query.check();
    return new Asked(period, usual, show.orElse(csv ? Which.ALL : Which.OPEN), limit, sized, csv);
  }

  private static Optional<Boolean> isCsv(String format) {
    return List.of("json", "csv").contains(format)
        ? Optional.of(format.equals("csv"))
        : Optional.empty();
  }

  private static boolean prefersCsv(Call call) {
    return call.headers().all("Accept").stream()
        .anyMatch(accept -> accept.toLowerCase(Locale.ROOT).strip().startsWith(CSV));
  }

  private Answer show(OrganizationId organization, Asked asked, Instant now) {
    Reviewing.Shown found = shown(organization, asked, now);
    Reviewing.Shown shown =
        asked.sized() ? reviewing.sized(organization, found, asked.period(), now) : found;
    if (asked.csv()) {
      return Answer.text(CSV, ReviewCsv.of(shown.keys()))
          .with("Content-Disposition", "attachment; filename=\"bitting-review.csv\"");
    }
    return Answer.json(
        200,
        new ReviewAnswer(
            asked.period().from(),
            asked.period().until(),
            shown.rankedAt(),
            shown.complete(),
            shown.progress(),
            shown.keys()));
  }

  /** Only what is asked for without an end, or for another time than usual, reads everything. */
  private Reviewing.Shown shown(OrganizationId organization, Asked asked, Instant now) {
    if (asked.limit().isPresent() && asked.usual() && !asked.csv()) {
      return reviewing.first(organization, asked.which(), asked.limit().get(), now);
    }
    Reviewing.Shown whole = reviewing.whole(organization, asked.which(), asked.period(), now);
    return asked.limit().map(whole::first).orElse(whole);
  }
}
