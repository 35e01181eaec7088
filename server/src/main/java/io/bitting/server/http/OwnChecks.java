package io.bitting.server.http;

import io.bitting.access.Decision;
import io.bitting.usage.Origin;

/**
 * Told of each check of Bitting's own operations. Called on the check path: must be quick, must not
 * block or throw.
 */
@FunctionalInterface
public interface OwnChecks {
  /**
   * Takes note of a check.
   *
   * @param decision what came of it
   * @param route the operation
   * @param origin where the request came from
   */
  void checked(Decision decision, Route route, Origin origin);
}
