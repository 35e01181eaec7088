package io.bitting.server.apis;

import io.bitting.client.protocol.OperationAnswer;
import io.bitting.client.protocol.OperationsAnswer;
import io.bitting.client.protocol.RequirementAnswer;
import io.bitting.operation.Operation;
import io.bitting.operation.Operations;
import io.bitting.scope.Requirement;
import io.bitting.scope.Scope;

/** Operations as callers see them. */
public final class OperationAnswers {
  private OperationAnswers() {}

  static OperationsAnswer of(Operations operations) {
    return new OperationsAnswer(
        operations.api().text(),
        operations.version(),
        operations.published(),
        operations.list().stream().map(OperationAnswers::of).toList());
  }

  static OperationAnswer of(Operation operation) {
    return new OperationAnswer(
        operation.method(),
        operation.path().text(),
        operation.id(),
        operation.summary(),
        operation.tag(),
        of(operation.requirement()));
  }

  /**
   * Shows a requirement.
   *
   * @param requirement any
   */
  public static RequirementAnswer of(Requirement requirement) {
    return switch (requirement) {
      case Requirement.Scopes scopes ->
          new RequirementAnswer(
              scopes.alternatives().stream()
                  .map(alternative -> alternative.stream().map(Scope::text).toList())
                  .toList(),
              null,
              null,
              null);
      case Requirement.AnyValidKey ignored -> new RequirementAnswer(null, true, null, null);
      case Requirement.Anonymous ignored -> new RequirementAnswer(null, null, true, null);
      case Requirement.Undeclared ignored -> new RequirementAnswer(null, null, null, true);
    };
  }
}
