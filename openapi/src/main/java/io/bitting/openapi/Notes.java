package io.bitting.openapi;

import io.bitting.openapi.DocumentNote.Code;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects notes. Not thread-safe. */
final class Notes {
  private final List<DocumentNote> notes = new ArrayList<>();

  void add(Part part, Code code, String operation, String message) {
    notes.add(new DocumentNote(part.line(), part.pointer(), code, operation, message));
  }

  List<DocumentNote> inOrder() {
    List<DocumentNote> ordered = new ArrayList<>(notes);
    ordered.sort(Comparator.comparingInt(DocumentNote::line));
    return ordered;
  }
}
