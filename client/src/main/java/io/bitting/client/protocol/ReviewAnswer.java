package io.bitting.client.protocol;

import java.time.Instant;
import java.util.List;

/**
 * A review of an organization's keys.
 *
 * @param from where the window of recorded use begins
 * @param until where it ends
 * @param rankedAt as of when it is known which keys are on the list, and how many; what is said of
 *     each key is as of now
 * @param complete whether no counter of the window is known to be lost, for any key
 * @param progress how far it has come
 * @param items keys about which something was found, the greatest risk first
 */
public record ReviewAnswer(
    Instant from,
    Instant until,
    Instant rankedAt,
    boolean complete,
    Progress progress,
    List<ReviewedKey> items) {
  /** Copies the list. */
  public ReviewAnswer {
    items = List.copyOf(items);
  }

  /**
   * How far a review has come. Kept between one look and the next.
   *
   * @param keys how many keys there are that are not revoked
   * @param open how many of them something was found about, and nothing is decided
   * @param decided how many of them something was found about, and a decision stands
   * @param revoked how many keys reviews revoked within the window
   */
  public record Progress(int keys, int open, int decided, int revoked) {}
}
