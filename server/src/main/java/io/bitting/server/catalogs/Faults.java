package io.bitting.server.catalogs;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects faults; as many as a person can read. */
final class Faults {
  private static final int LISTED_MAX = 1_000;

  private final List<CatalogFault> faults = new ArrayList<>();
  private int beyond;

  void add(CatalogFault fault) {
    if (faults.size() < LISTED_MAX) {
      faults.add(fault);
    } else {
      beyond++;
    }
  }

  void add(int line, String pointer, CatalogFault.Code code, String message, String fix) {
    add(new CatalogFault(line, pointer, code, message, fix));
  }

  boolean isEmpty() {
    return faults.isEmpty();
  }

  List<CatalogFault> inOrder() {
    List<CatalogFault> ordered = new ArrayList<>(faults);
    ordered.sort(Comparator.comparingInt(CatalogFault::line));
    if (beyond > 0) {
      ordered.add(
          new CatalogFault(
              ordered.getLast().line(),
              "",
              CatalogFault.Code.MORE,
              "the text has " + beyond + " more faults than the " + LISTED_MAX + " listed",
              "correct these first"));
    }
    return ordered;
  }
}
