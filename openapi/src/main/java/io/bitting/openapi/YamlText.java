package io.bitting.openapi;

import io.bitting.openapi.DocumentFault.Code;
import io.bitting.scope.Spelling;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.reader.ReaderException;

/**
 * Takes YAML apart, out of the parser's events: no object of a type that the text names is ever
 * made, and an alias is refused where it stands and never followed, so that no text grows.
 */
final class YamlText {
  private static final String MERGE = "<<";

  private final Iterator<Event> events;
  private final Tree tree;

  private YamlText(Iterator<Event> events, Tree tree) {
    this.events = events;
    this.tree = tree;
  }

  static Node read(String text, Tree tree) {
    checkLines(text);
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(OpenApiDocument.BYTES_MAX);
    try {
      Iterator<Event> events = new Yaml(options).parse(new StringReader(text)).iterator();
      return new YamlText(events, tree).document();
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
      throw notYaml(line, e.getProblem());
    } catch (ReaderException e) {
      int line =
          1 + (int) text.codePoints().limit(e.getPosition()).filter(point -> point == '\n').count();
      throw notYaml(
          line,
          String.format(Locale.ROOT, "the character U+%04X does not print", e.getCodePoint()));
    } catch (YAMLException e) {
      throw notYaml(1, String.valueOf(e.getMessage()));
    }
  }

  /* The parser copies what it holds of a line whenever it reads on within it, so that its time grows
  with the square of a line's length. */
  private static void checkLines(String text) {
    int line = 1;
    int begin = 0;
    for (int at = 0; at <= text.length(); at++) {
      if (at == text.length() || text.charAt(at) == '\n' || text.charAt(at) == '\r') {
        if (at - begin > OpenApiDocument.LINE_LENGTH_MAX) {
          throw Tree.unreadable(
              line,
              "",
              Code.LINE_TOO_LONG,
              "the line has "
                  + (at - begin)
                  + " characters; at most "
                  + OpenApiDocument.LINE_LENGTH_MAX
                  + " are read in YAML",
              "break it, or give the document as JSON");
        }
        begin = at + 1;
        if (at < text.length() && text.charAt(at) == '\n') {
          line++;
        }
      }
    }
  }

  private static UnreadableException notYaml(int line, String problem) {
    return Tree.unreadable(
        line,
        "",
        Code.SYNTAX,
        "the document is not YAML: " + Spelling.printable(problem.replace("\\t(TAB)", "TAB")),
        "indent with blanks, and put a text that has a colon and a blank, or begins with a special character, in quotes");
  }

  private Node document() {
    Node root = new Node.Scalar(1, "", true);
    int documents = 0;
    while (events.hasNext()) {
      Event event = events.next();
      if (event instanceof DocumentStartEvent && ++documents > 1) {
        tree.refused(
            line(event),
            Code.DOCUMENT_REPEATED,
            "the text has more than one YAML document; a file describes one API",
            "take out the line \"---\", or split the file");
        return root;
      }
      if (event instanceof NodeEvent) {
        root = value(event, line(event));
      }
    }
    return root;
  }

  /** Takes the value that begins with an event; {@code line} is what it is known by. */
  private Node value(Event event, int line) {
    tree.count(line);
    if (event instanceof MappingStartEvent mapping) {
      refuseTag(mapping, mapping.getTag());
      return mapping(line);
    }
    if (event instanceof SequenceStartEvent sequence) {
      refuseTag(sequence, sequence.getTag());
      return sequence(line);
    }
    if (event instanceof ScalarEvent scalar) {
      return scalar(scalar, line);
    }
    if (event instanceof AliasEvent alias) {
      return tree.refused(
          line(event),
          Code.ALIAS,
          "the alias *"
              + Spelling.printable(alias.getAnchor())
              + " repeats another part; aliases are not followed",
          "write the part out, which most YAML tools do on request, or refer to it with $ref");
    }
    throw new IllegalStateException("the parser gave " + event + " where a value begins");
  }

  private Node mapping(int line) {
    Map<String, Node> members = new LinkedHashMap<>();
    for (Event event = events.next(); event instanceof NodeEvent; event = events.next()) {
      int at = line(event);
      Node key = key(event, at);
      String name = key instanceof Node.Scalar scalar ? scalar.text() : "";
      tree.enter(name);
      Node value = value(events.next(), at);
      tree.leave();
      if (!(key instanceof Node.Scalar scalar)) {
        if (!(key instanceof Node.Refused)) {
          tree.refused(
              at,
              Code.TYPE_WRONG,
              "the name of a member is " + key.words() + "; it must be a word",
              "take it out");
        }
        continue;
      }
      if (scalar.plain() && name.equals(MERGE)) {
        // Passing it by could lose what an operation requires.
        tree.refused(
            at,
            Code.ALIAS,
            "the member << merges another object into this one; merging is not followed",
            "write the members out");
        continue;
      }
      tree.put(members, name, value);
    }
    return Node.mapping(line, members);
  }

  /** Takes the name of a member, which is a word unless the document is broken. */
  private Node key(Event event, int line) {
    if (event instanceof ScalarEvent scalar) {
      return scalar(scalar, line);
    }
    if (event instanceof AliasEvent) {
      return value(event, line);
    }
    tree.enter("");
    Node key = value(event, line);
    tree.leave();
    return key;
  }

  private Node scalar(ScalarEvent scalar, int line) {
    refuseTag(scalar, scalar.getTag());
    return new Node.Scalar(line, scalar.getValue(), scalar.getImplicit().canOmitTagInPlainScalar());
  }

  private Node sequence(int line) {
    List<Node> items = new ArrayList<>(1);
    for (Event event = events.next(); event instanceof NodeEvent; event = events.next()) {
      tree.enter(Integer.toString(items.size()));
      items.add(value(event, line(event)));
      tree.leave();
    }
    return Node.sequence(line, items);
  }

  private void refuseTag(Event event, @Nullable String tag) {
    if (tag != null) {
      tree.refused(
          line(event),
          Code.TAG,
          "the tag \""
              + Spelling.printable(tag)
              + "\" gives a value a type of its own; tags are not read",
          "take the tag out");
    }
  }

  private static int line(Event event) {
    return event.getStartMark().getLine() + 1;
  }
}
