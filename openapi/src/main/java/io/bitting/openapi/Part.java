package io.bitting.openapi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A value with its place in the document.
 *
 * @param parent what it is a member or an item of; null for the document
 * @param name its name or number there
 * @param node the value
 */
record Part(@Nullable Part parent, String name, Node node) {
  static Part root(Node node) {
    return new Part(null, "", node);
  }

  /** Returns the RFC 6901 pointer to it, as it is shown. */
  String pointer() {
    return parent == null ? "" : Sentence.pointer(parent.pointer(), name);
  }

  int line() {
    return node.line();
  }

  boolean isMapping() {
    return node instanceof Node.Mapping;
  }

  boolean isSequence() {
    return node instanceof Node.Sequence;
  }

  /** Returns the names of the members in their order; none if this is no object. */
  Set<String> names() {
    return node instanceof Node.Mapping mapping ? mapping.members().keySet() : Set.of();
  }

  /** Returns how many members or items it has. */
  int size() {
    return node instanceof Node.Sequence sequence ? sequence.items().size() : names().size();
  }

  /** Returns a member; empty if there is none, or this is no object. */
  Optional<Part> member(String name) {
    return node instanceof Node.Mapping mapping
        ? Optional.ofNullable(mapping.members().get(name)).map(value -> inside(name, value))
        : Optional.empty();
  }

  /** Returns the members in their order; none if this is no object. */
  Map<String, Part> members() {
    Map<String, Part> members = new LinkedHashMap<>();
    if (node instanceof Node.Mapping mapping) {
      mapping.members().forEach((name, value) -> members.put(name, inside(name, value)));
    }
    return members;
  }

  /** Returns the items in their order; none if this is no list. */
  List<Part> items() {
    List<Part> items = new ArrayList<>();
    if (node instanceof Node.Sequence sequence) {
      for (Node item : sequence.items()) {
        items.add(inside(Integer.toString(items.size()), item));
      }
    }
    return items;
  }

  /** Returns an item; empty if there is none, or this is no list. */
  Optional<Part> item(int index) {
    return node instanceof Node.Sequence sequence && index < sequence.items().size()
        ? Optional.of(inside(Integer.toString(index), sequence.items().get(index)))
        : Optional.empty();
  }

  /** Returns the text; empty if this is something else. */
  Optional<String> text() {
    return node instanceof Node.Scalar scalar && scalar.isText()
        ? Optional.of(scalar.text())
        : Optional.empty();
  }

  /** Returns the text, or what a number or date looks like; empty for what has parts. */
  Optional<String> words() {
    return node instanceof Node.Scalar scalar ? Optional.of(scalar.text()) : Optional.empty();
  }

  private Part inside(String name, Node value) {
    return new Part(this, name, value);
  }
}
