package io.bitting.server.review;

import io.bitting.audit.Actor;
import io.bitting.client.protocol.FindingAnswer;
import io.bitting.client.protocol.KeyAnswer;
import io.bitting.client.protocol.Reference;
import io.bitting.client.protocol.ReviewDecisionAnswer;
import io.bitting.client.protocol.ReviewedKey;
import io.bitting.client.protocol.RightSizeAnswer;
import io.bitting.id.ApiId;
import io.bitting.id.KeyId;
import io.bitting.id.MemberId;
import io.bitting.id.OrganizationId;
import io.bitting.key.Key;
import io.bitting.organization.Organization;
import io.bitting.review.RightSize;
import io.bitting.review.Risk;
import io.bitting.review.Subject;
import io.bitting.scope.Catalog;
import io.bitting.seal.Sealed;
import io.bitting.server.keys.KeyAnswers;
import io.bitting.store.KeyRow;
import io.bitting.store.Reader;
import io.bitting.store.ReviewDecision;
import io.bitting.usage.KeyUse;
import io.bitting.usage.LastUse;
import io.bitting.usage.UsageReader;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * Some keys of an organization as a review looks at them, put together in two steps: first the
 * rows, in one transaction, then what was recorded of the keys.
 */
final class Review {
  private final List<Candidate> candidates = new ArrayList<>();
  private final Map<KeyId, ReviewDecision> decisions = new HashMap<>();
  private final Instant now;
  private final Organization organization;

  /** A key to look at, as its row shows it. */
  private record Candidate(
      KeyRow row, KeyAnswer shown, Catalog catalog, Optional<String> makerGone) {}

  /**
   * Reads what belongs to some keys.
   *
   * @param reader the transaction
   * @param organization whose
   * @param rows the keys, some hundred at most
   * @param now the time
   */
  Review(Reader reader, Organization organization, List<Sealed<KeyRow>> rows, Instant now) {
    this.now = now;
    this.organization = organization;
    List<KeyId> ids = rows.stream().map(row -> row.unchecked().key().id()).toList();
    for (Sealed<ReviewDecision> row : reader.reviewDecisions(ids)) {
      row.intact().ifPresent(decision -> decisions.put(decision.key(), decision));
    }
    Map<ApiId, Optional<Catalog>> catalogs = new HashMap<>();
    Map<Actor, Optional<String>> leavers = new HashMap<>();
    KeyAnswers answers = new KeyAnswers(reader, now);
    Function<Actor, Optional<String>> left =
        actor -> leavers.computeIfAbsent(actor, by -> left(by, reader, organization));
    for (Sealed<KeyRow> row : rows) {
      Optional<KeyRow> intact =
          row.intact()
              .filter(found -> !found.key().isGone(now) && found.key().replacement() == null);
      Optional<Catalog> catalog =
          intact.flatMap(found ->
              catalogs.computeIfAbsent(
                  found.key().api(), api -> reader.catalog(api).flatMap(Sealed::intact)));
      if (intact.isPresent() && catalog.isPresent()) {
        Key key = intact.get().key();
        candidates.add(
            new Candidate(
                intact.get(),
                answers.of(row),
                catalog.get(),
                responsible(key)
                    .map(
                        member -> left.apply(member).map(who -> "somebody who handed it to " + who))
                    .orElseGet(() -> left.apply(key.createdBy()))));
      }
    }
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

  /** Says what became of the member or key that answers for a key, if it is there no more. */
  private static Optional<String> left(Actor maker, Reader reader, Organization organization) {
    return switch (maker.kind()) {
      case MEMBER ->
          MemberId.parse(maker.id()).filter(id -> isMember(reader, id, organization.id())).isEmpty()
              ? Optional.of("member " + maker.id() + ", who left")
              : Optional.empty();
      case KEY -> gone(maker, reader, organization);
      default -> Optional.empty();
    };
  }

  private static Optional<String> gone(Actor maker, Reader reader, Organization organization) {
    Optional<Key> key =
        KeyId.parse(maker.id())
            .flatMap(reader::key)
            .map(row -> row.unchecked().key())
            .filter(found -> found.organization().equals(organization.id()));
    return key.isEmpty()
        ? Optional.of("key " + maker.id() + ", which is no more")
        : Optional.ofNullable(key.get().revokedAt())
            .map(at ->
                "key " + maker.id() + ", revoked on " + at.atZone(ZoneOffset.UTC).toLocalDate());
  }

  /** Reads what was recorded, and judges. */
  Findings judge(UsageReader usage, Period period) {
    Map<KeyId, KeyUse> uses = recorded(usage, period);
    List<ReviewedKey> found = new ArrayList<>();
    boolean complete = true;
    for (Candidate candidate : candidates) {
      Key key = candidate.row().key();
      KeyUse recorded = Objects.requireNonNull(uses.get(key.id()));
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
        found.add(reviewed(candidate, recorded, risk, stands));
      }
    }
    int revoked =
        (int)
            decisions.values().stream()
                .filter(each -> each.verdict() == ReviewDecision.Verdict.REVOKE)
                .filter(each -> !each.decidedAt().isBefore(period.from()))
                .filter(each -> !each.decidedAt().isAfter(period.until()))
                .count();
    return new Findings(candidates.size(), revoked, complete, found);
  }

  /** Reads what was recorded, and works out by id the least grants that would have been enough. */
  Map<String, RightSizeAnswer> sizes(UsageReader usage, Period period) {
    Map<KeyId, KeyUse> uses = recorded(usage, period);
    Map<String, RightSizeAnswer> sizes = new HashMap<>();
    for (Candidate candidate : candidates) {
      Key key = candidate.row().key();
      KeyUse recorded = Objects.requireNonNull(uses.get(key.id()));
      RightSize size = RightSize.of(key.grant(), candidate.catalog(), organization, recorded);
      sizes.put(key.id().text(), RightSizeAnswers.of(recorded, period, size));
    }
    return sizes;
  }

  private Map<KeyId, KeyUse> recorded(UsageReader usage, Period period) {
    return period.recorded(usage, candidates.stream().map(each -> each.row().key()).toList());
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
        decision.map(Review::answer).orElse(null),
        null);
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
