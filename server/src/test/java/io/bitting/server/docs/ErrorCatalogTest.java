package io.bitting.server.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.bitting.server.catalogs.CatalogFault;
import io.bitting.server.http.ProblemCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One code, one page, one example in the document; what they say of each other agrees. */
final class ErrorCatalogTest {
  private static final Path PAGES = Path.of("..", "docs", "errors");
  private static final JsonMapper JSON = new JsonMapper();
  private static final Pattern HTTP =
      Pattern.compile(
          "```http\\nHTTP/1\\.1 ([0-9]{3}) [^\\n]+\\n(.*?)\\n\\n(\\{.*?})\\n```", Pattern.DOTALL);
  private static final Pattern ANCHOR =
      Pattern.compile("^\\| <a id=\"([a-z_]+)\"></a>`([a-z_]+)` \\|", Pattern.MULTILINE);

  private final JsonNode document = document();

  private static JsonNode document() {
    try {
      return JSON.readTree(new OpenApiDocument().json());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void pages_areThoseOfTheCodes() throws IOException {
    try (Stream<Path> files = Files.list(PAGES)) {
      Set<String> pages =
          files
              .map(file -> file.getFileName().toString().replace(".md", ""))
              .collect(Collectors.toCollection(TreeSet::new));
      pages.remove("README");
      assertThat(pages).isEqualTo(codes());
    }
  }

  @Test
  void examplesOfTheDocument_areThoseOfTheCodes() {
    Set<String> examples = new TreeSet<>();
    document.at("/components/examples").fieldNames().forEachRemaining(examples::add);
    assertThat(examples).isEqualTo(codesOfRest());
  }

  @Test
  void codesOfTheSchema_areThoseOfTheEnum() {
    assertThat(texts(document.at("/components/schemas/ProblemMembers/properties/code/enum")))
        .isEqualTo(codesOfRest());
  }

  @Test
  void answersOfTheOperations_useEveryCode_eachUnderItsStatus() {
    Set<String> used = new TreeSet<>();
    for (JsonNode path : document.get("paths")) {
      for (JsonNode operation : path) {
        operation
            .path("responses")
            .properties()
            .forEach(response -> {
              JsonNode examples =
                  resolve(response.getValue()).at("/content/application~1problem+json/examples");
              examples
                  .fieldNames()
                  .forEachRemaining(code -> {
                    used.add(code);
                    assertThat(code(code).status())
                        .as(code)
                        .isEqualTo(Integer.parseInt(response.getKey()));
                    assertThat(examples.get(code).get("$ref").asText())
                        .isEqualTo("#/components/examples/" + code);
                  });
            });
      }
    }
    assertThat(used).isEqualTo(codesOfRest());
  }

  /** What people are told in the console is in no operation of REST. */
  private static Set<String> codesOfRest() {
    Set<String> codes = codes();
    Stream.of(ProblemCode.values())
        .filter(ProblemCode::isForPeople)
        .forEach(code -> codes.remove(code.code()));
    return codes;
  }

  @ParameterizedTest
  @EnumSource(ProblemCode.class)
  void example_saysWhatTheEnumSays(ProblemCode code) throws IOException {
    JsonNode example = example(code);
    assertThat(example.get("code").asText()).isEqualTo(code.code());
    assertThat(example.get("status").asInt()).isEqualTo(code.status());
    assertThat(example.get("title").asText()).isEqualTo(code.title());
    assertThat(example.get("type").asText()).endsWith("/errors/" + code.code());
  }

  @ParameterizedTest
  @EnumSource(ProblemCode.class)
  void page_hasTitleExampleAndParts(ProblemCode code) throws IOException {
    String page = page(code.code());
    assertThat(page)
        .startsWith(
            "# "
                + code.title()
                + "\n\nStatus "
                + code.status()
                + " · code `"
                + code.code()
                + "`\n");
    List<String> headings = page.lines().filter(line -> line.startsWith("## ")).toList();
    assertThat(headings)
        .containsSubsequence(
            "## What happened", "## How to fix it", "## Common mistakes", "## Related");
    Matcher http = HTTP.matcher(page);
    assertThat(http.find()).isTrue();
    assertThat(http.group(1)).isEqualTo(String.valueOf(code.status()));
    assertThat(JSON.readTree(http.group(3))).isEqualTo(example(code));
    if (!code.isForPeople()) {
      assertThat(OpenApiContract.ofDocument().faults(shown(code, http))).isEmpty();
    }
  }

  /** Returns the example of the document; of what is in none, that of its page. */
  private JsonNode example(ProblemCode code) throws IOException {
    if (!code.isForPeople()) {
      return document.at("/components/examples/" + code.code() + "/value");
    }
    Matcher http = HTTP.matcher(page(code.code()));
    assertThat(http.find()).isTrue();
    return JSON.readTree(http.group(3));
  }

  /** Takes the answer that a page shows for one of an operation that has it. */
  private Exchange shown(ProblemCode code, Matcher http) {
    var headers =
        http.group(2)
            .lines()
            .map(line -> line.split(": ", 2))
            .collect(Collectors.toMap(h -> h[0], h -> List.of(h[1])));
    OpenApiContract.Operation operation =
        OpenApiContract.ofDocument().operations().stream()
            .filter(o -> has(o, code))
            .findFirst()
            .orElseThrow();
    String method = code == ProblemCode.METHOD_NOT_ALLOWED ? "PUT" : operation.method();
    return new Exchange(
        method,
        operation.template(),
        java.util.Optional.empty(),
        code.status(),
        headers,
        http.group(3));
  }

  private boolean has(OpenApiContract.Operation operation, ProblemCode code) {
    JsonNode responses =
        document
            .get("paths")
            .get(operation.template())
            .get(operation.method().toLowerCase(java.util.Locale.ROOT))
            .get("responses");
    return resolve(responses.path(String.valueOf(code.status())))
        .at("/content/application~1problem+json/examples")
        .has(code.code());
  }

  @Test
  void index_listsEveryCodeWithStatusAndTitle() throws IOException {
    String index = Files.readString(PAGES.resolve("README.md"));
    for (ProblemCode code : ProblemCode.values()) {
      assertThat(index)
          .contains(
              "| "
                  + code.status()
                  + " | [`"
                  + code.code()
                  + "`]("
                  + code.code()
                  + ".md) | "
                  + code.title()
                  + " |\n");
    }
  }

  @Test
  void faultsOfTheSchema_areEachExplainedOnce() throws IOException {
    List<String> explained = new ArrayList<>();
    Matcher anchors = ANCHOR.matcher(page("validation_failed"));
    while (anchors.find()) {
      assertThat(anchors.group(2)).isEqualTo(anchors.group(1));
      explained.add(anchors.group(1));
    }
    assertThat(explained).doesNotHaveDuplicates();
    assertThat(explained)
        .containsAll(
            Arrays.stream(CatalogFault.Code.values()).map(CatalogFault.Code::code).toList());
    assertThat(new TreeSet<>(explained))
        .isEqualTo(texts(document.at("/components/schemas/Fault/properties/code/enum")));
  }

  private static String page(String code) throws IOException {
    return Files.readString(PAGES.resolve(code + ".md"));
  }

  private static Set<String> codes() {
    return Arrays.stream(ProblemCode.values())
        .map(ProblemCode::code)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static ProblemCode code(String code) {
    return Arrays.stream(ProblemCode.values())
        .filter(c -> c.code().equals(code))
        .findFirst()
        .orElseThrow();
  }

  private static Set<String> texts(JsonNode list) {
    Set<String> texts = new LinkedHashSet<>();
    list.forEach(text -> texts.add(text.asText()));
    assertThat(texts).hasSize(list.size());
    return new TreeSet<>(texts);
  }

  private JsonNode resolve(JsonNode node) {
    return node.has("$ref") ? document.at(node.get("$ref").asText().substring(1)) : node;
  }
}
