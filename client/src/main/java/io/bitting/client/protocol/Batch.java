package io.bitting.client.protocol;

import java.util.List;

/**
 * Asks several checks at once.
 *
 * @param checks at most 100
 */
public record Batch(List<Check> checks) {
  /** Copies the list. */
  public Batch {
    checks = List.copyOf(checks);
  }
}
