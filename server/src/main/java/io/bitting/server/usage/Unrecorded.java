package io.bitting.server.usage;

import io.bitting.access.Decision;
import io.bitting.access.OperationDecision;
import io.bitting.id.ApiId;
import io.bitting.scope.Requirement;
import io.bitting.server.checks.CheckCounter;
import io.bitting.server.checks.CheckWatcher;
import io.bitting.usage.Origin;

/**
 * Hands each check to the meters alone: what {@link Recording} costs is measured against this.
 *
 * @param meters told of each check
 */
public record Unrecorded(CheckCounter meters) implements CheckWatcher {
  @Override
  public void required(Decision decision, ApiId api, Requirement requirement, Origin origin) {
    meters.counted(decision);
  }

  @Override
  public void called(OperationDecision decided, ApiId api, Origin origin) {
    meters.counted(decided.decision());
  }
}
