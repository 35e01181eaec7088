package io.bitting.client.protocol;

import java.time.Instant;
import java.util.List;

/**
 * What would have been denied of a key's recorded use, had it had another grant.
 *
 * @param key the key's id
 * @param from where the window of recorded use begins
 * @param until where it ends
 * @param complete whether no counter of the window is known to be lost
 * @param calls how many recorded calls were allowed
 * @param deniedCalls how many of them would have been denied
 * @param denials what would have been denied
 */
public record WhatIfAnswer(
    String key,
    Instant from,
    Instant until,
    boolean complete,
    long calls,
    long deniedCalls,
    List<Denial> denials) {
  /** Copies the list. */
  public WhatIfAnswer {
    denials = List.copyOf(denials);
  }

  /**
   * Calls that would have been denied.
   *
   * @param use the calls
   * @param missing what the grant lacks for them, of the alternative that is nearest
   */
  public record Denial(RecordedUse use, List<String> missing) {
    /** Copies the list. */
    public Denial {
      missing = List.copyOf(missing);
    }
  }
}
