package io.bitting.server.catalogs;

import io.bitting.id.DisplayName;
import io.bitting.scope.Spelling;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The members of one object, each asked for by name and type; what is not as it should be becomes a
 * fault.
 */
final class Members {
  private final Part.Mapping mapping;
  private final String pointer;
  private final Faults faults;
  private final Map<String, Part.Member> byName = new LinkedHashMap<>();

  Members(Part.Mapping mapping, String pointer, Faults faults) {
    this.mapping = mapping;
    this.pointer = pointer;
    this.faults = faults;
    for (Part.Member member : mapping.members()) {
      Part.Member first = byName.putIfAbsent(member.name(), member);
      if (first != null) {
        faults.add(
            member.line(),
            at(member.name()),
            CatalogFault.Code.MEMBER_REPEATED,
            quoted(member.name()) + " stands twice in one object, first in line " + first.line(),
            "keep one of them");
      }
    }
  }

  static String pointer(String parent, String name) {
    return parent + "/" + Spelling.printable(name).replace("~", "~0").replace("/", "~1");
  }

  static String quoted(String text) {
    return "\"" + Spelling.printable(text) + "\"";
  }

  String at(String name) {
    return pointer(pointer, name);
  }

  boolean has(String name) {
    return byName.containsKey(name);
  }

  int line(String name) {
    Part.Member member = byName.get(name);
    return member == null ? mapping.line() : member.value().line();
  }

  /** Refuses every member that is not listed. */
  void allow(String what, List<String> allowed) {
    byName.forEach((name, member) -> {
      if (!allowed.contains(name)) {
        faults.add(
            member.line(),
            at(name),
            CatalogFault.Code.MEMBER_UNKNOWN,
            quoted(name)
                + " is not a member of "
                + what
                + "; its members are "
                + String.join(", ", allowed),
            "correct the name or take it out");
      }
    });
  }

  /** Returns a member that must be there. */
  Optional<Part> required(String name, String what) {
    Part.Member member = byName.get(name);
    if (member == null) {
      faults.add(
          mapping.line(),
          pointer,
          CatalogFault.Code.MEMBER_MISSING,
          what + " has no \"" + name + "\"",
          "add a line \"" + name + ": …\"");
      return Optional.empty();
    }
    return Optional.of(member.value());
  }

  Optional<Part> optional(String name) {
    return Optional.ofNullable(byName.get(name)).map(Part.Member::value);
  }

  /** Returns the text of a part. */
  Optional<String> text(Part part, String name) {
    if (part instanceof Part.Scalar scalar && scalar.kind() == Part.Kind.TEXT) {
      return Optional.of(scalar.text());
    }
    wrongType(part, at(name), quoted(name), "a text", textRemedy(part, name));
    return Optional.empty();
  }

  private static String textRemedy(Part part, String name) {
    return part instanceof Part.Scalar scalar && scalar.kind() != Part.Kind.NOTHING
        ? "put it in quotes: " + name + ": " + quoted(scalar.text())
        : "write one text after " + name + ":";
  }

  /** Returns a text that people read: not empty, bounded, printable. */
  Optional<String> words(Part part, String name, int lengthMax) {
    Optional<String> text = text(part, name).map(DisplayName::normalize);
    if (text.isEmpty()) {
      return text;
    }
    if (text.get().isEmpty()) {
      faults.add(
          part.line(),
          at(name),
          CatalogFault.Code.TEXT_INVALID,
          quoted(name) + " is blank; people read it in lists",
          "write a text");
      return Optional.empty();
    }
    Optional<String> fault = DisplayName.fault(name, text.get(), lengthMax);
    if (fault.isPresent()) {
      faults.add(
          part.line(),
          at(name),
          CatalogFault.Code.TEXT_INVALID,
          fault.get(),
          "write it as one line of plain text");
      return Optional.empty();
    }
    return text;
  }

  /** Returns whether a member is true; no unless given. */
  boolean truth(String name) {
    Part part = optional(name).orElse(null);
    if (part == null) {
      return false;
    }
    if (part instanceof Part.Scalar scalar && scalar.kind() == Part.Kind.TRUTH) {
      if (scalar.text().equals("true") || scalar.text().equals("false")) {
        return scalar.text().equals("true");
      }
    }
    wrongType(
        part, at(name), quoted(name), "true or false", "write " + name + ": true, or take it out");
    return false;
  }

  void wrongType(Part part, String where, String what, String wanted, String fix) {
    wrongType(faults, part, where, what, wanted, fix);
  }

  static void wrongType(
      Faults faults, Part part, String where, String what, String wanted, String fix) {
    if (part instanceof Part.Refused) {
      return;
    }
    String shown =
        part instanceof Part.Scalar scalar && scalar.kind() != Part.Kind.NOTHING
            ? " " + quoted(scalar.text())
            : "";
    String is =
        part instanceof Part.Scalar scalar && scalar.kind() == Part.Kind.TEXT
            ? "the text"
            : part.words();
    faults.add(
        part.line(),
        where,
        CatalogFault.Code.TYPE_WRONG,
        what + " is " + is + shown + "; it must be " + wanted,
        fix);
  }
}
