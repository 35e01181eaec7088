package io.bitting.server.review;

import io.bitting.audit.Actor;
import io.bitting.client.protocol.FindingAnswer;
import io.bitting.client.protocol.KeyAnswer;
import io.bitting.client.protocol.Reference;
import io.bitting.client.protocol.ReviewAnswer;
import io.bitting.client.protocol.ReviewDecisionAnswer;
import io.bitting.client.protocol.ReviewedKey;
import io.bitting.id.ApiId;
import io.bitting.id.KeyId;
import io.bitting.id.MemberId;
import io.bitting.id.OrganizationId;
import io.bitting.key.Key;
import io.bitting.organization.Organization;
import io.bitting.review.Risk;
import io.bitting.review.Subject;
import io.bitting.scope.Catalog;
import io.bitting.seal.Sealed;
import io.bitting.server.keys.KeyAnswers;
import io.bitting.store.KeyFilter;
import io.bitting.store.KeyRow;
import io.bitting.store.Position;
import io.bitting.store.Reader;
import io.bitting.store.ReviewDecision;
import io.bitting.usage.KeyUse;
import io.bitting.usage.LastUse;
import io.bitting.usage.UsageReader;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a review finds, put together in two steps: first the rows, in one transaction, then what was
 * recorded of each key. Costs one reading of the ledger for each key that is not revoked.
 */
final class Review {
  private static final int KEYS_AT_A_TIME = 500;

  private final List<Candidate> candidates = new ArrayList<>();
  private final Map<KeyId, ReviewDecision> decisions = new HashMap<>();
  private final Instant now;
  private final Organization organization;
  private final Position asOf;

  /** A key to look at, as its row shows it. */
  private record Candidate(
      KeyRow row, KeyAnswer shown, Catalog catalog, Optional<String> makerGone) {}

  /** What was found of all of them. */
  record Findings(boolean complete, ReviewAnswer.Progress progress, List<ReviewedKey> ranked) {}

  /** Reads the rows. */
  Review(Reader reader, Organization organization, Instant now) {
    this.now = now;
    this.organization = organization;
    this.asOf = reader.position();
    for (Sealed<ReviewDecision> row : reader.reviewDecisions(organization.id())) {
      row.intact().ifPresent(decision -> decisions.put(decision.key(), decision));
    }
    Map<KeyId, Key> keys = new LinkedHashMap<>();
    Map<KeyId, Sealed<KeyRow>> rows = rows(reader, organization, now);
    rows.forEach((id, row) -> keys.put(id, row.unchecked().key()));
    Map<ApiId, Optional<Catalog>> catalogs = new HashMap<>();
    Map<Actor, Optional<String>> leavers = new HashMap<>();
    KeyAnswers answers = new KeyAnswers(reader, now);
    for (Sealed<KeyRow> row : rows.values()) {
      Optional<KeyRow> intact =
          row.intact()
              .filter(found -> !found.key().isGone(now) && found.key().replacement() == null);
      Optional<Catalog> catalog =
          intact.flatMap(found ->
              catalogs.computeIfAbsent(
                  found.key().api(), api -> reader.catalog(api).flatMap(Sealed::intact)));
      if (intact.isPresent() && catalog.isPresent()) {
        Key key = intact.get().key();
        Actor maker = key.createdBy();
        Optional<Actor> responsible = responsible(key);
        Function<Actor, Optional<String>> left =
            actor -> leavers.computeIfAbsent(actor, by -> left(by, reader, organization));
        candidates.add(
            new Candidate(
                intact.get(),
                answers.of(row),
                catalog.get(),
                responsible.isPresent()
                    ? left.apply(responsible.get()).map(who -> "somebody who handed it to " + who)
                    : gone(maker, keys).or(() -> left.apply(maker))));
      }
    }
  }

  private static Map<KeyId, Sealed<KeyRow>> rows(
      Reader reader, Organization organization, Instant now) {
    Map<KeyId, Sealed<KeyRow>> rows = new LinkedHashMap<>();
    Optional<KeyFilter.After> after = Optional.empty();
    List<Sealed<KeyRow>> page;
    do {
      page = reader.keys(organization.id(), KeyFilter.all(now), after, KEYS_AT_A_TIME);
      for (Sealed<KeyRow> row : page) {
        Key key = row.unchecked().key();
        rows.put(key.id(), row);
        after = Optional.of(new KeyFilter.After(key.createdAt(), key.id()));
      }
    } while (page.size() == KEYS_AT_A_TIME);
    return rows;
  }

  /** Returns the member that answers for a key instead of its maker, if a decision named one. */
  private Optional<Actor> responsible(Key key) {
    return Optional.ofNullable(decisions.get(key.id()))
        .map(ReviewDecision::responsible)
        .map(Actor::member);
  }

  /** A decision stands while its time has not come, and whoever it was handed to is there. */
  private boolean stands(ReviewDecision decision, Candidate candidate) {
    return decision.standsAt(now)
        && (decision.responsible() == null || candidate.makerGone().isEmpty());
  }

  /** Tells whether somebody is a member of an organization. */
  static boolean isMember(Reader reader, MemberId id, OrganizationId organization) {
    return reader
        .people()
        .member(id)
        .filter(row -> row.unchecked().member().organization().equals(organization))
        .isPresent();
  }

  /** Says what became of the member that answers for a key, if it is there no more. */
  private static Optional<String> left(Actor maker, Reader reader, Organization organization) {
    return maker.kind() == Actor.Kind.MEMBER
            && MemberId.parse(maker.id())
                .filter(id -> isMember(reader, id, organization.id()))
                .isEmpty()
        ? Optional.of("member " + maker.id() + ", who left")
        : Optional.empty();
  }

  /** Says what became of the key that made another, if it is there no more. */
  private static Optional<String> gone(Actor maker, Map<KeyId, Key> keys) {
    if (maker.kind() != Actor.Kind.KEY) {
      return Optional.empty();
    }
    Key key = KeyId.parse(maker.id()).map(keys::get).orElse(null);
    if (key == null) {
      return Optional.of("key " + maker.id() + ", which is no more");
    }
    return Optional.ofNullable(key.revokedAt())
        .map(at -> "key " + maker.id() + ", revoked on " + at.atZone(ZoneOffset.UTC).toLocalDate());
  }

  Position asOf() {
    return asOf;
  }

  /** Reads what was recorded, and ranks. */
  Findings judge(UsageReader usage, Period period) {
    List<ReviewedKey> ranked = new ArrayList<>();
    boolean complete = true;
    int decided = 0;
    for (Candidate candidate : candidates) {
      Key key = candidate.row().key();
      KeyUse recorded = period.recorded(usage, key);
      complete &= recorded.complete();
      Risk risk =
          Risk.of(
              new Subject(
                  key,
                  candidate.row().expiresAt(),
                  candidate.catalog(),
                  organization,
                  recorded,
                  candidate.makerGone()),
              new Risk.Terms(now, period.from()));
      if (!risk.findings().isEmpty()) {
        Optional<ReviewDecision> stands =
            Optional.ofNullable(decisions.get(key.id())).filter(each -> stands(each, candidate));
        decided += stands.isPresent() ? 1 : 0;
        ranked.add(reviewed(candidate, recorded, risk, stands));
      }
    }
    ranked.sort(
        Comparator.comparingInt(ReviewedKey::points)
            .reversed()
            .thenComparing(each -> each.key().name())
            .thenComparing(each -> each.key().id()));
    int revoked =
        (int)
            decisions.values().stream()
                .filter(each -> each.verdict() == ReviewDecision.Verdict.REVOKE)
                .filter(each -> !each.decidedAt().isBefore(period.from()))
                .count();
    return new Findings(
        complete,
        new ReviewAnswer.Progress(candidates.size(), ranked.size() - decided, decided, revoked),
        ranked);
  }

  private static ReviewedKey reviewed(
      Candidate candidate, KeyUse recorded, Risk risk, Optional<ReviewDecision> decision) {
    return new ReviewedKey(
        candidate.shown(),
        risk.level().code(),
        risk.points(),
        risk.findings().stream()
            .map(each -> new FindingAnswer(each.kind().code(), each.words(), each.points()))
            .toList(),
        recorded.last().map(LastUse::at).orElse(null),
        decision.map(Review::answer).orElse(null));
  }

  static ReviewDecisionAnswer answer(ReviewDecision decision) {
    return new ReviewDecisionAnswer(
        decision.verdict().code(),
        decision.reason(),
        decision.askAgainAt(),
        decision.decidedAt(),
        new Reference(decision.decidedBy().kind().code(), decision.decidedBy().id()),
        decision.responsible() == null ? null : decision.responsible().text());
  }
}
