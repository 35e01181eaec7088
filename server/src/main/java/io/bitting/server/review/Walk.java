package io.bitting.server.review;

import io.bitting.client.protocol.ReviewAnswer;
import io.bitting.client.protocol.ReviewedKey;
import io.bitting.id.KeyId;
import io.bitting.id.OrganizationId;
import io.bitting.store.ReviewDecision;
import io.bitting.store.ReviewDecision.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Goes down the places of a survey and judges the keys there afresh, until there are enough to be
 * shown. Where it comes by, and where something was decided since, it puts the counts right.
 *
 * <p>One use. Costs a few statements for each {@value #AT_A_TIME} keys.
 */
final class Walk {
  private static final int AT_A_TIME = 100;

  /** A transaction that was open when the survey was begun may have decided before. */
  private static final Duration OPEN_MAX = Duration.ofSeconds(10);

  private final Judging judging;
  private final OrganizationId organization;
  private final Survey survey;
  private final Instant now;
  private final Set<KeyId> judged = new LinkedHashSet<>();
  private final Map<KeyId, ReviewedKey> found = new HashMap<>();
  private boolean complete;
  private int gone;

  Walk(Judging judging, OrganizationId organization, Survey survey, Instant now) {
    this.judging = judging;
    this.organization = organization;
    this.survey = survey;
    this.now = now;
    this.complete = survey.complete();
  }

  /**
   * Shows the first keys.
   *
   * @param which which
   * @param limit how many at most
   * @param passedMax how many to pass by at most
   * @return empty if more keys than that are no longer what they were
   */
  Optional<Reviewing.Shown> first(Which which, int limit, int passedMax) {
    List<ReviewDecision> since =
        judging.decidedSince(organization, survey.madeAt().minus(OPEN_MAX));
    Set<KeyId> decided = new LinkedHashSet<>();
    since.forEach(decision -> decided.add(decision.key()));
    judge(decided);
    List<ReviewedKey> shown = new ArrayList<>();
    Iterator<KeyId> places =
        survey.places().entrySet().stream()
            .filter(place -> which.has(place.getValue()) || decided.contains(place.getKey()))
            .map(Map.Entry::getKey)
            .iterator();
    while (shown.size() < limit && places.hasNext()) {
      List<KeyId> next = new ArrayList<>();
      while (next.size() < Math.min(AT_A_TIME, limit) && places.hasNext()) {
        next.add(places.next());
      }
      judge(next);
      next.stream()
          .flatMap(key -> Optional.ofNullable(found.get(key)).stream())
          .filter(which::has)
          .limit((long) limit - shown.size())
          .forEach(shown::add);
      if (shown.size() < limit && judged.size() - shown.size() > passedMax) {
        return Optional.empty();
      }
    }
    shown.sort(Findings.RANK);
    return Optional.of(
        new Reviewing.Shown(survey.madeAt(), complete, progress(since), List.copyOf(shown)));
  }

  private void judge(Collection<KeyId> keys) {
    List<KeyId> inPlaces = new ArrayList<>();
    List<KeyId> others = new ArrayList<>();
    keys.stream()
        .filter(judged::add)
        .forEach(key -> (survey.places().containsKey(key) ? inPlaces : others).add(key));
    gone += inPlaces.size() - judgeNow(inPlaces);
    judgeNow(others);
  }

  /** Returns how many of them are still there. */
  private int judgeNow(List<KeyId> keys) {
    if (keys.isEmpty()) {
      return 0;
    }
    Findings findings = judging.some(organization, keys, Period.usual(now), now);
    findings.found().forEach(key -> found.put(KeyId.parse(key.key().id()).orElseThrow(), key));
    complete &= findings.complete();
    return findings.keys();
  }

  /** Takes what keys were in the survey from its counts, and adds what they are. */
  private ReviewAnswer.Progress progress(List<ReviewDecision> since) {
    int open = survey.progress().open();
    int decided = survey.progress().decided();
    for (KeyId key : judged) {
      Boolean before = survey.places().get(key);
      ReviewedKey after = found.get(key);
      open +=
          count(after != null && after.decision() == null) - count(Boolean.FALSE.equals(before));
      decided +=
          count(after != null && after.decision() != null) - count(Boolean.TRUE.equals(before));
    }
    int revoked =
        (int)
            since.stream()
                .filter(decision -> decision.verdict() == Verdict.REVOKE)
                .filter(decision -> decision.decidedAt().isAfter(survey.madeAt()))
                .count();
    return new ReviewAnswer.Progress(
        survey.progress().keys() - gone, open, decided, survey.progress().revoked() + revoked);
  }

  private static int count(boolean counts) {
    return counts ? 1 : 0;
  }
}
