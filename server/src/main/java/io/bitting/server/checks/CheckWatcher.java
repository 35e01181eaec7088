package io.bitting.server.checks;

import io.bitting.access.Decision;
import io.bitting.access.OperationDecision;
import io.bitting.id.ApiId;
import io.bitting.scope.Requirement;
import io.bitting.usage.Origin;

/**
 * Told of each check and what came of it. Called on the check path: must be quick, must not block
 * or throw.
 */
public interface CheckWatcher {
  /**
   * Takes note of a check of a requirement that the verifier gave.
   *
   * @param decision what came of it
   * @param api the API that was called
   * @param requirement what was required
   * @param origin where the request came from
   */
  void required(Decision decision, ApiId api, Requirement requirement, Origin origin);

  /**
   * Takes note of a check of an operation.
   *
   * @param decided what came of it, and the operation if there is one
   * @param api the API that was called
   * @param origin where the request came from
   */
  void called(OperationDecision decided, ApiId api, Origin origin);
}
