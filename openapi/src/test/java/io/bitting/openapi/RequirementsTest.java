package io.bitting.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** R46 and R46b: what each shape of {@code security} requires, the same in each version. */
final class RequirementsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static Stream<Arguments> rows() throws IOException {
    List<Arguments> rows = new ArrayList<>();
    try (InputStream in = RequirementsTest.class.getResourceAsStream("/requirements.json")) {
      for (JsonNode row : JSON.readTree(in)) {
        for (String version : List.of("2.0", "3.0.4", "3.1.0")) {
          rows.add(Arguments.of(row.required("why").textValue(), version, row));
        }
      }
    }
    assertThat(rows).hasSizeGreaterThanOrEqualTo(3 * (16 + 30));
    return rows.stream();
  }

  @ParameterizedTest(name = "{0} ({1})")
  @MethodSource("rows")
  void read_eachShape_requiresWhatItSays(String why, String version, JsonNode row)
      throws IOException {
    ImportOptions.Builder options = ImportOptions.builder();
    if (row.has("schemes")) {
      row.get("schemes").forEach(scheme -> options.scheme(scheme.textValue()));
    } else {
      options.scheme("key");
    }
    if (row.path("any_of").asBoolean()) {
      options.anyOfEverywhere();
    }

    Reading.Read read =
        Documents.sound(JSON.writeValueAsBytes(document(version, row)), options.build());

    assertThat(Documents.requirements(read))
        .containsExactly(Map.entry("GET /things", row.required("requires").textValue()));
    List<String> notes = new ArrayList<>();
    row.required("notes").forEach(note -> notes.add(note.textValue()));
    assertThat(read.notes())
        .extracting(note -> note.code().code())
        .containsExactlyInAnyOrderElementsOf(notes);
  }

  private static ObjectNode document(String version, JsonNode row) {
    ObjectNode document = JSON.createObjectNode();
    boolean swagger = version.equals("2.0");
    document.put(swagger ? "swagger" : "openapi", version);
    ObjectNode schemes =
        swagger
            ? document.putObject("securityDefinitions")
            : document.putObject("components").putObject("securitySchemes");
    schemes.putObject("key").put("type", "apiKey");
    schemes.putObject("oauth").put("type", "oauth2");
    schemes.putObject("other").put("type", "apiKey");
    ObjectNode path = document.putObject("paths").putObject("/things");
    merge(document, row.path("document"));
    merge(path, row.path("path"));
    merge(path.putObject("get"), row.path("operation"));
    return document;
  }

  private static void merge(ObjectNode into, JsonNode members) {
    members.properties().forEach(member -> into.set(member.getKey(), member.getValue()));
  }
}
