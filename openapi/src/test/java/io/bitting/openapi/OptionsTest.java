package io.bitting.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the options say of schemes, base paths and scopes of which any one will do. */
final class OptionsTest {
  private static final String DOCUMENT =
      """
      openapi: 3.1.0
      servers: [{url: https://a.example/v1}]
      components: {securitySchemes: {key: {}}}
      paths:
        /a:
          get: {operationId: getA, security: [{key: [a, b]}]}
          put: {operationId: both, security: [{key: [a, b]}]}
        /b:
          get: {operationId: both, security: [{key: [a]}]}
      """;

  @Test
  void anyOf_ofOneOperation_changesItAlone() {
    for (String name : List.of("getA", "GET /a")) {
      Reading.Read read = Documents.sound(DOCUMENT, ImportOptions.builder().anyOf(name).build());

      assertThat(Documents.requirements(read))
          .containsEntry("GET /v1/a", "a | b")
          .containsEntry("PUT /v1/a", "a & b");
      assertThat(Documents.notes(read, DocumentNote.Code.ANY_OF)).containsExactly("GET /v1/a");
    }
  }

  @Test
  void anyOf_everywhere_notesEachOperationThatChanges() {
    Reading.Read read =
        Documents.sound(DOCUMENT, ImportOptions.builder().anyOfEverywhere().build());

    assertThat(Documents.notes(read, DocumentNote.Code.ANY_OF))
        .containsExactly("GET /v1/a", "PUT /v1/a");
  }

  @ParameterizedTest
  @ValueSource(strings = {"getB", "GET /b/", "get /a", "GET /v1/a", "", "POST /a", "both"})
  void anyOf_operationThatTheDocumentLacksOrHasTwice_isAFault(String name) {
    assertThat(Documents.faults(DOCUMENT, ImportOptions.builder().anyOf(name).build()))
        .containsExactly("1 openapi_operation_unknown ");
  }

  @Test
  void anyOf_moreCombinationsThanAreRead_isAFault() {
    String tenOfEach =
        DOCUMENT.replace(
            "[{key: [a, b]}]}\n    put",
            "[{key: [a, b, c, d, e, f, g, h, i, j, k]}], x-required-scopes: [l, m, n, o, p, q, r, s, t, u]}\n    put");

    assertThat(Documents.faults(tenOfEach, ImportOptions.builder().anyOfEverywhere().build()))
        .containsExactly("6 openapi_list_too_long /paths/~1a/get");
    assertThat(Documents.sound(tenOfEach).operations()).hasSize(3);
  }

  @Test
  void operationId_twice_isNoted() {
    assertThat(Documents.notes(Documents.sound(DOCUMENT), DocumentNote.Code.OPERATION_ID_REPEATED))
        .containsExactly("GET /b");
  }

  @Test
  void scheme_none_takesTheOnlyOne() {
    assertThat(Documents.requirements(Documents.sound(DOCUMENT)))
        .containsEntry("GET /v1/a", "a & b");
  }

  @Test
  void scheme_noneOfSeveral_isAFault() {
    assertThat(Documents.faults(DOCUMENT.replace("{key: {}}", "{key: {}, other: {}}")))
        .containsExactly("3 openapi_scheme_unnamed /components/securitySchemes");
  }

  @Test
  void scheme_thatTheDocumentLacks_isAFault() {
    assertThat(Documents.faults(DOCUMENT, Documents.schemes("key", "Key")))
        .containsExactly("3 openapi_scheme_unknown /components/securitySchemes");
  }

  @Test
  void scheme_documentWithoutAny_needsNone() {
    assertThat(
            Documents.requirements(
                Documents.sound(
                    "openapi: 3.0.0\npaths:\n  /a:\n    get: {x-required-scopes: [a]}\n    put: {}\n")))
        .containsEntry("GET /a", "a")
        .containsEntry("PUT /a", "undeclared");
  }

  @Test
  void basePath_given_replacesEveryServer() {
    assertThat(
            Documents.requirements(
                Documents.sound(DOCUMENT, ImportOptions.builder().basePath("/v2/").build())))
        .containsKeys("GET /v2/a");
    assertThat(
            Documents.requirements(
                Documents.sound(
                    DOCUMENT.replace("https://a.example/v1", "'{nowhere}'"),
                    ImportOptions.builder().basePath("/").build())))
        .containsKeys("GET /a");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "v1", "/{v}", "/v1?x", "//v1"})
  void basePath_thatIsNone_isRefused(String path) {
    assertThatThrownBy(() -> ImportOptions.builder().basePath(path))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("path");
  }
}
