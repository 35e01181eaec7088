package io.bitting.client.protocol;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The last checks of an organization's keys that one node made.
 *
 * @param items the checks, the oldest first
 * @param cursor what to ask with for those that are made afterwards
 */
public record ChecksAnswer(List<CheckAnswer> items, String cursor) {
  /** Copies the list. */
  public ChecksAnswer {
    items = List.copyOf(items);
  }

  /**
   * A check.
   *
   * @param at when it was made
   * @param key the id of the key
   * @param keyName the name that the key has now; null if there is no such key any more
   * @param decision {@code allowed} or {@code denied}
   * @param reason why it was denied; null if it was allowed
   * @param api the API that was called; null if what was asked for is too large to be kept
   * @param operation the operation, {@code GET /scans/{id}}; null if only a requirement was given
   * @param requirement what was required; null if it is too large to be kept
   * @param missingScopes the scopes that the key lacks
   * @param source from which address; null if the verifier was not told
   * @param userAgent what the caller said it is; null if the verifier was not told
   */
  public record CheckAnswer(
      Instant at,
      String key,
      @Nullable String keyName,
      String decision,
      @Nullable String reason,
      @Nullable String api,
      @Nullable String operation,
      @Nullable RequirementAnswer requirement,
      List<String> missingScopes,
      @Nullable String source,
      @Nullable String userAgent) {
    /** Copies the list. */
    public CheckAnswer {
      missingScopes = List.copyOf(missingScopes);
    }
  }
}
