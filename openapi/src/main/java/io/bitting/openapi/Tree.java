package io.bitting.openapi;

import io.bitting.openapi.DocumentFault.Code;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;

/**
 * The tree of values of one document while it is read, within its limits. An object with a member
 * twice keeps the first and is a fault. One use.
 */
final class Tree {
  private final Faults faults;
  private final Deque<String> names = new ArrayDeque<>();
  private int values;

  private Tree(Faults faults) {
    this.faults = faults;
  }

  /**
   * Reads a document.
   *
   * @throws UnreadableException if it is too large, no text, or neither YAML nor JSON
   */
  static Node read(byte[] document, Faults faults) {
    if (document.length > OpenApiDocument.BYTES_MAX) {
      throw unreadable(
          1,
          "",
          Code.TOO_LARGE,
          "the document has "
              + document.length
              + " bytes; at most "
              + OpenApiDocument.BYTES_MAX
              + " are read",
          "leave out examples and descriptions, or split the API");
    }
    String text = text(document);
    Tree tree = new Tree(faults);
    return text.stripLeading().startsWith("{")
        ? JsonText.read(text, tree)
        : YamlText.read(text, tree);
  }

  private static String text(byte[] document) {
    if (isWide(document)) {
      throw unreadable(
          1,
          "",
          Code.ENCODING,
          "the document is in UTF-16 or UTF-32; it must be in UTF-8",
          "save it as UTF-8");
    }
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(document);
    CharBuffer out = CharBuffer.allocate(document.length);
    CoderResult result = decoder.decode(in, out, true);
    out.flip();
    if (result.isError()) {
      int line = 1 + (int) out.chars().filter(character -> character == '\n').count();
      throw unreadable(
          line,
          "",
          Code.ENCODING,
          "byte " + (in.position() + 1) + " is not UTF-8; the document must be",
          "save it as UTF-8");
    }
    String text = out.toString();
    return text.startsWith("\ufeff") ? text.substring(1) : text;
  }

  /** Tells whether one of the first two characters is wide, or there is the mark of wide ones. */
  private static boolean isWide(byte[] document) {
    if (document.length < 2) {
      return false;
    }
    int mark = (document[0] & 0xff) << 8 | (document[1] & 0xff);
    return mark == 0xfeff || mark == 0xfffe || document[0] == 0 || document[1] == 0;
  }

  static UnreadableException unreadable(
      int line, String pointer, Code code, String message, String fix) {
    return new UnreadableException(new DocumentFault(line, pointer, code, message, fix));
  }

  /** Counts a value that begins within as many lists and objects as were entered. */
  void count(int line) {
    if (++values > OpenApiDocument.VALUES_MAX) {
      throw unreadable(
          line,
          pointer(),
          Code.TOO_MANY_VALUES,
          "the document has more than " + OpenApiDocument.VALUES_MAX + " values",
          "leave out examples, or split the API");
    }
    if (names.size() > OpenApiDocument.DEPTH_MAX) {
      throw unreadable(
          line,
          pointer(),
          Code.TOO_DEEP,
          "the document has more than "
              + OpenApiDocument.DEPTH_MAX
              + " lists and objects within each other",
          "give inner schemas a place of their own under components");
    }
  }

  void enter(String name) {
    names.addLast(name);
  }

  void leave() {
    names.removeLast();
  }

  /** Adds a member, unless the object has it. */
  void put(Map<String, Node> members, String name, Node value) {
    Node first = members.putIfAbsent(name, value);
    if (first != null && !faults.isFull()) {
      faults.add(
          value.line(),
          Sentence.pointer(pointer(), name),
          Code.MEMBER_REPEATED,
          Sentence.quoted(name) + " stands twice in one object, first in line " + first.line(),
          "keep one of them");
    } else if (first != null) {
      faults.addUnlisted();
    }
  }

  /** Refuses the value that was entered last. */
  Node refused(int line, Code code, String message, String fix) {
    if (faults.isFull()) {
      faults.addUnlisted();
    } else {
      faults.add(line, pointer(), code, message, fix);
    }
    return new Node.Refused(line);
  }

  private String pointer() {
    String pointer = "";
    for (String name : names) {
      pointer = Sentence.pointer(pointer, name);
    }
    return pointer;
  }
}
