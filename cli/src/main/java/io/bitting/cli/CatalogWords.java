package io.bitting.cli;

import io.bitting.client.protocol.CatalogChange;
import java.util.ArrayList;
import java.util.List;

/** Says what a catalog changes, for people. Stateless. */
final class CatalogWords {
  private static final int LISTED_MAX = 200;

  private CatalogWords() {}

  /** Tells whether anything changes. */
  static boolean isChange(CatalogChange change) {
    CatalogChange.Difference difference = change.difference();
    return !(difference.added().isEmpty()
        && difference.retired().isEmpty()
        && difference.restored().isEmpty()
        && difference.implications().isEmpty()
        && difference.withdrawn().isEmpty()
        && difference.reworded().isEmpty()
        && difference.templates().isEmpty());
  }

  /** Returns the difference, and the keys that gain. */
  static List<String> lines(CatalogChange change) {
    List<String> lines = new ArrayList<>();
    CatalogChange.Difference difference = change.difference();
    difference.added().forEach(scope -> lines.add("  + " + scope));
    difference
        .retired()
        .forEach(scope -> lines.add("  - " + scope + "  retired: no new key may name it"));
    difference.restored().forEach(scope -> lines.add("  + " + scope + "  offered again"));
    difference
        .implications()
        .forEach(one -> lines.add("  + " + one.from() + " implies " + one.to()));
    difference
        .withdrawn()
        .forEach(one -> lines.add("  - " + one.from() + " no longer implies " + one.to()));
    difference
        .reworded()
        .forEach(scope -> lines.add("  ~ " + scope + "  category, access level or description"));
    difference.templates().forEach(name -> lines.add("  ~ template \"" + name + "\""));
    if (lines.size() > LISTED_MAX) {
      int rest = lines.size() - LISTED_MAX;
      lines.subList(LISTED_MAX, lines.size()).clear();
      lines.add("  … and " + rest + " more");
    }
    gaining(change, lines);
    return lines;
  }

  private static void gaining(CatalogChange change, List<String> lines) {
    if (change.gainingTotal() == 0) {
      return;
    }
    lines.add(Plain.count(change.gainingTotal(), "key") + " can do more by it:");
    for (CatalogChange.Gaining key : change.gaining()) {
      lines.add(
          "  ! "
              + key.display()
              + " \""
              + key.name()
              + "\" of organization "
              + key.organization()
              + " gains "
              + String.join(" ", key.gains()));
    }
    if (change.gainingTotal() > change.gaining().size()) {
      lines.add("  … and " + (change.gainingTotal() - change.gaining().size()) + " more");
    }
  }
}
