package io.bitting.server.review;

import io.bitting.id.OrganizationId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The last survey of each large organization that somebody reviews, of {@value #ORGANIZATIONS_MAX}
 * organizations at most. Who asks first waits for it; later a new one is made beside the answers,
 * which go by the one before meanwhile.
 *
 * <p>Thread-safe.
 */
final class Surveys {
  private static final int ORGANIZATIONS_MAX = 16;

  /** How old one becomes before another one is begun, if it took a moment to make. */
  private static final Duration AGE_USUAL = Duration.ofMinutes(1);

  /** One that took long is not made all the time: it becomes so many times as old as it took. */
  private static final int AGE_FACTOR = 10;

  /** An older one is as good as none. */
  private static final Duration AGE_MAX = Duration.ofHours(1);

  private final Judging judging;
  private final Clock clock;
  private final Executor executor;

  /** The one that nobody asked for the longest comes first. */
  private final Map<OrganizationId, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);

  /** What is known of an organization. */
  private static final class Kept {
    private @Nullable Survey last;
    private Instant dueAt = Instant.MIN;
    private @Nullable CompletableFuture<Survey> coming;
  }

  /**
   * Begins with none.
   *
   * @param judging judges the keys
   * @param clock tells the time
   * @param executor makes surveys
   */
  Surveys(Judging judging, Clock clock, Executor executor) {
    this.judging = judging;
    this.clock = clock;
    this.executor = executor;
  }

  /** Returns the survey there is; waits for the first one. */
  Survey of(OrganizationId organization) {
    CompletableFuture<Survey> coming;
    synchronized (kept) {
      Kept of = kept(organization);
      Instant now = clock.instant();
      Survey last = usable(of.last, now);
      if (last != null && now.isBefore(of.dueAt)) {
        return last;
      }
      coming = coming(organization, of);
      if (last != null) {
        return last;
      }
    }
    return whenMade(coming);
  }

  private static @Nullable Survey usable(@Nullable Survey last, Instant now) {
    return last != null && now.isBefore(last.madeAt().plus(AGE_MAX)) ? last : null;
  }

  /** Waits for a survey that is not made yet. */
  Survey next(OrganizationId organization) {
    CompletableFuture<Survey> coming;
    synchronized (kept) {
      coming = coming(organization, kept(organization));
    }
    return whenMade(coming);
  }

  private Kept kept(OrganizationId organization) {
    Kept of = kept.computeIfAbsent(organization, id -> new Kept());
    if (kept.size() > ORGANIZATIONS_MAX) {
      kept.remove(kept.keySet().iterator().next());
    }
    return of;
  }

  /** Returns the survey that is being made; begins one if there is none. */
  private CompletableFuture<Survey> coming(OrganizationId organization, Kept of) {
    CompletableFuture<Survey> begun = of.coming;
    if (begun != null) {
      return begun;
    }
    CompletableFuture<Survey> coming = new CompletableFuture<>();
    of.coming = coming;
    executor.execute(() -> make(organization, of, coming));
    return coming;
  }

  private void make(OrganizationId organization, Kept of, CompletableFuture<Survey> coming) {
    try {
      Survey survey = Survey.of(judging, organization, clock.instant());
      synchronized (kept) {
        of.last = survey;
        of.dueAt = dueAt(survey);
        of.coming = null;
      }
      coming.complete(survey);
    } catch (RuntimeException | Error e) {
      // Told to those who wait; whoever comes next has it tried again.
      synchronized (kept) {
        of.coming = null;
      }
      coming.completeExceptionally(e);
    }
  }

  private Instant dueAt(Survey survey) {
    Instant now = clock.instant();
    Duration rest = Duration.between(survey.madeAt(), now).multipliedBy(AGE_FACTOR);
    return now.plus(rest.compareTo(AGE_USUAL) > 0 ? rest : AGE_USUAL);
  }

  private static Survey whenMade(CompletableFuture<Survey> coming) {
    try {
      return coming.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }
}
