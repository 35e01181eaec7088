package io.bitting.server.catalogs;

import io.bitting.id.ApiId;
import io.bitting.scope.Catalog;
import io.bitting.scope.CatalogEntry;
import io.bitting.scope.Scope;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Holds what entries imply against the whole catalog. Linear in the number of implications. */
final class Implications {
  /** Looking for the nearest name costs a comparison with every scope. */
  private static final int SUGGESTIONS_MAX = 20;

  private static final ApiId ANY = new ApiId("any");

  private final Map<Scope, EntryReader.Entry> entries;
  private final Faults faults;
  private final Set<Scope> done = new HashSet<>();
  private int suggestions;

  Implications(Map<Scope, EntryReader.Entry> entries, Faults faults) {
    this.entries = entries;
    this.faults = faults;
  }

  void check() {
    for (EntryReader.Entry entry : entries.values()) {
      for (EntryReader.Implied implied : entry.implied()) {
        checkTarget(entry, implied);
      }
      follow(entry, new LinkedHashSet<>());
    }
  }

  private void checkTarget(EntryReader.Entry entry, EntryReader.Implied implied) {
    EntryReader.Entry target = entries.get(implied.scope());
    if (target == null) {
      faults.add(
          implied.line(),
          implied.pointer(),
          CatalogFault.Code.IMPLIED_UNKNOWN,
          "scope \""
              + entry.entry().scope()
              + "\" implies \""
              + implied.scope()
              + "\", which is not in the catalog",
          suggestion(implied.scope()));
    } else if (target.entry().included()) {
      faults.add(
          implied.line(),
          implied.pointer(),
          CatalogFault.Code.IMPLIED_INCLUDED,
          "scope \""
              + entry.entry().scope()
              + "\" implies \""
              + implied.scope()
              + "\", a built-in scope; a built-in scope is granted by its name only",
          "take it out");
    }
  }

  private String suggestion(Scope wrong) {
    if (++suggestions > SUGGESTIONS_MAX) {
      return "add it, or take it out";
    }
    List<CatalogEntry> bare = new ArrayList<>();
    for (EntryReader.Entry entry : entries.values()) {
      if (!entry.entry().included()) {
        bare.add(CatalogEntry.own(entry.entry().scope(), "", entry.entry().access(), ""));
      }
    }
    return Catalog.of(ANY, 1, bare)
        .nearest(wrong.text())
        .map(near -> "did you mean \"" + near + "\"?")
        .orElse("add it, or take it out");
  }

  /** Follows implications depth first; coming back to a scope on the way is a circle. */
  private void follow(EntryReader.Entry entry, Set<Scope> way) {
    Scope scope = entry.entry().scope();
    if (!done.contains(scope) && way.add(scope)) {
      for (EntryReader.Implied implied : entry.implied()) {
        EntryReader.Entry next = entries.get(implied.scope());
        if (way.contains(implied.scope())) {
          circle(implied, way);
        } else if (next != null) {
          follow(next, way);
        }
      }
      way.remove(scope);
      done.add(scope);
    }
  }

  private void circle(EntryReader.Implied closing, Set<Scope> way) {
    List<String> words = new ArrayList<>();
    way.stream()
        .dropWhile(scope -> !scope.equals(closing.scope()))
        .forEach(scope -> words.add(scope.text()));
    words.add(closing.scope().text());
    faults.add(
        closing.line(),
        closing.pointer(),
        CatalogFault.Code.CIRCLE,
        "scope \"" + closing.scope() + "\" implies itself: " + String.join(" → ", shortened(words)),
        "take one of these implications out");
  }

  private static List<String> shortened(List<String> words) {
    if (words.size() <= 8) {
      return words;
    }
    List<String> shown = new ArrayList<>(words.subList(0, 4));
    shown.add("…");
    shown.addAll(words.subList(words.size() - 3, words.size()));
    return shown;
  }
}
