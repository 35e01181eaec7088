package io.bitting.server.review;

import io.bitting.client.protocol.ReviewAnswer;
import io.bitting.client.protocol.ReviewedKey;
import io.bitting.client.protocol.RightSizeAnswer;
import io.bitting.id.KeyId;
import io.bitting.id.OrganizationId;
import io.bitting.store.Store;
import io.bitting.usage.UsageReader;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Reviews organizations. A whole review reads every key and its use, and so does the beginning of
 * one in an organization of at most {@value #FEW} keys. In a larger one the beginning goes by a
 * {@link Survey}: what is shown is judged afresh all the same, but a key that something is found
 * about only now comes on the list with the next survey, and counts are put right by then.
 *
 * <p>Thread-safe. Blocks.
 */
public final class Reviewing implements AutoCloseable {
  private static final int FEW = 1_000;

  /** A survey of which so many keys are no longer what they were is worth nothing. */
  private static final int PASSED_MAX = 2_000;

  private final Judging judging;
  private final int few;
  private final ExecutorService executor;
  private final Surveys surveys;

  /**
   * What is shown of a review.
   *
   * @param rankedAt when it was found out which keys are to be looked at
   * @param complete whether no counter is known to be lost, for any key
   * @param progress how far it has come
   * @param keys the keys, the greatest risk first
   */
  record Shown(
      Instant rankedAt, boolean complete, ReviewAnswer.Progress progress, List<ReviewedKey> keys) {
    Shown first(int limit) {
      return new Shown(rankedAt, complete, progress, keys.stream().limit(limit).toList());
    }
  }

  /**
   * Makes it.
   *
   * @param store has the keys
   * @param usage tells what they were used for
   * @param clock tells the time
   */
  public Reviewing(Store store, UsageReader usage, Clock clock) {
    this(
        store,
        usage,
        clock,
        FEW,
        Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("bitting-surveys").daemon().factory()));
  }

  /**
   * Makes it.
   *
   * @param store has the keys
   * @param usage tells what they were used for
   * @param clock tells the time
   * @param few how many keys an organization has at most without a survey
   * @param executor makes surveys, one at a time
   */
  Reviewing(Store store, UsageReader usage, Clock clock, int few, ExecutorService executor) {
    this.judging = new Judging(store, usage);
    this.few = few;
    this.executor = executor;
    this.surveys = new Surveys(judging, clock, executor);
  }

  /**
   * Shows every key.
   *
   * @param organization whose
   * @param which which of those with findings
   * @param period the use that counts
   * @param now the time
   */
  Shown whole(OrganizationId organization, Which which, Period period, Instant now) {
    List<Findings> parts = new ArrayList<>();
    judging.all(organization, period, now, parts::add);
    Findings all = Findings.of(parts);
    return new Shown(
        now, all.complete(), all.progress(), all.found().stream().filter(which::has).toList());
  }

  /**
   * Shows the first keys, by their use in the usual period.
   *
   * @param organization whose
   * @param which which of those with findings
   * @param limit how many at most
   * @param now the time
   */
  Shown first(OrganizationId organization, Which which, int limit, Instant now) {
    if (!judging.hasMoreThan(few, organization)) {
      return whole(organization, which, Period.usual(now), now).first(limit);
    }
    return new Walk(judging, organization, surveys.of(organization), now)
        .first(which, limit, PASSED_MAX)
        .or(() ->
            new Walk(judging, organization, surveys.next(organization), now)
                .first(which, limit, Integer.MAX_VALUE))
        .orElseThrow();
  }

  /**
   * Adds to what is shown the least grant that would have been enough for each key.
   *
   * @param organization whose
   * @param shown some hundred keys at most
   * @param period the use that counts
   * @param now the time
   */
  Shown sized(OrganizationId organization, Shown shown, Period period, Instant now) {
    List<KeyId> keys =
        shown.keys().stream().map(each -> KeyId.parse(each.key().id()).orElseThrow()).toList();
    Map<String, RightSizeAnswer> sizes = judging.sizes(organization, keys, period, now);
    return new Shown(
        shown.rankedAt(),
        shown.complete(),
        shown.progress(),
        shown.keys().stream().map(each -> each.rightSized(sizes.get(each.key().id()))).toList());
  }

  /** Ends the survey that is being made, and makes none any more. */
  @Override
  public void close() {
    executor.shutdownNow();
    executor.close();
  }
}
