package io.bitting.server.catalogs;

import io.bitting.scope.Spelling;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
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
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Takes YAML apart, out of the parser's events: no object of a type that the text names is ever
 * made, and an alias is refused where it stands and never followed.
 */
final class YamlText {
  private final Resolver resolver = new Resolver();
  private final Iterator<Event> events;
  private final Faults faults;

  private YamlText(Iterator<Event> events, Faults faults) {
    this.events = events;
    this.faults = faults;
  }

  static Part read(String text, Faults faults) {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(CatalogDocument.BYTES_MAX);
    try {
      Iterator<Event> events = new Yaml(options).parse(new StringReader(text)).iterator();
      return new YamlText(events, faults).document();
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 1 : line(e.getProblemMark().getLine());
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

  private static UnreadableException notYaml(int line, String problem) {
    return new UnreadableException(
        new CatalogFault(
            line,
            "",
            CatalogFault.Code.SYNTAX,
            "the text is not YAML: " + Spelling.printable(problem.replace("\\t(TAB)", "TAB")),
            "indent with blanks, and put a text that has a colon and a blank, or begins with a special character, in quotes"));
  }

  private Part document() {
    Part root = new Part.Scalar(1, "", Part.Kind.NOTHING);
    int documents = 0;
    while (events.hasNext()) {
      Event event = events.next();
      if (event instanceof DocumentStartEvent && ++documents > 1) {
        faults.add(
            line(event),
            "",
            CatalogFault.Code.DOCUMENT_REPEATED,
            "the text has more than one YAML document; a file holds one catalog",
            "take out the line \"---\", or split the file");
        return root;
      }
      if (event instanceof NodeEvent node) {
        root = part(node, 1, "");
      }
    }
    return root;
  }

  private Part part(NodeEvent event, int depth, String pointer) {
    if (event instanceof AliasEvent alias) {
      faults.add(
          line(event),
          pointer,
          CatalogFault.Code.ALIAS,
          "the alias *"
              + Spelling.printable(alias.getAnchor())
              + " repeats another part; a catalog has no aliases",
          "write the part out");
      return new Part.Refused(line(event));
    }
    if (event.getAnchor() != null) {
      faults.add(
          line(event),
          pointer,
          CatalogFault.Code.ALIAS,
          "the anchor &"
              + Spelling.printable(event.getAnchor())
              + " names a part for repetition; a catalog has no anchors",
          "take it out");
    }
    if (depth > CatalogDocument.DEPTH_MAX) {
      throw new UnreadableException(
          new CatalogFault(
              line(event),
              pointer,
              CatalogFault.Code.TOO_DEEP,
              "the text has more than "
                  + CatalogDocument.DEPTH_MAX
                  + " lists and objects within each other",
              "a catalog needs four"));
    }
    return switch (event) {
      case MappingStartEvent mapping -> mapping(mapping, depth, pointer);
      case SequenceStartEvent sequence -> sequence(sequence, depth, pointer);
      case ScalarEvent scalar -> scalar(scalar, pointer);
      default ->
          throw new IllegalStateException(
              "the parser gave a node that is no map, list, scalar or alias: " + event);
    };
  }

  private Part mapping(MappingStartEvent start, int depth, String pointer) {
    refuseTag(start, start.getTag(), pointer);
    List<Part.Member> members = new ArrayList<>();
    for (Event event = events.next(); event instanceof NodeEvent key; event = events.next()) {
      Part name = part(key, depth + 1, pointer);
      NodeEvent value = (NodeEvent) events.next();
      if (name instanceof Part.Scalar scalar) {
        members.add(
            new Part.Member(
                scalar.line(),
                scalar.text(),
                part(value, depth + 1, Members.pointer(pointer, scalar.text()))));
        continue;
      }
      part(value, depth + 1, pointer);
      if (!(name instanceof Part.Refused)) {
        faults.add(
            name.line(),
            pointer,
            CatalogFault.Code.TYPE_WRONG,
            "the name of a member is " + name.words() + "; it is a word",
            "take it out");
      }
    }
    return new Part.Mapping(line(start), members);
  }

  private Part sequence(SequenceStartEvent start, int depth, String pointer) {
    refuseTag(start, start.getTag(), pointer);
    List<Part> items = new ArrayList<>();
    for (Event event = events.next(); event instanceof NodeEvent item; event = events.next()) {
      items.add(part(item, depth + 1, pointer + "/" + items.size()));
    }
    return new Part.Sequence(line(start), items);
  }

  private Part scalar(ScalarEvent event, String pointer) {
    refuseTag(event, event.getTag(), pointer);
    Tag tag =
        resolver.resolve(
            NodeId.scalar, event.getValue(), event.getImplicit().canOmitTagInPlainScalar());
    return new Part.Scalar(line(event), event.getValue(), kind(tag));
  }

  private static Part.Kind kind(Tag tag) {
    if (tag.equals(Tag.INT)) {
      return Part.Kind.INTEGER;
    }
    if (tag.equals(Tag.FLOAT)) {
      return Part.Kind.NUMBER;
    }
    if (tag.equals(Tag.BOOL)) {
      return Part.Kind.TRUTH;
    }
    if (tag.equals(Tag.NULL)) {
      return Part.Kind.NOTHING;
    }
    return tag.equals(Tag.TIMESTAMP) ? Part.Kind.TIME : Part.Kind.TEXT;
  }

  private void refuseTag(NodeEvent event, @Nullable String tag, String pointer) {
    if (tag != null) {
      faults.add(
          line(event),
          pointer,
          CatalogFault.Code.TAG,
          "the tag \""
              + Spelling.printable(tag)
              + "\" gives a value a type of its own; a catalog has no tags",
          "take the tag out");
    }
  }

  private static int line(Event event) {
    return line(event.getStartMark().getLine());
  }

  private static int line(int fromZero) {
    return fromZero + 1;
  }
}
