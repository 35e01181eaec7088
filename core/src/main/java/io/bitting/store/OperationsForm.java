package io.bitting.store;

import io.bitting.operation.Operation;
import io.bitting.operation.Operations;
import io.bitting.scope.Requirement;
import io.bitting.scope.Scope;
import io.bitting.seal.Canonical;
import java.util.Optional;
import java.util.SortedSet;

/** The canonical form of an API's operations, all of them included: one seal covers the whole. */
public final class OperationsForm {
  private OperationsForm() {}

  /**
   * Returns the form that is sealed.
   *
   * @param operations the operations of an API
   */
  public static byte[] canonical(Operations operations) {
    Canonical form =
        Canonical.of("operations")
            .text(operations.api().text())
            .number(operations.version())
            .flag(operations.published())
            .number(operations.list().size());
    for (Operation operation : operations.list()) {
      form.text(operation.method())
          .text(operation.path().text())
          .text(operation.id())
          .text(operation.summary())
          .text(operation.tag())
          .text(kind(operation.requirement()));
      if (operation.requirement() instanceof Requirement.Scopes scopes) {
        form.number(scopes.alternatives().size());
        for (SortedSet<Scope> alternative : scopes.alternatives()) {
          form.texts(alternative);
        }
      }
    }
    return form.toBytes();
  }

  /**
   * Returns the word for the kind of a requirement, as it is stored and sealed.
   *
   * @param requirement any requirement
   */
  public static String kind(Requirement requirement) {
    if (requirement instanceof Requirement.Scopes) {
      return "scopes";
    }
    if (requirement instanceof Requirement.AnyValidKey) {
      return "any_valid_key";
    }
    return requirement instanceof Requirement.Anonymous ? "anonymous" : "undeclared";
  }

  /**
   * Finds the requirement that has no scopes by its word.
   *
   * @param kind any text
   * @return empty if it is not the word of one
   */
  public static Optional<Requirement> withoutScopes(String kind) {
    return switch (kind) {
      case "any_valid_key" -> Optional.of(new Requirement.AnyValidKey());
      case "anonymous" -> Optional.of(new Requirement.Anonymous());
      case "undeclared" -> Optional.of(new Requirement.Undeclared());
      default -> Optional.empty();
    };
  }
}
