package io.bitting.server.catalogs;

import static org.assertj.core.api.Assertions.assertThat;

import io.bitting.scope.Catalog;
import io.bitting.scope.CatalogEntry;
import io.bitting.server.catalogs.CatalogDocument.Faulty;
import io.bitting.server.catalogs.CatalogDocument.Sound;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CatalogDocumentTest {
  private static final Path SHIPPED = Path.of("..", "catalogs");
  private static final Path BROKEN = Path.of("src", "test", "resources", "attacks", "catalogs");
  private static final String HEAD =
      "catalog: 1\napi: library\nname: Library\nprefix: lib\nscopes:\n";
  private static final String ENTRY =
      "  - {scope: a%d, category: A, access: read, description: d, implies: [%s]}\n";

  static Stream<Path> broken() throws IOException {
    try (Stream<Path> files = Files.list(BROKEN)) {
      return files.sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @CsvSource({"appsec, nex, 20", "personnel, prs, 142", "bitting, bit, 14"})
  void parse_catalogThatShips_isSound(String api, String prefix, int scopes) throws IOException {
    CatalogDocument document =
        sound(CatalogDocument.parse(Files.readString(SHIPPED.resolve(api + ".yaml"))));

    assertThat(document.api().text()).isEqualTo(api);
    assertThat(document.prefix().text()).isEqualTo(prefix);
    assertThat(document.entries()).hasSize(scopes);
  }

  @Test
  void parse_builtInCatalog_saysWhatTheProductDoes() throws IOException {
    CatalogDocument document =
        sound(CatalogDocument.parse(Files.readString(SHIPPED.resolve("bitting.yaml"))));

    assertThat(document.entries()).containsExactlyElementsOf(Catalog.builtIn().entries());
  }

  @Test
  void parse_inclusionAndOwnScopeOfTheSameName_differInPower() {
    CatalogEntry own =
        sound(
                CatalogDocument.parse(
                    HEAD + "  - {scope: scim, category: A, access: read, description: d}\n"))
            .entries()
            .getFirst();
    CatalogEntry included =
        sound(CatalogDocument.parse(HEAD + "  - include: scim\n")).entries().getFirst();

    assertThat(own.included()).isFalse();
    assertThat(included.included()).isTrue();
    assertThat(included.access().code()).isEqualTo("danger");
    assertThat(included.description())
        .isEqualTo("Provisions users and groups of the organization over SCIM.");
  }

  @ParameterizedTest
  @MethodSource("broken")
  void parse_brokenCatalog_hasEveryFaultWithItsLine(Path file) throws IOException {
    String text = Files.readString(file);
    List<String> expected =
        text.lines()
            .filter(line -> line.startsWith("# expect: "))
            .map(line -> line.substring("# expect: ".length()))
            .toList();
    List<CatalogFault> faults = faults(CatalogDocument.parse(text));

    assertThat(faults.stream().map(CatalogDocumentTest::shown))
        .containsExactlyInAnyOrderElementsOf(expected);
    assertThat(faults).isSortedAccordingTo((a, b) -> Integer.compare(a.line(), b.line()));
    assertThat(faults)
        .allSatisfy(fault -> {
          assertThat(fault.message())
              .isNotBlank()
              .doesNotContain("\n", "org.yaml", "\u202e", "\u200b");
          assertThat(fault.fix()).isNotBlank().doesNotContain("\n");
        });
  }

  @Test
  void broken_filesAndTheTestsHere_coverEveryKindOfFault() throws IOException {
    Set<CatalogFault.Code> seen =
        EnumSet.of(
            CatalogFault.Code.TOO_LARGE,
            CatalogFault.Code.TOO_DEEP,
            CatalogFault.Code.SCOPES_TOO_MANY,
            CatalogFault.Code.MORE);
    List<Path> files = broken().toList();
    for (Path file : files) {
      faults(CatalogDocument.parse(Files.readString(file)))
          .forEach(fault -> seen.add(fault.code()));
    }

    assertThat(files).hasSizeGreaterThanOrEqualTo(28);
    assertThat(seen).containsExactlyInAnyOrder(CatalogFault.Code.values());
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "- ", "{a: ", "? ", "!!x [", "&a ["})
  void parse_bombOfNesting_isRefused(String opening) {
    assertThat(faults(CatalogDocument.parse(opening.repeat(50_000))))
        .last()
        .extracting(CatalogFault::code)
        .isIn(CatalogFault.Code.TOO_DEEP, CatalogFault.Code.SYNTAX);
    assertThat(faults(CatalogDocument.parse("[".repeat(21) + "]".repeat(21))))
        .last()
        .extracting(CatalogFault::code)
        .isEqualTo(CatalogFault.Code.TOO_DEEP);
    assertThat(faults(CatalogDocument.parse("[".repeat(20) + "]".repeat(20))))
        .extracting(CatalogFault::code)
        .containsExactly(CatalogFault.Code.TYPE_WRONG);
  }

  @Test
  void parse_bombOfAliases_isRefusedWithoutFollowingOne() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
    for (int i = 1; i < 60; i++) {
      bomb.append(String.format("a%d: &a%d [*a%d, *a%d]%n", i, i, i - 1, i - 1));
    }

    assertThat(faults(CatalogDocument.parse(bomb.toString())))
        .extracting(CatalogFault::code)
        .contains(CatalogFault.Code.ALIAS);
  }

  @Test
  void parse_tooLong_isRefused() {
    String most =
        HEAD + String.format(ENTRY, 0, "") + "#" + "é".repeat(CatalogDocument.BYTES_MAX / 2 - 100);

    assertThat(CatalogDocument.parse(most)).isInstanceOf(Sound.class);
    assertThat(faults(CatalogDocument.parse(most + "é".repeat(100))))
        .extracting(CatalogFault::code)
        .containsExactly(CatalogFault.Code.TOO_LARGE);
    assertThat(faults(CatalogDocument.parseJson(most + "é".repeat(100))))
        .extracting(CatalogFault::code)
        .containsExactly(CatalogFault.Code.TOO_LARGE);
  }

  @Test
  void parse_asManyScopesAsAllowedInOneChain_isSound() {
    StringBuilder text = new StringBuilder(HEAD);
    for (int i = 0; i < CatalogDocument.SCOPES_MAX; i++) {
      text.append(
          String.format(ENTRY, i, i == CatalogDocument.SCOPES_MAX - 1 ? "" : "a" + (i + 1)));
    }

    assertThat(sound(CatalogDocument.parse(text.toString())).entries())
        .hasSize(CatalogDocument.SCOPES_MAX);
    text.append(String.format(ENTRY, CatalogDocument.SCOPES_MAX, ""));
    assertThat(faults(CatalogDocument.parse(text.toString())))
        .extracting(CatalogFault::code)
        .containsExactly(CatalogFault.Code.SCOPES_TOO_MANY);
  }

  @Test
  void parse_thousandsOfFaults_listsAThousandAndCountsTheRest() {
    List<CatalogFault> faults = faults(CatalogDocument.parse(HEAD + "  - {}\n".repeat(1_500)));

    assertThat(faults)
        .hasSize(1_001)
        .last()
        .extracting(CatalogFault::code)
        .isEqualTo(CatalogFault.Code.MORE);
    assertThat(faults.getLast().message()).contains("5000 more faults");
  }

  @Test
  void parseJson_sameMembers_isTheSameCatalog() {
    String json =
        """
        {
        \t"catalog": 1, "api": "library", "name": "Library", "prefix": "lib",
        \t"scopes": [
        \t\t{"scope": "books:read", "category": "Books", "access": "read", "description": "Reads: everything."},
        \t\t{"include": "org:read", "retired": true}
        \t]
        }
        """;
    String yaml =
        HEAD
            + """
              - {scope: books:read, category: Books, access: read, description: "Reads: everything."}
              - {include: org:read, retired: true}
            """;

    assertThat(sound(CatalogDocument.parseJson(json)))
        .isEqualTo(sound(CatalogDocument.parse(yaml)));
  }

  @Test
  void parseJson_broken_hasEveryFaultWithItsLine() {
    String json =
        """
        {"catalog": 1.0, "api": "library", "name": null, "prefix": true,
         "api": "other",
         "scopes": [
           {"scope": "books:read", "category": "Books", "access": "all", "description": "d", "retired": 0}]}
        """;

    assertThat(faults(CatalogDocument.parseJson(json)).stream().map(CatalogDocumentTest::shown))
        .containsExactlyInAnyOrder(
            "1 /catalog catalog_type_wrong",
            "1 /name catalog_type_wrong",
            "1 /prefix catalog_type_wrong",
            "2 /api catalog_member_repeated",
            "4 /scopes/0/access catalog_access_unknown",
            "4 /scopes/0/retired catalog_type_wrong");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''| catalog_type_wrong",
        "{| catalog_syntax",
        "{\"catalog\": 1,}| catalog_syntax",
        "{} {}| catalog_syntax",
        "catalog: 1| catalog_syntax",
        "{'catalog': 1}| catalog_syntax",
        "{\"catalog\": NaN}| catalog_syntax"
      })
  void parseJson_whatIsNoJson_isRefused(String text, String code) {
    assertThat(faults(CatalogDocument.parseJson(text)))
        .extracting(fault -> fault.code().code())
        .contains(code);
  }

  @Test
  void parseJson_bombOfNesting_isRefused() {
    assertThat(faults(CatalogDocument.parseJson("[".repeat(500_000))))
        .extracting(CatalogFault::code)
        .containsExactly(CatalogFault.Code.TOO_DEEP);
    assertThat(faults(CatalogDocument.parseJson("{\"a\":".repeat(100_000))))
        .extracting(CatalogFault::code)
        .containsExactly(CatalogFault.Code.TOO_DEEP);
  }

  @Test
  void parse_everyByteOfACatalogChanged_neverFailsOtherwise() throws IOException {
    String text = Files.readString(SHIPPED.resolve("appsec.yaml")).substring(0, 1_500);
    List<Object> readings = new ArrayList<>();
    for (int i = 0; i < text.length(); i++) {
      for (char c : new char[] {'{', '&', '*', '!', '\0', '\t', '"', '\ud800', ':'}) {
        readings.add(CatalogDocument.parse(text.substring(0, i) + c + text.substring(i + 1)));
        readings.add(CatalogDocument.parseJson(text.substring(0, i) + c + text.substring(i + 1)));
      }
    }

    assertThat(readings).doesNotContainNull().hasSize(2 * 9 * text.length());
  }

  private static String shown(CatalogFault fault) {
    return fault.line() + " " + fault.pointer() + " " + fault.code().code();
  }

  private static CatalogDocument sound(CatalogDocument.Reading reading) {
    return switch (reading) {
      case Sound(CatalogDocument document) -> document;
      case Faulty(List<CatalogFault> faults) ->
          throw new AssertionError(
              faults.stream().map(CatalogFault::toString).collect(Collectors.joining("\n")));
    };
  }

  private static List<CatalogFault> faults(CatalogDocument.Reading reading) {
    assertThat(reading).isInstanceOf(Faulty.class);
    return ((Faulty) reading).faults();
  }
}
