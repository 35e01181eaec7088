package io.bitting.server.review;

import io.bitting.client.protocol.WhatIfAnswer;
import io.bitting.grant.Grant;
import io.bitting.grant.GrantedScopes;
import io.bitting.issue.Fault;
import io.bitting.review.WhatIf;
import io.bitting.scope.Catalog;
import io.bitting.scope.Requirement;
import io.bitting.scope.Scope;
import io.bitting.scope.Spelling;
import io.bitting.server.acting.Acting;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Endpoint;
import io.bitting.server.http.Fields;
import io.bitting.server.http.Problem;
import io.bitting.server.http.Route;
import io.bitting.usage.KeyUse;
import io.bitting.usage.UsageReader;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Shows what would have been denied of a key's recorded use, had it had another grant. */
public final class ShowWhatIf implements Endpoint {
  private static final Route ROUTE =
      Route.json(
          "showWhatIf",
          "POST",
          "/v1/organizations/{org}/api-keys/{key}/what-if",
          Requirement.allOf("keys:read"));

  private final Acting acting;
  private final UsageReader usage;
  private final Clock clock;

  /**
   * Makes the endpoint.
   *
   * @param acting looks the key up
   * @param usage tells what it was used for
   * @param clock tells the time
   */
  public ShowWhatIf(Acting acting, UsageReader usage, Clock clock) {
    this.acting = acting;
    this.usage = usage;
    this.clock = clock;
  }

  @Override
  public Route route() {
    return ROUTE;
  }

  /** The scopes as they were given; empty for all. */
  private record Asked(Optional<List<String>> scopes, List<Fault> faults) {}

  @Override
  public Answer handle(Call call) {
    Period period = Period.read(call.query(), clock.instant());
    call.query().check();
    Asked asked = read(call);
    return Seen.find(acting, call)
        .map(seen -> show(seen, period, asked))
        .orElseGet(() -> Answer.problem(Problem.notFound()));
  }

  private static Asked read(Call call) {
    List<Fault> faults = new ArrayList<>();
    try (Fields fields = new Fields(call.json(), "", faults)) {
      boolean some = fields.has("scopes");
      boolean all = fields.has("all_scopes");
      if (some == all) {
        fields.fault(
            some ? "all_scopes" : "scopes",
            some ? "grant_ambiguous" : "grant_missing",
            some
                ? "both \"scopes\" and \"all_scopes\" are given; a grant is one or the other"
                : "neither \"scopes\" nor \"all_scopes\" is given; a key has a grant",
            some ? "keep the one that is meant" : "name the scopes to try");
      }
      fields
          .optionalFlag("all_scopes")
          .filter(flag -> !flag)
          .ifPresent(flag ->
              fields.fault(
                  "all_scopes",
                  "value_out_of_range",
                  "\"all_scopes\" is false; it is true or left out",
                  "leave it out and name the scopes"));
      return new Asked(all ? Optional.empty() : fields.texts("scopes"), faults);
    }
  }

  private Answer show(Seen seen, Period period, Asked asked) {
    List<Fault> faults = new ArrayList<>(asked.faults());
    GrantedScopes scopes =
        asked
            .scopes()
            .map(names -> named(names, seen.catalog(), faults))
            .orElseGet(GrantedScopes::all);
    if (!faults.isEmpty()) {
      return Answer.problem(Problem.faults(faults));
    }
    Grant present = seen.key().grant();
    Grant proposed = new Grant(present.api(), scopes, present.reach());
    KeyUse recorded = period.recorded(usage, seen.key());
    WhatIf whatIf = WhatIf.replay(present, proposed, seen.catalog(), seen.organization(), recorded);
    return Answer.json(200, answer(recorded, period, whatIf)).asOf(seen.asOf());
  }

  /** Reads scopes of the catalog; retired ones too, since what was once is asked about. */
  private static GrantedScopes named(List<String> names, Catalog catalog, List<Fault> faults) {
    TreeSet<Scope> scopes = new TreeSet<>();
    for (int i = 0; i < names.size(); i++) {
      Optional<Scope> scope = Scope.parseToken(names.get(i)).filter(catalog::has);
      scope.ifPresent(scopes::add);
      if (scope.isEmpty()) {
        faults.add(
            new Fault(
                "/scopes/" + i,
                "scope_unknown",
                "scope \""
                    + Spelling.printable(names.get(i))
                    + "\" is not in the catalog of "
                    + catalog.api(),
                catalog
                    .nearest(names.get(i))
                    .map(near -> "did you mean \"" + near + "\"?")
                    .orElse("use a scope of the catalog")));
      }
    }
    if (names.isEmpty()) {
      faults.add(
          new Fault(
              "/scopes",
              "grant_empty",
              "scopes is empty; a key that may do nothing is of no use",
              "name at least one scope, or ask for all_scopes"));
    }
    return scopes.isEmpty() ? GrantedScopes.all() : new GrantedScopes.Specific(scopes);
  }

  private static WhatIfAnswer answer(KeyUse recorded, Period period, WhatIf whatIf) {
    return new WhatIfAnswer(
        recorded.key().text(),
        period.from(),
        period.until(),
        whatIf.complete(),
        whatIf.calls(),
        whatIf.deniedCalls(),
        whatIf.denials().stream()
            .map(denial ->
                new WhatIfAnswer.Denial(
                    RightSizeAnswers.of(denial.use()), RightSizeAnswers.names(denial.missing())))
            .toList());
  }
}
