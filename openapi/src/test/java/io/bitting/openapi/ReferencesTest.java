package io.bitting.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Paths that refer to others within the document. */
final class ReferencesTest {

  @Test
  void read_pathsThatRefer_haveTheOperationsOfWhatTheyReferTo() {
    Reading.Read read =
        Documents.sound(
            """
            openapi: 3.1.0
            paths:
              /a: {$ref: '#/components/pathItems/one'}
              /b: {$ref: '#/paths/~1c~1%7Bid%7D', summary: The same}
              /c/{id}: {get: {security: [{key: [c]}]}}
              /d: {$ref: '#/x-items/1'}
              /e: {$ref: '#/components/pathItems/two'}
            x-items: [1, {put: {security: [{key: [d]}]}}]
            components:
              securitySchemes:
                key: {$ref: '#/components/securitySchemes/0'}
                '0': {type: oauth2, flows: {password: {scopes: {a: Does a}}}}
              pathItems:
                one: {get: {security: [{key: [a]}]}}
                two: {$ref: '#/components/pathItems/one'}
            """,
            Documents.schemes("key"));

    assertThat(Documents.requirements(read).toString())
        .isEqualTo("{GET /a=a, GET /b=c, GET /c/{id}=c, PUT /d=d, GET /e=a}");
    assertThat(read.scopes().toString()).isEqualTo("{a=Does a, c=, d=}");
  }

  @Test
  void read_circle_isNamed() {
    Reading reading =
        OpenApiDocument.read(
            Documents.bytes(
                """
                openapi: 3.1.0
                paths:
                  /a: {$ref: '#/components/pathItems/one'}
                components:
                  pathItems:
                    one: {$ref: '#/components/pathItems/two'}
                    two: {$ref: '#/components/pathItems/one'}
                """),
            ImportOptions.ofDefaults());

    assertThat(((Reading.Broken) reading).faults())
        .singleElement()
        .extracting(DocumentFault::message)
        .isEqualTo(
            "the references lead in a circle: \"#/components/pathItems/two\" -> \"#/components/pathItems/one\"");
  }
}
