package io.bitting.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.bitting.fixtures.Attack;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is malformed refuses the whole document: every fault at once, with line and pointer. */
final class BrokenDocumentsTest {
  private static final String SOUND = "openapi: 3.1.0\npaths:\n  /ä: {get: {security: []}}\n";

  private static List<Attack> attacks() {
    return Attack.in("openapi.json");
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void read_brokenDocument_namesEveryFault(Attack attack) {
    ImportOptions.Builder options = ImportOptions.builder();
    attack.text("scheme").ifPresent(options::scheme);

    assertThat(Documents.faults(attack.input(), options.build()))
        .containsExactlyInAnyOrder(attack.text("fault").orElseThrow().split("; ", -1));
  }

  @Test
  void read_messageOfMalformedSecurity_hasValueAndRemedy() {
    Reading reading =
        OpenApiDocument.read(
            Documents.bytes(
                "openapi: 3.1.0\ncomponents: {securitySchemes: {key: {}}}\npaths:\n  /a:\n    get: {security: [{key: [A b]}]}\n"),
            ImportOptions.ofDefaults());

    assertThat(reading)
        .isEqualTo(
            new Reading.Broken(
                List.of(
                    new DocumentFault(
                        5,
                        "/paths/~1a/get/security/0/key/0",
                        DocumentFault.Code.SCOPE_MALFORMED,
                        "the scope \"A b\" is no scope token; a scope is 1 to 128 printable ASCII characters without blank, quote and backslash",
                        "write several scopes as items of a list"))));
  }

  @Test
  void read_externalReferencesThatAreNotFollowed_areNoFault() {
    Reading.Read read =
        Documents.sound(
            """
            openapi: 3.1.0
            paths:
              /a:
                parameters: [{$ref: 'http://example.com/parameter.yaml'}]
                get:
                  security: []
                  responses: {'200': {$ref: 'responses.yaml#/Done'}}
            """);

    assertThat(Documents.requirements(read)).containsEntry("GET /a", "anonymous");
  }

  @Test
  void read_moreFaultsThanAreListed_areCounted() {
    List<String> faults =
        Documents.faults(
            "openapi: 3.1.0\npaths: {}\nx: &x 1\ny: [" + "*x ,\n ".repeat(200_000) + "]\n");

    assertThat(faults).hasSize(1_001);
    assertThat(faults.get(1_000)).isEqualTo("1003 openapi_more_faults ");
  }

  @Test
  void read_byteOrderMark_isPassedOver() {
    assertThat(Documents.sound("\ufeff" + SOUND).operations()).hasSize(1);
    assertThat(Documents.sound("\ufeff{\"openapi\": \"3.1.0\", \"paths\": {}}").operations())
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16BE", "UTF-16LE", "UTF-16", "UTF-32BE", "UTF-32LE"})
  void read_wideCharacters_areRefused(String charset) {
    assertThat(
            Documents.faults(SOUND.getBytes(Charset.forName(charset)), ImportOptions.ofDefaults()))
        .containsExactly("1 openapi_encoding ");
  }

  @Test
  void read_bytesThatAreNotUtf8_areRefusedWithTheirLine() {
    assertThat(
            Documents.faults(
                SOUND.getBytes(StandardCharsets.ISO_8859_1), ImportOptions.ofDefaults()))
        .containsExactly("3 openapi_encoding ");
    byte[] cutOff = Arrays.copyOf(Documents.bytes("a: ä"), 4);
    assertThat(Documents.faults(cutOff, ImportOptions.ofDefaults()))
        .containsExactly("1 openapi_encoding ");
  }

  @Test
  void read_secretInAFault_isNotShown() {
    String token = "bit_4fT9xQ2mZp7B" + "x".repeat(38);
    Reading reading =
        OpenApiDocument.read(
            Documents.bytes(
                "openapi: 3.1.0\ncomponents: {securitySchemes: {key: {}}}\nsecurity: [{key: ["
                    + token
                    + " b]}]\npaths: {}\n"),
            ImportOptions.ofDefaults());

    assertThat(reading.toString())
        .contains("bit_4fT9xQ2mZp7B...")
        .doesNotContain("x".repeat(20).toLowerCase(Locale.ROOT));
  }
}
