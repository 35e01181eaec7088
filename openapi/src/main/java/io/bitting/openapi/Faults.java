package io.bitting.openapi;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Collects faults, as many as a person can read; one that is found on two ways counts once. Not
 * thread-safe.
 */
final class Faults {
  private static final int LISTED_MAX = 1_000;

  private final Set<DocumentFault> faults = new LinkedHashSet<>();
  private int beyond;

  void add(DocumentFault fault) {
    if (isFull()) {
      beyond++;
    } else {
      faults.add(fault);
    }
  }

  void add(int line, String pointer, DocumentFault.Code code, String message, String fix) {
    add(new DocumentFault(line, pointer, code, message, fix));
  }

  void add(Part part, DocumentFault.Code code, String message, String fix) {
    if (isFull()) {
      beyond++;
    } else {
      add(part.line(), part.pointer(), code, message, fix);
    }
  }

  /** Counts a fault that is not listed, since the list is full. */
  void addUnlisted() {
    beyond++;
  }

  /** Tells whether another fault would only be counted. */
  boolean isFull() {
    return faults.size() == LISTED_MAX;
  }

  /** Says that a part is of the wrong type. */
  void addWrongType(Part part, String what, String wanted, String fix) {
    addWrongType(part, DocumentFault.Code.TYPE_WRONG, what, wanted, fix);
  }

  void addWrongType(Part part, DocumentFault.Code code, String what, String wanted, String fix) {
    if (!(part.node() instanceof Node.Refused)) {
      add(part, code, what + " is " + part.node().words() + "; it must be " + wanted, fix);
    }
  }

  boolean isEmpty() {
    return faults.isEmpty();
  }

  List<DocumentFault> inOrder() {
    List<DocumentFault> ordered = new ArrayList<>(faults);
    ordered.sort(Comparator.comparingInt(DocumentFault::line));
    if (beyond > 0) {
      ordered.add(
          new DocumentFault(
              ordered.get(ordered.size() - 1).line(),
              "",
              DocumentFault.Code.MORE,
              "the document has " + beyond + " more faults than the " + LISTED_MAX + " listed",
              "correct these first"));
    }
    return ordered;
  }
}
