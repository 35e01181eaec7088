package io.bitting.openapi;

import io.bitting.openapi.DocumentFault.Code;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Follows references within the document, and nowhere else. */
final class References {
  static final String REF = "$ref";

  /** The greatest number of references that lead from one to the next. */
  private static final int STEPS_MAX = 20;

  private static final String FIX =
      "point to a part of this document, such as #/components/pathItems/Name";
  private static final Pattern BROKEN_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})|~(?![01])");
  private static final Pattern INDEX = Pattern.compile("0|[1-9][0-9]{0,6}");

  private final Part root;
  private final Faults faults;

  References(Part root, Faults faults) {
    this.root = root;
    this.faults = faults;
  }

  /**
   * Returns what a part stands for: itself, unless it is a reference.
   *
   * @return empty if a reference leads to nothing, which is a fault
   */
  Optional<Part> follow(Part start) {
    IdentityHashMap<Node, Integer> passed = new IdentityHashMap<>();
    List<String> texts = new ArrayList<>();
    Part at = start;
    for (Optional<Part> ref = at.member(REF); ref.isPresent(); ref = at.member(REF)) {
      Integer first = passed.putIfAbsent(at.node(), passed.size());
      if (first != null) {
        faults.add(
            ref.get(),
            Code.REFERENCE_CIRCLE,
            "the references lead in a circle: "
                + String.join(
                    " -> ",
                    texts.subList(first, texts.size()).stream().map(Sentence::quoted).toList()),
            "write one of them out");
        return Optional.empty();
      }
      if (passed.size() > STEPS_MAX) {
        faults.add(
            ref.get(),
            Code.REFERENCE_CIRCLE,
            "more than " + STEPS_MAX + " references lead from one to the next",
            "refer to the last one directly");
        return Optional.empty();
      }
      Optional<Part> target = target(ref.get());
      if (target.isEmpty()) {
        return target;
      }
      texts.add(ref.get().text().orElseThrow());
      at = target.get();
    }
    return Optional.of(at);
  }

  private Optional<Part> target(Part ref) {
    Optional<String> text = ref.text();
    if (text.isEmpty()) {
      faults.addWrongType(ref, "\"$ref\"", "a text that begins with #/", FIX);
      return Optional.empty();
    }
    if (!text.get().startsWith("#/")) {
      faults.add(
          ref,
          Code.REFERENCE_EXTERNAL,
          "the reference "
              + Sentence.quoted(text.get())
              + " does not begin with #/; nothing is read but this document",
          "bundle the files into one, or " + FIX);
      return Optional.empty();
    }
    if (BROKEN_ESCAPE.matcher(text.get()).find()) {
      faults.add(
          ref,
          Code.REFERENCE_BROKEN,
          "the reference "
              + Sentence.quoted(text.get())
              + " has a % without two hexadecimal digits, or a ~ without 0 or 1",
          "write a slash within a name as ~1, a tilde as ~0");
      return Optional.empty();
    }
    String pointer =
        URLDecoder.decode(text.get().substring(2).replace("+", "%2B"), StandardCharsets.UTF_8);
    Optional<Part> at = Optional.of(root);
    for (String step : pointer.split("/", -1)) {
      String name = step.replace("~1", "/").replace("~0", "~");
      at = at.flatMap(part -> inside(part, name));
      if (at.isEmpty()) {
        faults.add(
            ref,
            Code.REFERENCE_BROKEN,
            "the reference " + Sentence.quoted(text.get()) + " leads to nothing in this document",
            "correct it, or add what it names");
        return at;
      }
    }
    return at;
  }

  private static Optional<Part> inside(Part part, String name) {
    if (part.isSequence()) {
      return INDEX.matcher(name).matches() ? part.item(Integer.parseInt(name)) : Optional.empty();
    }
    return part.member(name);
  }
}
