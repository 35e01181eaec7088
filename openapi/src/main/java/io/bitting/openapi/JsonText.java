package io.bitting.openapi;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.bitting.openapi.DocumentFault.Code;
import io.bitting.scope.Spelling;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Takes JSON (RFC 8259) apart. */
final class JsonText {
  /* The limits are those of the tree; names are not kept, since nobody meets them again. */
  private static final JsonFactory JSON =
      new JsonFactoryBuilder()
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(OpenApiDocument.DEPTH_MAX + 2)
                  .maxStringLength(OpenApiDocument.BYTES_MAX)
                  .maxNameLength(OpenApiDocument.BYTES_MAX)
                  .maxNumberLength(OpenApiDocument.BYTES_MAX)
                  .build())
          .build();

  private final JsonParser in;
  private final Tree tree;

  private JsonText(JsonParser in, Tree tree) {
    this.in = in;
    this.tree = tree;
  }

  static Node read(String text, Tree tree) {
    try (JsonParser in = JSON.createParser(text)) {
      in.nextToken();
      Node root = new JsonText(in, tree).value(line(in));
      if (in.nextToken() != null) {
        throw notJson(line(in), "something follows the object");
      }
      return root;
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr());
      throw notJson(line, e.getOriginalMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static UnreadableException notJson(int line, String problem) {
    return Tree.unreadable(
        line,
        "",
        Code.SYNTAX,
        "the document begins with \"{\" and is not JSON: " + Spelling.printable(problem),
        "look for a missing quote, comma or bracket");
  }

  /** Takes the value that begins at the current token; {@code line} is what it is known by. */
  private Node value(int line) throws IOException {
    tree.count(line);
    return switch (in.currentToken()) {
      case START_OBJECT -> object(line);
      case START_ARRAY -> array(line);
      case VALUE_STRING -> new Node.Scalar(line, in.getText(), false);
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE, VALUE_NULL ->
          new Node.Scalar(line, in.getText(), true);
      case END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
          throw new IllegalStateException(
              "the parser gave " + in.currentToken() + " where a value begins");
    };
  }

  private Node object(int line) throws IOException {
    Map<String, Node> members = new LinkedHashMap<>();
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String name = in.currentName();
      int at = line(in);
      in.nextToken();
      tree.enter(name);
      Node value = value(at);
      tree.leave();
      tree.put(members, name, value);
    }
    return Node.mapping(line, members);
  }

  private Node array(int line) throws IOException {
    List<Node> items = new ArrayList<>(1);
    while (in.nextToken() != JsonToken.END_ARRAY) {
      tree.enter(Integer.toString(items.size()));
      items.add(value(line(in)));
      tree.leave();
    }
    return Node.sequence(line, items);
  }

  private static int line(JsonParser in) {
    return in.currentTokenLocation().getLineNr();
  }
}
