package io.bitting.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The largest documents are read, the next larger ones refused; the times are printed. */
final class LimitsTest {
  private static final String HEAD =
      "openapi: 3.1.0\ncomponents: {securitySchemes: {key: {type: http}}}\n";
  private static final ImportOptions OPTIONS = ImportOptions.ofDefaults();

  /** Prints how long the processor was at work, which others on the machine do not change. */
  private static <T> T timed(String what, Supplier<T> work) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long start = threads.getCurrentThreadCpuTime();
    T result = work.get();
    long millis = (threads.getCurrentThreadCpuTime() - start) / 1_000_000;
    System.out.println(what + ": " + millis + " ms");
    return result;
  }

  private static String operations(int count) {
    StringBuilder document = new StringBuilder(HEAD).append("paths:\n");
    for (int i = 0; i < count / 2; i++) {
      String path = "  /group" + i % 100 + "/{group}/things" + i;
      document
          .append(path)
          .append(":\n    get: {security: [{key: [thing")
          .append(i % 500)
          .append(":read]}]}\n    delete: {security: [{key: [thing")
          .append(i % 500)
          .append(":write, admin]}, {key: [root]}]}\n");
    }
    return document.toString();
  }

  @Test
  void read_tenThousandOperations_areRead() {
    byte[] yaml = Documents.bytes(operations(10_000));

    Reading.Read read = timed("10,000 operations", () -> Documents.sound(yaml, OPTIONS));

    assertThat(read.operations()).hasSize(10_000);
    assertThat(Documents.requirements(read))
        .containsEntry("GET /group7/{group}/things4507", "thing7:read")
        .containsEntry("DELETE /group7/{group}/things4507", "admin & thing7:write | root");
    assertThat(read.notes()).isEmpty();
  }

  @Test
  void read_oneMore_isRefused() {
    assertThat(Documents.faults(operations(10_000) + "  /one: {put: {}}\n"))
        .containsExactly("15004 openapi_too_many_operations /paths/~1one/put");
  }

  @Test
  void read_manyBasePaths_countForEachOperation() {
    StringBuilder servers = new StringBuilder("servers: [");
    for (int i = 0; i < 100; i++) {
      servers.append("{url: /v").append(i).append("}, ");
    }
    assertThat(Documents.sound(operations(100) + servers + "]\n").operations()).hasSize(10_000);
    assertThat(Documents.faults(operations(102) + servers + "]\n"))
        .singleElement()
        .asString()
        .contains("openapi_too_many_operations");
  }

  /** Fills a document up to the greatest length. */
  private static byte[] greatest(String begin, String repeated, String end) {
    int length = OpenApiDocument.BYTES_MAX;
    int times = (length - begin.length() - end.length()) / repeated.length();
    String document = begin + repeated.repeat(times) + end;
    return Documents.bytes(document + " ".repeat(length - document.length()));
  }

  @Test
  void read_longestLineOfYaml_isRead() {
    String longest = "#".repeat(OpenApiDocument.LINE_LENGTH_MAX);

    assertThat(Documents.sound(operations(2) + longest + "\n" + longest).operations()).hasSize(2);
    assertThat(Documents.faults(operations(2) + "#" + longest + "\nx: 1\n"))
        .containsExactly("7 openapi_line_too_long ");
    assertThat(
            Documents.sound("{\"openapi\": \"3.1.0\", \"paths\": {}, \"x\": \"" + longest + "\"}")
                .operations())
        .isEmpty();
  }

  @Test
  void read_eightMebibytes_areRead() {
    String schema =
        "    - {type: object, properties: {name: {type: string, description: The name of the thing}}}\n";
    byte[] yaml = greatest(operations(10_000) + "x-rest:\n", schema.repeat(2), "");
    byte[] json =
        greatest(
            "{\"openapi\": \"3.1.0\", \"paths\": {}, \"x\": [0",
            ",\n {\"type\": \"object\", \"description\": \"The name of the thing, and more\"}",
            "]}");

    assertThat(timed("8 MiB of YAML", () -> Documents.sound(yaml, OPTIONS)).operations())
        .hasSize(10_000);
    assertThat(timed("8 MiB of JSON", () -> Documents.sound(json, OPTIONS)).operations()).isEmpty();
    for (byte[] document : List.of(yaml, json)) {
      assertThat(Documents.faults(Arrays.copyOf(document, OpenApiDocument.BYTES_MAX + 1), OPTIONS))
          .containsExactly("1 openapi_too_large ");
    }
  }

  /** Whatever fills a document, the reader comes to an end of it. */
  @Test
  void read_documentsThatAreMeantToCost_areReadOrRefused() {
    List<Supplier<byte[]>> documents = new ArrayList<>(); // One at a time is large enough.
    for (String[] json :
        new String[][] {
          {"[0", ",0", "]"},
          {"[0", ",[]", "]"},
          {"[0", ",{}", "]"},
          {"\"", "\\u0041", "\""},
          {"1", "0", ""},
          {"{\"a\": 1", ",\"a\":1", "}"},
          {"{\"", "a", "\": 1}"},
          {"", "{", ""},
        }) {
      documents.add(() ->
          greatest(
              "{\"openapi\": \"3.1.0\", \"paths\": {}, \"x\": " + json[0], json[1], json[2] + "}"));
    }
    for (String[] yaml :
        new String[][] {
          {"x: [0", ",0", "]"},
          {"x: [", "{", ""},
          {"x: '", "a", "'"},
          {"x: \"", "\\x41", "\""},
          {"x: ", "a", ""},
          {"x: a", " a", ""},
          {"x: ", "!", " a"},
          {"x: ", "&", " a"},
          {"x: &a 1\ny: [0", ",*a ", "]"},
          {"# ", "a", ""},
          {"x: |\n  ", "a", ""},
          {"x:\n ", "- ", ""},
          {"x: {", "a,", "}"},
          {"servers: [{url: '", "{a}", "'}]"},
          {"x: {$ref: '#", "/a", "'}"},
        }) {
      // In one line it is refused; so it is tried in the longest ones that are read as well.
      String line = yaml[1].repeat(OpenApiDocument.LINE_LENGTH_MAX / yaml[1].length() / 2);
      for (String repeated : List.of(yaml[1], line + "\n  ")) {
        documents.add(
            () -> greatest("openapi: 3.1.0\npaths: {}\n" + yaml[0], repeated, yaml[2] + "\n"));
      }
    }
    for (String[] lines :
        new String[][] {
          {"openapi: 3.1.0\npaths: {}\nx:\n", " - a\n", ""},
          {"openapi: 3.1.0\npaths: {}\nx:\n", " ? a\n", ""},
          {"openapi: 3.1.0\npaths: {}\nx: a", "\n a", ""},
          {"openapi: 3.1.0\npaths: {}\nx: |\n", "  text\n", ""},
          {"openapi: 3.1.0\npaths: {}\n", "# a\n", ""},
          {"openapi: 3.1.0\npaths: {}\n", "x: 1\n", ""},
          {"openapi: 3.1.0\npaths: {/a: {", "Get: {},\n", "}}"},
          {"openapi: 3.1.0\npaths: {/a: {$ref: '#", "/a\n", "'}}"},
          {HEAD + "security: [", "{key: [a]},\n", "]\npaths: {}"},
          {HEAD + "security: [{key: [", "a,\n", "]}]\npaths: {}"},
        }) {
      documents.add(() -> greatest(lines[0], lines[1], lines[2]));
    }

    for (int i = 0; i < documents.size(); i++) {
      byte[] document = documents.get(i).get();
      Reading reading =
          timed("costly document " + i, () -> OpenApiDocument.read(document, OPTIONS));
      assertThat(reading).isNotNull();
    }
  }

  /** What many operations share is worked out once. */
  @Test
  void read_partsThatManyPathsShare_costOnce() {
    StringBuilder document =
        new StringBuilder(HEAD.replace("}}}", "}}, pathItems: {all: {get: {security: ["));
    for (int i = 0; i < 100; i++) {
      document.append("{key: [");
      for (int j = 0; j < 100; j++) {
        document.append("s").append(i).append('.').append(j).append(", ");
      }
      document.append("]},\n ");
    }
    document.append("]}, ");
    for (int i = 0; i < 100_000; i++) {
      document.append("m").append(i).append(": 1,\n");
    }
    document.append("}}}\npaths:\n");
    for (int i = 0; i < 10_000; i++) {
      document.append("  /p").append(i).append(": {$ref: '#/components/pathItems/all'}\n");
    }

    Reading.Read read = timed("shared parts", () -> Documents.sound(document.toString(), OPTIONS));

    assertThat(read.operations()).hasSize(10_000);
    assertThat(read.scopes()).hasSize(10_000);
    assertThat(Documents.notes(read, DocumentNote.Code.MEMBER_UNKNOWN)).hasSize(100_000);
  }

  @Test
  void read_manyReferencesThatLeadOnOrAround_areRefused() {
    StringBuilder document = new StringBuilder("openapi: 3.1.0\npaths:\n");
    for (int i = 0; i < 10_000; i++) {
      document.append("  /p%d: {$ref: '#/paths/~1p%d'}\n".formatted(i, (i + 1) % 10_000));
    }

    List<String> faults = timed("a circle of 10,000", () -> Documents.faults(document.toString()));

    assertThat(faults).hasSize(1_001);
    assertThat(faults.subList(0, 1_000))
        .allMatch(fault -> fault.contains("openapi_reference_circle"));
  }

  /** Comparing each template with each would take 50 million comparisons. */
  @Test
  void read_templatesThatAllOverlap_areComparedToABound() {
    StringBuilder document = new StringBuilder(HEAD).append("paths:\n");
    for (int i = 0; i < 5_000; i++) {
      document.append("  '/{p}/x%d': {get: {security: [{key: [a]}]}}\n".formatted(i));
      document.append("  '/y%d/{p}': {get: {security: [{key: [a]}]}}\n".formatted(i));
    }

    Reading.Read read =
        timed("10,000 templates that overlap", () -> Documents.sound(document.toString(), OPTIONS));

    assertThat(read.operations()).hasSize(10_000);
    assertThat(Documents.notes(read, DocumentNote.Code.PATHS_NOT_COMPARED)).hasSize(1);
  }
}
