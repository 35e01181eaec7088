package io.bitting.server.review;

import io.bitting.client.protocol.ReviewAnswer;
import io.bitting.client.protocol.ReviewedKey;
import io.bitting.scope.Requirement;
import io.bitting.server.acting.Acting;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Endpoint;
import io.bitting.server.http.Problem;
import io.bitting.server.http.Query;
import io.bitting.server.http.Route;
import io.bitting.usage.UsageReader;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Reviews the keys of an organization: those about which something is found, the greatest risk
 * first, with what was decided. As a list, or as a table of all of them.
 */
public final class ShowReview implements Endpoint {
  private static final Route ROUTE =
      Route.get("showReview", "/v1/organizations/{org}/review", Requirement.allOf("keys:read"));
  private static final String CSV = "text/csv";

  private final Acting acting;
  private final UsageReader usage;
  private final Clock clock;

  /** What is asked for. */
  private record Asked(Period period, Predicate<ReviewedKey> which, int limit, boolean csv) {}

  /**
   * Makes the endpoint.
   *
   * @param acting looks the keys up
   * @param usage tells what they were used for
   * @param clock tells the time
   */
  public ShowReview(Acting acting, UsageReader usage, Clock clock) {
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
    Instant now = clock.instant();
    Asked asked = read(call, now);
    Optional<Review> review =
        acting.look(
            call,
            (reader, own) ->
                Acting.isNamed(own, call.path("org"))
                    ? Optional.of(new Review(reader, own, now))
                    : Optional.empty());
    return review
        .map(found -> show(found, asked).asOf(found.asOf()))
        .orElseGet(() -> Answer.problem(Problem.notFound()));
  }

  private static Asked read(Call call, Instant now) {
    Query query = call.query();
    Period period = Period.read(query, now);
    Optional<String> show =
        query.value("show", "open, decided or all", one(List.of("open", "decided", "all")));
    Optional<String> format = query.value("format", "json or csv", one(List.of("json", "csv")));
    int limit = query.text("limit").isPresent() ? query.limit() : Integer.MAX_VALUE;
    boolean csv = format.map("csv"::equals).orElseGet(() -> prefersCsv(call));
    query.check();
    return new Asked(period, which(show.orElse(csv ? "all" : "open")), limit, csv);
  }

  private static java.util.function.Function<String, Optional<String>> one(List<String> words) {
    return text -> words.contains(text) ? Optional.of(text) : Optional.empty();
  }

  private static Predicate<ReviewedKey> which(String word) {
    return switch (word) {
      case "open" -> key -> key.decision() == null;
      case "decided" -> key -> key.decision() != null;
      default -> key -> true;
    };
  }

  private static boolean prefersCsv(Call call) {
    return call.headers().all("Accept").stream()
        .anyMatch(accept -> accept.toLowerCase(Locale.ROOT).strip().startsWith(CSV));
  }

  private Answer show(Review review, Asked asked) {
    Review.Findings found = review.judge(usage, asked.period());
    List<ReviewedKey> shown =
        found.ranked().stream().filter(asked.which()).limit(asked.limit()).toList();
    if (asked.csv()) {
      return Answer.text(CSV, ReviewCsv.of(shown))
          .with("Content-Disposition", "attachment; filename=\"bitting-review.csv\"");
    }
    return Answer.json(
        200,
        new ReviewAnswer(
            asked.period().from(),
            asked.period().until(),
            found.complete(),
            found.progress(),
            shown));
  }
}
