package io.bitting.client.protocol;

import java.util.List;

/**
 * Which keys were revoked, or would be.
 *
 * @param plan whether it was only looked, and nothing was changed
 * @param count how many
 * @param includesCaller whether the key that asks is among them
 * @param keys their ids
 */
public record MatchingRevocationAnswer(
    boolean plan, int count, boolean includesCaller, List<String> keys) {
  /** Copies the list. */
  public MatchingRevocationAnswer {
    keys = List.copyOf(keys);
  }
}
