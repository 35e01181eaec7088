package io.bitting.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class LintCatalogTest {
  private static final Path SHIPPED = Path.of("..", "catalogs").toAbsolutePath();
  private static final Path BROKEN =
      Path.of("..", "server", "src", "test", "resources", "attacks", "catalogs").toAbsolutePath();

  @TempDir private Path folder;

  static List<Path> broken() throws IOException {
    try (Stream<Path> files = Files.list(BROKEN)) {
      List<Path> found = files.sorted().toList();
      assertThat(found).hasSizeGreaterThanOrEqualTo(28);
      return found;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "appsec, 20 scopes in 8 categories",
    "personnel, 142 scopes in 10 categories",
    "bitting, 14 scopes in 2 categories"
  })
  void lint_catalogThatShips_hasNoFault(String api, String summary) {
    Cli.Result result =
        new Cli(folder).run("catalog", "lint", SHIPPED.resolve(api + ".yaml").toString());

    assertThat(result.code()).as(result.out()).isZero();
    assertThat(result.out()).contains("no fault", summary);
  }

  @ParameterizedTest
  @MethodSource("broken")
  void lint_brokenCatalog_showsEachFaultWithItsLineAndRemedy(Path file) throws IOException {
    List<String> expected =
        Files.readAllLines(file).stream()
            .filter(line -> line.startsWith("# expect: "))
            .map(line -> line.split(" ", -1)[2])
            .toList();
    Cli.Result result = new Cli(folder).run("catalog", "lint", file.toString());

    assertThat(result.code()).isEqualTo(ExitCode.FAILURE);
    assertThat(result.lines()).hasSize(2 * expected.size());
    for (String line : expected) {
      assertThat(result.lines()).anyMatch(shown -> shown.startsWith(file + ":" + line + ": "));
    }
    assertThat(result.err()).contains(expected.size() + " fault");
  }

  @Test
  void lint_severalFiles_looksAtAll() throws IOException {
    Cli.Result result =
        new Cli(folder)
            .run(
                "catalog",
                "lint",
                SHIPPED.resolve("appsec.yaml").toString(),
                BROKEN.resolve("version.yaml").toString(),
                BROKEN.resolve("circle.yaml").toString(),
                "-o",
                "json");

    assertThat(result.code()).isEqualTo(ExitCode.FAILURE);
    JsonNode faults = new ObjectMapper().readTree(result.out());
    assertThat(faults).hasSize(3);
    assertThat(faults.get(0).path("code").asText()).isEqualTo("catalog_version_unknown");
    assertThat(faults.get(0).path("line").asInt()).isEqualTo(3);
  }

  @Test
  void lint_json_isReadAsJson() {
    Cli cli = new Cli(folder);
    cli.file("library.json", "{\"catalog\": 1,\n\t\"api\": \"library\"}");

    assertThat(cli.run("catalog", "lint", "library.json").out())
        .contains("library.json:1: the catalog has no \"name\"");
  }

  @Test
  void lint_whatIsNoText_isAFailure() throws IOException {
    Cli cli = new Cli(folder);
    Files.write(folder.resolve("latin1.yaml"), new byte[] {'a', ':', ' ', (byte) 0xe9});
    Files.write(folder.resolve("huge.yaml"), new byte[(1 << 20) + 1]);

    assertThat(cli.run("catalog", "lint", "latin1.yaml").err()).contains("is not text in UTF-8");
    assertThat(cli.run("catalog", "lint", "huge.yaml").err())
        .contains("has more than 1048576 bytes");
    assertThat(cli.run("catalog", "lint", "missing.yaml").err())
        .contains("missing.yaml cannot be read: it does not exist");
    assertThat(cli.run("catalog", "lint", ".").code()).isEqualTo(ExitCode.FAILURE);
  }
}
