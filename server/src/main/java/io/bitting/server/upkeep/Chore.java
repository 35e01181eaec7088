package io.bitting.server.upkeep;

import java.time.Duration;
import java.time.Instant;

/**
 * Something that a server does on its own from time to time. Nodes do not agree on who does it: a
 * chore takes the locks that it needs within its transactions, and what another node has done
 * already is left alone.
 */
public interface Chore {

  /** Returns what it is called in logs and metrics: {@code expiry-warnings}. */
  String name();

  /** Returns how long after one run the next begins. */
  Duration every();

  /**
   * Does it. What throws is logged, and tried again at the next run.
   *
   * @param now what the clock says, to the millisecond
   */
  void run(Instant now);
}
