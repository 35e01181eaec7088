package io.bitting.openapi;

import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/** A value as the document has it, with its line; that of a member is the line of its name. */
sealed interface Node {
  int line();

  /** Says what it is, for a sentence. */
  String words();

  /** Returns an object; an empty one costs no map, since a document may have a million. */
  static Node mapping(int line, Map<String, Node> members) {
    return new Mapping(line, members.isEmpty() ? Map.of() : members);
  }

  /** Returns a list. */
  static Node sequence(int line, List<Node> items) {
    return new Sequence(line, items.isEmpty() ? List.of() : items);
  }

  /** An object: its members in their order. */
  record Mapping(int line, Map<String, Node> members) implements Node {
    @Override
    public String words() {
      return "an object";
    }
  }

  /** A list. */
  record Sequence(int line, List<Node> items) implements Node {
    @Override
    public String words() {
      return "a list";
    }
  }

  /**
   * A value without parts.
   *
   * @param text the text, as it was written
   * @param plain whether it stands without quotes, so that it can be something else than a text
   */
  record Scalar(int line, String text, boolean plain) implements Node {
    private static final Resolver RESOLVER = new Resolver();

    boolean isText() {
      return tag().equals(Tag.STR);
    }

    private Tag tag() {
      return RESOLVER.resolve(NodeId.scalar, text, plain);
    }

    @Override
    public String words() {
      Tag tag = tag();
      if (tag.equals(Tag.STR)) {
        return "the text " + Sentence.quoted(text);
      }
      if (tag.equals(Tag.NULL)) {
        return "empty";
      }
      return (tag.equals(Tag.BOOL) ? "the truth value " : "the number or date ")
          + Sentence.quoted(text);
    }
  }

  /** Something that was refused already, so that nothing more is said about it. */
  record Refused(int line) implements Node {
    @Override
    public String words() {
      return "refused";
    }
  }
}
