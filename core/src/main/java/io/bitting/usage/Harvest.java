package io.bitting.usage;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a {@link UsageCounter} had counted when it was emptied.
 *
 * @param counted what was counted
 * @param lost what was not; empty if nothing was lost
 */
public record Harvest(List<Counted> counted, Optional<Lost> lost) {
  /** Copies the list. */
  public Harvest {
    counted = List.copyOf(counted);
  }

  /**
   * Checks that were made and not counted.
   *
   * @param count how many
   * @param from when the first of them was made
   * @param until when the last of them was made
   */
  public record Lost(long count, Instant from, Instant until) {}
}
