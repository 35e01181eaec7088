package io.bitting.server.catalogs;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.bitting.scope.Spelling;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Takes JSON apart. */
final class JsonText {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(CatalogDocument.DEPTH_MAX).build())
          .build();

  private JsonText() {}

  static Part read(String text, Faults faults) {
    try (JsonParser in = JSON.createParser(text)) {
      if (in.nextToken() == null) {
        return new Part.Scalar(1, "", Part.Kind.NOTHING);
      }
      Part root = part(in);
      if (in.nextToken() != null) {
        faults.add(notJson(line(in), "something follows the object"));
      }
      return root;
    } catch (StreamConstraintsException e) {
      throw new UnreadableException(
          new CatalogFault(
              line(e),
              "",
              CatalogFault.Code.TOO_DEEP,
              "the text has more than "
                  + CatalogDocument.DEPTH_MAX
                  + " lists and objects within each other, or a value that is too long",
              "a catalog needs four"));
    } catch (JsonProcessingException e) {
      throw new UnreadableException(notJson(line(e), e.getOriginalMessage()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static CatalogFault notJson(int line, String problem) {
    return new CatalogFault(
        line,
        "",
        CatalogFault.Code.SYNTAX,
        "the text is not JSON: " + Spelling.printable(problem),
        "look for a missing quote, comma or bracket");
  }

  private static Part part(JsonParser in) throws IOException {
    int line = line(in);
    return switch (in.currentToken()) {
      case START_OBJECT -> mapping(in, line);
      case START_ARRAY -> sequence(in, line);
      case VALUE_STRING -> new Part.Scalar(line, in.getText(), Part.Kind.TEXT);
      case VALUE_NUMBER_INT -> new Part.Scalar(line, in.getText(), Part.Kind.INTEGER);
      case VALUE_NUMBER_FLOAT -> new Part.Scalar(line, in.getText(), Part.Kind.NUMBER);
      case VALUE_TRUE, VALUE_FALSE -> new Part.Scalar(line, in.getText(), Part.Kind.TRUTH);
      case VALUE_NULL -> new Part.Scalar(line, "", Part.Kind.NOTHING);
      case END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
          throw new IllegalStateException(
              "the parser gave " + in.currentToken() + " where a value begins");
    };
  }

  private static Part mapping(JsonParser in, int line) throws IOException {
    List<Part.Member> members = new ArrayList<>();
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String name = in.currentName();
      int at = line(in);
      in.nextToken();
      members.add(new Part.Member(at, name, part(in)));
    }
    return new Part.Mapping(line, members);
  }

  private static Part sequence(JsonParser in, int line) throws IOException {
    List<Part> items = new ArrayList<>();
    while (in.nextToken() != JsonToken.END_ARRAY) {
      items.add(part(in));
    }
    return new Part.Sequence(line, items);
  }

  private static int line(JsonParser in) {
    return in.currentTokenLocation().getLineNr();
  }

  private static int line(JsonProcessingException e) {
    return e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr());
  }
}
