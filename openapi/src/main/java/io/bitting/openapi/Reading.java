package io.bitting.openapi;

import io.bitting.operation.Operation;
import io.bitting.scope.Requirement;
import io.bitting.scope.Scope;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What came of reading a document: all of it, or nothing. */
public sealed interface Reading {

  /**
   * The document is sound.
   *
   * @param title what it calls the API; empty if it does not
   * @param version its own version of itself; empty if it has none
   * @param operations the operations in their order, no two with one method and paths of one shape
   * @param scopes the scopes that an operation requires, or that the document describes for the
   *     schemes that a key stands for; with what it says of each, empty if nothing
   * @param notes what a person should look at, in the order of lines
   */
  record Read(
      String title,
      String version,
      List<Operation> operations,
      SortedMap<Scope, String> scopes,
      List<DocumentNote> notes)
      implements Reading {

    /** Copies what can change. */
    public Read {
      operations = List.copyOf(operations);
      scopes = Collections.unmodifiableSortedMap(new TreeMap<>(scopes));
      notes = List.copyOf(notes);
    }

    /** Returns the operations that ask for no key, each of which is to be confirmed. */
    public List<Operation> anonymous() {
      return requiring(Requirement.Anonymous.class);
    }

    /** Returns the operations of which it is not said what they require; they are denied. */
    public List<Operation> undeclared() {
      return requiring(Requirement.Undeclared.class);
    }

    private List<Operation> requiring(Class<? extends Requirement> kind) {
      return operations.stream()
          .filter(operation -> kind.isInstance(operation.requirement()))
          .toList();
    }
  }

  /**
   * The document is not, and nothing of it is imported.
   *
   * @param faults everything that is wrong, at least one, in the order of lines; past a thousand
   *     the last one counts the rest
   */
  record Broken(List<DocumentFault> faults) implements Reading {
    /** Copies the list. */
    public Broken {
      faults = List.copyOf(faults);
    }
  }
}
