package io.bitting.server.review;

import io.bitting.audit.AuditChain;
import io.bitting.audit.AuditEvent;
import io.bitting.client.protocol.DecidedKey;
import io.bitting.client.protocol.Json;
import io.bitting.client.protocol.RightSizeAnswer;
import io.bitting.id.KeyId;
import io.bitting.id.MemberId;
import io.bitting.issue.Fault;
import io.bitting.key.Key;
import io.bitting.key.Revocation;
import io.bitting.key.RevocationReason;
import io.bitting.review.RightSize;
import io.bitting.scope.Requirement;
import io.bitting.scope.Spelling;
import io.bitting.seal.SealVerdict;
import io.bitting.seal.Sealed;
import io.bitting.server.acting.Acting;
import io.bitting.server.acting.ActingCaller;
import io.bitting.server.acting.Step;
import io.bitting.server.http.Answer;
import io.bitting.server.http.Call;
import io.bitting.server.http.Endpoint;
import io.bitting.server.http.Problem;
import io.bitting.server.http.ProblemCode;
import io.bitting.server.http.Route;
import io.bitting.server.keys.KeyAnswers;
import io.bitting.server.keys.Revoking;
import io.bitting.store.KeyRow;
import io.bitting.store.ReviewDecision;
import io.bitting.store.ReviewDecision.Verdict;
import io.bitting.store.Writer;
import io.bitting.usage.KeyUse;
import io.bitting.usage.UsageReader;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides about a key in a review: keep it for a reason, put one of a narrower grant in its place,
 * or revoke it. To right-size changes nothing yet: the answer has the grant to replace the key by.
 */
public final class DecideReview implements Endpoint {
  private static final Route ROUTE =
      Route.json(
          "decideReview",
          "POST",
          "/v1/organizations/{org}/review/decisions",
          Requirement.allOf("keys:manage"));

  private final Acting acting;
  private final UsageReader usage;
  private final Clock clock;

  /**
   * Makes the endpoint.
   *
   * @param acting carries it out
   * @param usage tells what keys were used for
   * @param clock tells the time
   */
  public DecideReview(Acting acting, UsageReader usage, Clock clock) {
    this.acting = acting;
    this.usage = usage;
    this.clock = clock;
  }

  /** What is decided, and what it rests on. */
  private record Plan(DecisionForm form, Optional<RightSizeAnswer> size) {}

  @Override
  public Route route() {
    return ROUTE;
  }

  @Override
  public Answer handle(Call call) {
    Instant now = clock.instant();
    Period period = Period.read(call.query(), now);
    call.query().check();
    DecisionForm form = DecisionForm.read(call, now);
    boolean sizes = form.verdict().filter(Verdict.RIGHT_SIZE::equals).isPresent();
    Plan plan = new Plan(form, sizes ? size(call, form, period) : Optional.empty());
    Acting.Change<DecidedKey> change = (writer, caller) -> decide(writer, caller, call, plan);
    Optional<KeyId> key =
        form.keyId().filter(id -> form.verdict().filter(Verdict.REVOKE::equals).isPresent());
    return key.isEmpty()
        ? acting.change(call, ROUTE, change, done -> Answer.json(200, done))
        : acting.restrict(
            call, ROUTE, key.stream().toList(), change, done -> Answer.json(200, done));
  }

  /** Works the proposal out before the transaction, which does not wait for the ledger. */
  private Optional<RightSizeAnswer> size(Call call, DecisionForm form, Period period) {
    Optional<Seen> seen =
        acting.look(
            call,
            (reader, own) ->
                form.keyId()
                    .filter(id -> Acting.isNamed(own, call.path("org")))
                    .flatMap(reader::key)
                    .flatMap(Sealed::intact)
                    .filter(row -> row.key().organization().equals(own.id()))
                    .map(row -> Seen.of(reader, row.key(), own)));
    return seen.map(found -> {
      KeyUse recorded = period.recorded(usage, found.key());
      return RightSizeAnswers.of(
          recorded,
          period,
          RightSize.of(found.key().grant(), found.catalog(), found.organization(), recorded));
    });
  }

  private Step<DecidedKey> decide(Writer writer, ActingCaller caller, Call call, Plan plan) {
    if (!Acting.isNamed(caller.organization(), call.path("org"))) {
      return Step.notFound();
    }
    DecisionForm form = plan.form();
    Optional<KeyRow> row =
        form.keyId()
            .flatMap(writer::lockKey)
            .flatMap(Sealed::intact)
            .filter(found -> found.key().organization().equals(caller.organization().id()));
    List<Fault> faults = new ArrayList<>(form.faults());
    if (row.isEmpty() && !form.key().isEmpty()) {
      faults.add(
          new Fault(
              "/key",
              "key_unknown",
              "there is no key \""
                  + Spelling.printable(form.key())
                  + "\" in organization "
                  + caller.organization().slug(),
              "give the id of a key, as the review lists it"));
    }
    Optional<MemberId> responsible =
        form.responsible()
            .flatMap(MemberId::parse)
            .filter(id -> Review.isMember(writer, id, caller.organization().id()));
    if (form.responsible().isPresent() && responsible.isEmpty()) {
      faults.add(
          new Fault(
              "/responsible",
              "member_unknown",
              "there is no member \""
                  + Spelling.printable(form.responsible().get())
                  + "\" in organization "
                  + caller.organization().slug(),
              "give the id of a member, as the list of members has it"));
    }
    if (!faults.isEmpty() || row.isEmpty() || form.verdict().isEmpty()) {
      return Step.no(Answer.problem(Problem.faults(faults)));
    }
    Key key = row.get().key();
    if (key.isGone(clock.instant())) {
      return Step.no(
          ProblemCode.STATE_CONFLICT,
          "Key " + key.id() + " is revoked, so there is nothing to decide about it.");
    }
    Optional<String> hindrance =
        form.verdict().get() == Verdict.RIGHT_SIZE ? hindrance(plan) : Optional.empty();
    if (hindrance.isPresent()) {
      return Step.no(ProblemCode.STATE_CONFLICT, "Key " + key.id() + " " + hindrance.get() + ".");
    }
    return Step.done(
        decided(writer, caller, call, plan, row.get(), responsible.or(() -> earlier(writer, key))));
  }

  /** Returns who answers for a key by the decision before, which another one does not undo. */
  private static Optional<MemberId> earlier(Writer writer, Key key) {
    return writer
        .reviewDecision(key.id())
        .flatMap(Sealed::intact)
        .map(ReviewDecision::responsible)
        .filter(member -> Review.isMember(writer, member, key.organization()));
  }

  /** Says why there is no grant to put in its place, as the rest of a sentence about the key. */
  private static Optional<String> hindrance(Plan plan) {
    RightSizeAnswer size = plan.size().orElseThrow();
    boolean accepted = plan.form().acceptsIncomplete() && size.grant() != null;
    return size.offered() || accepted ? Optional.empty() : Optional.of(size.words());
  }

  private DecidedKey decided(
      Writer writer,
      ActingCaller caller,
      Call call,
      Plan plan,
      KeyRow row,
      Optional<MemberId> responsible) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    DecisionForm form = plan.form();
    Key before = row.key();
    ReviewDecision decision =
        new ReviewDecision(
            before.id(),
            before.organization(),
            form.verdict().orElseThrow(),
            form.reason(),
            form.askAgainAt().orElse(null),
            now,
            caller.actor(),
            responsible.orElse(null));
    Key after = before;
    if (decision.verdict() == Verdict.REVOKE) {
      List<AuditEvent.Change> changes = new ArrayList<>();
      Revocation why = new Revocation(RevocationReason.OTHER, form.reason());
      after = Revoking.revoke(writer, before, now, why, changes);
      audit(writer, caller, call, Revoking.ACTION, after, changes);
    }
    writer.putReviewDecision(decision);
    audit(writer, caller, call, "key.reviewed", after, changes(decision, plan));
    KeyAnswers answers = new KeyAnswers(writer, now);
    return new DecidedKey(
        answers.of(Sealed.of(new KeyRow(after, row.secrets()), SealVerdict.INTACT)),
        Review.answer(decision),
        plan.size().orElse(null));
  }

  private static List<AuditEvent.Change> changes(ReviewDecision decision, Plan plan) {
    List<AuditEvent.Change> changes = new ArrayList<>();
    changes.add(new AuditEvent.Change("verdict", null, decision.verdict().code()));
    if (!decision.reason().isEmpty()) {
      changes.add(new AuditEvent.Change("reason", null, decision.reason()));
    }
    if (decision.askAgainAt() != null) {
      changes.add(new AuditEvent.Change("ask_again_at", null, Json.time(decision.askAgainAt())));
    }
    plan.form()
        .responsible()
        .ifPresent(member -> changes.add(new AuditEvent.Change("responsible", null, member)));
    plan.size()
        .map(RightSizeAnswer::grant)
        .ifPresent(grant ->
            changes.add(new AuditEvent.Change("proposed", null, String.join(" ", grant.scopes()))));
    return changes;
  }

  private static void audit(
      Writer writer,
      ActingCaller caller,
      Call call,
      String action,
      Key key,
      List<AuditEvent.Change> changes) {
    writer.audit(
        AuditChain.of(key.organization()),
        caller.act(call, action, new AuditEvent.Target("key", key.id().text()), changes),
        call.source());
  }
}
