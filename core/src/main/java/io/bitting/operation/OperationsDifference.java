package io.bitting.operation;

import io.bitting.scope.Requirement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What new operations of an API change about those in force. An operation is the same one if method
 * and path are, whatever its parameters are called.
 *
 * @param added operations that are new
 * @param removed operations that are gone
 * @param changed operations that require something else
 * @param reworded operations that are called or described otherwise, and require the same
 */
public record OperationsDifference(
    List<Operation> added,
    List<Operation> removed,
    List<Change> changed,
    List<Operation> reworded) {

  /** Copies the lists. */
  public OperationsDifference {
    added = List.copyOf(added);
    removed = List.copyOf(removed);
    changed = List.copyOf(changed);
    reworded = List.copyOf(reworded);
  }

  /**
   * An operation that requires something else.
   *
   * @param operation the operation as it would be
   * @param before what it requires so far
   */
  public record Change(Operation operation, Requirement before) {}

  /**
   * Compares.
   *
   * @param before the operations in force; empty if there are none yet
   * @param after those that would be
   */
  public static OperationsDifference between(Optional<Operations> before, Operations after) {
    Map<String, Operation> gone = new LinkedHashMap<>();
    before.ifPresent(
        operations -> operations.list().forEach(each -> gone.put(each.signature(), each)));
    List<Operation> added = new ArrayList<>();
    List<Change> changed = new ArrayList<>();
    List<Operation> reworded = new ArrayList<>();
    for (Operation operation : after.list()) {
      Operation old = gone.remove(operation.signature());
      if (old == null) {
        added.add(operation);
      } else if (!old.requirement().equals(operation.requirement())) {
        changed.add(new Change(operation, old.requirement()));
      } else if (!old.equals(operation)) {
        reworded.add(operation);
      }
    }
    return new OperationsDifference(added, List.copyOf(gone.values()), changed, reworded);
  }

  /** Tells whether nothing is different. */
  public boolean isEmpty() {
    return added.isEmpty() && removed.isEmpty() && changed.isEmpty() && reworded.isEmpty();
  }

  /** Returns the operations that would ask for no key from now on, and did not so far. */
  public List<Operation> opened() {
    List<Operation> opened = new ArrayList<>();
    for (Operation operation : added) {
      if (operation.requirement() instanceof Requirement.Anonymous) {
        opened.add(operation);
      }
    }
    for (Change change : changed) {
      if (change.operation().requirement() instanceof Requirement.Anonymous) {
        opened.add(change.operation());
      }
    }
    return opened;
  }
}
