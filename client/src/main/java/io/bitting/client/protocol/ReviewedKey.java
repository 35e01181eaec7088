package io.bitting.client.protocol;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A key about which a review found something.
 *
 * @param key the key
 * @param risk {@code low}, {@code medium} or {@code high}
 * @param points the sum of the findings' points, comparable within one review
 * @param findings why, the worst first
 * @param lastUsedAt when it was last used, to the minute; null if it is not known to have been
 * @param decision what was decided, if that still stands; null if the key is to be decided about
 * @param rightSize the least grant that would have been enough; null if it was not asked for, or
 *     the key is meanwhile gone
 */
public record ReviewedKey(
    KeyAnswer key,
    String risk,
    int points,
    List<FindingAnswer> findings,
    @Nullable Instant lastUsedAt,
    @Nullable ReviewDecisionAnswer decision,
    @Nullable RightSizeAnswer rightSize) {
  /** Copies the list. */
  public ReviewedKey {
    findings = List.copyOf(findings);
  }

  /**
   * Returns it with the least grant that would have been enough.
   *
   * @param size that grant; null if it is not known
   */
  public ReviewedKey rightSized(@Nullable RightSizeAnswer size) {
    return new ReviewedKey(key, risk, points, findings, lastUsedAt, decision, size);
  }
}
