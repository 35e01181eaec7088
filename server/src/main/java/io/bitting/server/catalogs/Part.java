package io.bitting.server.catalogs;

import java.util.List;

/** A part of a text, with the line where it begins. */
sealed interface Part {
  int line();

  /** An object: its members in their order, repeated ones too. */
  record Mapping(int line, List<Member> members) implements Part {}

  /** A list. */
  record Sequence(int line, List<Part> items) implements Part {}

  /** A value without parts, as it was written. */
  record Scalar(int line, String text, Kind kind) implements Part {}

  /** Something that was refused already, so that nothing more is said about it. */
  record Refused(int line) implements Part {}

  /** A member of an object. */
  record Member(int line, String name, Part value) {}

  /** What a scalar is. */
  enum Kind {
    TEXT("text"),
    INTEGER("a number"),
    NUMBER("a number"),
    TRUTH("a truth value"),
    NOTHING("empty"),
    TIME("a date");

    private final String words;

    Kind(String words) {
      this.words = words;
    }
  }

  /** Says what it is, for a sentence. */
  default String words() {
    return switch (this) {
      case Mapping mapping -> "an object";
      case Sequence sequence -> "a list";
      case Scalar scalar -> scalar.kind().words;
      case Refused refused -> "refused";
    };
  }
}
