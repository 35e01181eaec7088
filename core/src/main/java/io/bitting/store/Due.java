package io.bitting.store;

import java.time.Duration;

/** What time alone makes due for a key. */
public sealed interface Due {

  /**
   * That somebody is warned: the key is active, has no successor, lives longer than the warning is
   * early, expires so soon, and no warning as near as this was given.
   *
   * @param before how long before the expiry, in whole days
   */
  record Warning(Duration before) implements Due {}

  /** That the key is revoked: it was replaced, its overlap is over, and nobody has written it. */
  record End() implements Due {}

  /**
   * That a look is taken whether an earlier secret is quiet: it ends if it is, and is live still.
   */
  record Quiet() implements Due {}
}
