package io.bitting.server.keys;

import io.bitting.client.protocol.KeyAnswer;
import io.bitting.client.protocol.ReplacedKey;
import io.bitting.client.protocol.ReplacementDifference;
import io.bitting.client.protocol.ReplacementPlan;
import io.bitting.grant.Grant;
import io.bitting.id.KeyId;
import io.bitting.issue.Fault;
import io.bitting.issue.IssuedKey;
import io.bitting.issue.Issuing;
import io.bitting.scope.Catalog;
import io.bitting.scope.Requirement;
import io.bitting.scope.Scope;
import io.bitting.seal.Sealed;
import io.bitting.server.acting.Acting;
import io.bitting.server.acting.ActingCaller;
import io.bitting.server.acting.Quota;
import io.bitting.server.acting.Reveal;
import io.bitting.server.acting.Step;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Endpoint;
import io.bitting.server.http.Problem;
import io.bitting.server.http.Route;
import io.bitting.store.KeyRow;
import io.bitting.store.Reader;
import io.bitting.store.StoreException;
import io.bitting.store.Writer;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Makes a key in the place of another: the way to other scopes, since a grant never changes. The
 * old key is accepted while the overlap lasts. With {@code plan} it only says what would come of
 * it.
 */
public final class ReplaceKey implements Endpoint {
  private static final Route ROUTE =
      Route.json(
          "replaceKey",
          "POST",
          "/v1/organizations/{org}/api-keys/{key}/replace",
          Requirement.allOf("keys:issue", "keys:manage"));

  private final Acting acting;
  private final Issuing issuing;
  private final Quota quota;
  private final LastUses lastUses;
  private final Clock clock;

  /** What came of it. */
  private sealed interface Result {}

  private record Made(
      IssuedKey issued,
      KeyAnswer shown,
      KeyAnswer old,
      ReplacementDifference difference,
      String organization)
      implements Result {}

  private record Plan(KeyAnswer old, ReplacementDifference difference) implements Result {}

  /**
   * Makes the endpoint.
   *
   * @param acting carries it out
   * @param issuing the one way to a key
   * @param quota how many keys an organization may make
   * @param lastUses tells when keys were last used
   * @param clock tells the time
   */
  public ReplaceKey(Acting acting, Issuing issuing, Quota quota, LastUses lastUses, Clock clock) {
    this.acting = acting;
    this.issuing = issuing;
    this.quota = quota;
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
    List<Fault> faults = new ArrayList<>();
    KeyForm.Replacing asked = KeyForm.readReplacement(call.jsonIfAny(), faults);
    Acting.Change<Result> change = (writer, caller) -> replace(writer, caller, call, asked, faults);
    return asked.isPlan()
        ? acting.change(call, ROUTE, change, result -> answer(result, Reveal.ONCE))
        : acting.exchange(
            call,
            ROUTE,
            KeyId.parse(call.path("key")).stream().toList(),
            quota.within(change),
            this::answer);
  }

  private Answer answer(Result result, Reveal reveal) {
    return switch (result) {
      case Plan(KeyAnswer old, ReplacementDifference difference) ->
          Answer.json(200, new ReplacementPlan(lastUses.in(old), difference));
      case Made made ->
          Answer.json(
                  201,
                  new ReplacedKey(
                      made.shown(),
                      reveal.secret(() -> made.issued().revealOnce()),
                      reveal == Reveal.ONCE ? lastUses.in(made.old()) : made.old(),
                      made.difference()))
              .with(
                  "Location",
                  "/v1/organizations/" + made.organization() + "/api-keys/" + made.shown().id());
    };
  }

  private Step<Result> replace(
      Writer writer, ActingCaller caller, Call call, KeyForm.Replacing asked, List<Fault> faults) {
    Optional<KeyRow> found = KeyOfPath.lock(writer, caller.organization(), call);
    if (found.isEmpty()) {
      return Step.notFound();
    }
    KeyRow old = found.get();
    if (!faults.isEmpty()) {
      return Step.no(
          Answer.problem(
              Problem.faults(
                  issuing.faults(writer, caller.organization(), old, asked.request(), faults))));
    }
    Issuing.Replacing outcome =
        asked.isPlan()
            ? issuing.plan(writer, caller.organization(), caller.issuer(call), old, asked.request())
            : issuing.replace(
                writer, caller.organization(), caller.issuer(call), old, asked.request());
    KeyAnswers answers = new KeyAnswers(writer, clock.instant());
    return switch (outcome) {
      case Issuing.No no -> Step.no(IssuingAnswers.of(no, caller, writer));
      case Issuing.Planned plan ->
          Step.done(
              new Plan(
                  answers.of(old),
                  difference(
                      writer, old, plan.name(), plan.grant(), plan.expiresAt(), plan.endsAt())));
      case Issuing.Replaced replaced -> {
        KeyRow made = replaced.key().row();
        yield Step.done(
            new Made(
                replaced.key(),
                answers.of(made),
                answers.of(replaced.old()),
                difference(
                    writer,
                    old,
                    made.key().name(),
                    made.key().grant(),
                    made.expiresAt(),
                    Objects.requireNonNull(replaced.old().key().replacement()).endsAt()),
                caller.organization().slug().text()));
      }
    };
  }

  private static ReplacementDifference difference(
      Reader reader,
      KeyRow old,
      String name,
      Grant grant,
      Optional<Instant> expiresAt,
      Instant endsAt) {
    Grant before = old.key().grant();
    Catalog catalog =
        reader
            .catalog(grant.api())
            .flatMap(Sealed::intact)
            .orElseThrow(
                () -> new StoreException("the catalog of " + grant.api() + " is not intact"));
    SortedSet<Scope> had = before.scopes().covered(catalog);
    SortedSet<Scope> has = grant.scopes().covered(catalog);
    return new ReplacementDifference(
        name,
        grant.scopes().isAll(),
        before.scopes().isAll(),
        without(has, had),
        without(had, has),
        KeyAnswers.reach(grant.reach()),
        KeyAnswers.reach(before.reach()),
        expiresAt.orElse(null),
        endsAt);
  }

  private static List<String> without(SortedSet<Scope> scopes, SortedSet<Scope> others) {
    SortedSet<Scope> left = new TreeSet<>(scopes);
    left.removeAll(others);
    return left.stream().map(Scope::text).toList();
  }
}
