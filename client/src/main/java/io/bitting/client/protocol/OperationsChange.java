package io.bitting.client.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the upload of an API's description changes, or would change.
 *
 * @param api the API
 * @param version the version of its operations after it, or the one in force if it was not applied
 * @param applied whether it was applied
 * @param total how many operations there are then
 * @param difference what is different
 * @param opened operations that ask for no key from now on, and did not so far: to be confirmed
 * @param undeclared operations of which nobody says what they require: refused to every key
 * @param newScopes scopes that are required and that the catalog does not have: no key can hold
 *     them until it does
 * @param notes what a person should look at
 * @param gaining keys that can call more by it, at most 100
 * @param gainingTotal how many keys can call more by it
 * @param losing keys that can call less by it, at most 100
 * @param losingTotal how many keys can call less by it
 * @param confirmation what to send as {@code confirm} to apply it; null if it needs none
 */
public record OperationsChange(
    String api,
    long version,
    boolean applied,
    long total,
    Difference difference,
    List<String> opened,
    List<String> undeclared,
    List<NewScope> newScopes,
    List<Note> notes,
    List<Affected> gaining,
    long gainingTotal,
    List<Affected> losing,
    long losingTotal,
    @Nullable String confirmation) {
  /** Copies the lists. */
  public OperationsChange {
    opened = List.copyOf(opened);
    undeclared = List.copyOf(undeclared);
    newScopes = List.copyOf(newScopes);
    notes = List.copyOf(notes);
    gaining = List.copyOf(gaining);
    losing = List.copyOf(losing);
  }

  /**
   * What is different from the operations in force.
   *
   * @param added operations that are new
   * @param removed operations that are gone
   * @param changed operations that require something else
   * @param reworded operations that are called or described otherwise
   */
  public record Difference(
      List<OperationAnswer> added,
      List<String> removed,
      List<Changed> changed,
      List<String> reworded) {
    /** Copies the lists. */
    public Difference {
      added = List.copyOf(added);
      removed = List.copyOf(removed);
      changed = List.copyOf(changed);
      reworded = List.copyOf(reworded);
    }
  }

  /**
   * An operation that requires something else.
   *
   * @param operation the operation as it would be
   * @param before what it requires so far
   */
  public record Changed(OperationAnswer operation, RequirementAnswer before) {}

  /**
   * A scope that the catalog lacks.
   *
   * @param scope its name
   * @param description what the document says of it; empty if nothing
   */
  public record NewScope(String scope, String description) {}

  /**
   * Something to look at.
   *
   * @param line where in the document, from 1
   * @param pointer where in the document
   * @param code the kind
   * @param operation the operation that it is about; empty if it is about no single one
   * @param message what it is
   */
  public record Note(int line, String pointer, String code, String operation, String message) {}

  /**
   * A key that can call more, or less.
   *
   * @param id its id
   * @param display prefix and id
   * @param name its name
   * @param organization the id of its organization
   * @param operations the operations, at most 20
   * @param operationsTotal how many operations
   */
  public record Affected(
      String id,
      String display,
      String name,
      String organization,
      List<String> operations,
      long operationsTotal) {
    /** Copies the list. */
    public Affected {
      operations = List.copyOf(operations);
    }
  }
}
