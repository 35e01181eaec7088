package io.bitting.server.usage;

import io.bitting.client.protocol.KeyUsageAnswer;
import io.bitting.id.KeyId;
import io.bitting.key.Key;
import io.bitting.scope.Requirement;
import io.bitting.scope.Scope;
import io.bitting.server.acting.Acting;
import io.bitting.server.apis.OperationAnswers;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Endpoint;
import io.bitting.server.http.Malformed;
import io.bitting.server.http.Problem;
import io.bitting.server.http.ProblemCode;
import io.bitting.server.http.Query;
import io.bitting.server.http.Route;
import io.bitting.server.http.Timestamp;
import io.bitting.usage.KeyUse;
import io.bitting.usage.LastUse;
import io.bitting.usage.Tally;
import io.bitting.usage.UsageLedger;
import io.bitting.usage.Use;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Shows what a key was used for. */
public final class ShowKeyUsage implements Endpoint {
  private static final Route ROUTE =
      Route.get(
          "showKeyUsage",
          "/v1/organizations/{org}/api-keys/{key}/usage",
          Requirement.allOf("keys:read"));
  private static final Duration WINDOW_USUAL = Duration.ofDays(30);

  private final Acting acting;
  private final UsageLedger ledger;
  private final Clock clock;

  /**
   * Makes the endpoint.
   *
   * @param acting finds the key
   * @param ledger has what it was used for
   * @param clock tells the time
   */
  public ShowKeyUsage(Acting acting, UsageLedger ledger, Clock clock) {
    this.acting = acting;
    this.ledger = ledger;
    this.clock = clock;
  }

  @Override
  public Route route() {
    return ROUTE;
  }

  private record Window(Instant from, Instant until, boolean byDay) {
    /** Before a key was made there was nothing to record, so that nothing of it is lost. */
    Instant begin(Key key) {
      Instant begin = key.createdAt().isAfter(from) ? key.createdAt() : from;
      return begin.isAfter(until) ? until : begin;
    }
  }

  @Override
  public Answer handle(Call call) {
    Window window = window(call.query(), clock.instant());
    return acting.look(
        call,
        (reader, own) ->
            KeyId.parse(call.path("key"))
                .filter(id -> Acting.isNamed(own, call.path("org")))
                .flatMap(reader::key)
                .map(row -> row.unchecked().key())
                .filter(key -> key.organization().equals(own.id()))
                .map(key -> Answer.json(200, answer(key, window)))
                .orElseGet(() -> Answer.problem(Problem.notFound()))
                .asOf(reader.position()));
  }

  private static Window window(Query query, Instant now) {
    String kind = "a time that has come, such as 2026-03-01T09:00:00Z";
    Optional<Instant> from = query.value("from", kind, text -> past(text, now));
    Optional<Instant> until = query.value("until", kind, text -> past(text, now));
    boolean byDay =
        query
            .value(
                "by",
                "hour or day",
                text -> Set.of("hour", "day").contains(text) ? Optional.of(text) : Optional.empty())
            .equals(Optional.of("day"));
    query.check();
    Instant end = until.orElse(now);
    Instant start = from.orElse(end.minus(WINDOW_USUAL));
    if (!start.isBefore(end)) {
      throw new Malformed(
          ProblemCode.QUERY_INVALID,
          "The window ends before it begins: \"from\" is to be before \"until\", which is now unless given.");
    }
    return new Window(start, end, byDay);
  }

  private static Optional<Instant> past(String text, Instant now) {
    return Timestamp.parse(text)
        .filter(time -> !time.isAfter(now) && !time.isBefore(Instant.EPOCH));
  }

  private KeyUsageAnswer answer(Key key, Window window) {
    KeyUse use = ledger.use(key.id(), window.begin(key), window.until());
    return new KeyUsageAnswer(
        key.id().text(),
        window.from(),
        window.until(),
        use.complete(),
        use.last().map(ShowKeyUsage::lastUse).orElse(null),
        use.uses().stream()
            .sorted(
                Comparator.comparingLong((Use each) -> each.allowed() + each.denied())
                    .reversed()
                    .thenComparing(each -> each.operation().orElse(""))
                    .thenComparing(each -> each.requirement().toString()))
            .map(ShowKeyUsage::use)
            .toList(),
        scopes(use.uses()),
        periods(ledger.tallies(key.id(), window.from(), window.until()), window.byDay()));
  }

  private static KeyUsageAnswer.LastUse lastUse(LastUse last) {
    return new KeyUsageAnswer.LastUse(
        last.at(), last.source().orElse(null), last.userAgent().orElse(null));
  }

  private static KeyUsageAnswer.Use use(Use use) {
    return new KeyUsageAnswer.Use(
        use.operation().orElse(null),
        OperationAnswers.of(use.requirement()),
        use.first(),
        use.last(),
        use.allowed(),
        use.denied());
  }

  private static List<KeyUsageAnswer.ScopeUse> scopes(List<Use> uses) {
    Map<Scope, KeyUsageAnswer.ScopeUse> scopes = new TreeMap<>();
    for (Use use : uses) {
      for (Scope scope : named(use.requirement())) {
        scopes.merge(
            scope,
            new KeyUsageAnswer.ScopeUse(
                scope.text(), use.first(), use.last(), use.allowed(), use.denied()),
            ShowKeyUsage::joined);
      }
    }
    return List.copyOf(scopes.values());
  }

  private static Set<Scope> named(Requirement requirement) {
    Set<Scope> named = new TreeSet<>();
    if (requirement instanceof Requirement.Scopes some) {
      for (Collection<Scope> alternative : some.alternatives()) {
        named.addAll(alternative);
      }
    }
    return named;
  }

  private static KeyUsageAnswer.ScopeUse joined(
      KeyUsageAnswer.ScopeUse one, KeyUsageAnswer.ScopeUse other) {
    return new KeyUsageAnswer.ScopeUse(
        one.scope(),
        one.first().isBefore(other.first()) ? one.first() : other.first(),
        one.last().isAfter(other.last()) ? one.last() : other.last(),
        one.allowed() + other.allowed(),
        one.denied() + other.denied());
  }

  private static List<KeyUsageAnswer.Period> periods(List<Tally> tallies, boolean byDay) {
    Map<Instant, KeyUsageAnswer.Period> periods = new TreeMap<>();
    for (Tally tally : tallies) {
      Instant from = byDay ? tally.from().truncatedTo(ChronoUnit.DAYS) : tally.from();
      int hours = byDay ? 24 : (int) tally.length().toHours();
      KeyUsageAnswer.@Nullable Period before = periods.get(from);
      periods.put(
          from,
          new KeyUsageAnswer.Period(
              from,
              hours,
              tally.allowed() + (before == null ? 0 : before.allowed()),
              tally.denied() + (before == null ? 0 : before.denied())));
    }
    return List.copyOf(periods.values());
  }
}
