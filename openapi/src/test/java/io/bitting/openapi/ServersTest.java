package io.bitting.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Under which paths the servers of a document offer its operations. */
final class ServersTest {
  private static String document(String servers) {
    return "openapi: 3.1.0\nservers: " + servers + "\npaths:\n  /a: {get: {security: []}}\n";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[] | GET /a",
        "[{url: /}] | GET /a",
        "[{url: 'https://a.example'}] | GET /a",
        "[{url: 'https://a.example/'}] | GET /a",
        "[{url: 'https://a.example:8080/v1'}] | GET /v1/a",
        "[{url: 'https://a.example/v1/'}] | GET /v1/a",
        "[{url: //a.example/v1}] | GET /v1/a",
        "[{url: /v1}] | GET /v1/a",
        "[{url: /v1/x}, {url: 'http://b.example/v1/x'}] | GET /v1/x/a",
        "[{url: /v1}, {url: /v2}] | GET /v1/a, GET /v2/a",
        "[{url: 'https://{region}.a.example/v1'}] | GET /v1/a",
        "[{url: '{scheme}://a.example/v1', variables: {scheme: {enum: [http, https]}}}] | GET /v1/a",
        "[{url: 'https://a.example:{port}/v1', variables: {port: {default: 443}}}] | GET /v1/a",
        "[{url: '/{v}', variables: {v: {enum: [v1, v2], default: v2}}}] | GET /v1/a, GET /v2/a",
        "[{url: '/{v}', variables: {v: {default: v1}}}] | GET /v1/a",
        "[{url: '{server}/x', variables: {server: {enum: ['https://a.example/v1', /v2]}}}] | GET /v1/x/a, GET /v2/x/a",
        "[{url: '/{a}/{b}/{a}', variables: {a: {enum: [x, y]}, b: {enum: [z]}}}] | GET /x/z/x/a, GET /y/z/y/a",
      })
  void read_servers_giveTheBasePaths(String servers, String operations) {
    assertThat(Documents.requirements(Documents.sound(document(servers))).keySet())
        .containsExactly(operations.split(", ", -1));
  }

  @Test
  void read_defaultOfAnOpenVariable_isNoted() {
    assertThat(
            Documents.notes(
                Documents.sound(
                    document(
                        "[{url: 'https://{host}/{v}', variables: {host: {default: a.example}, v: {default: v1}}}]")),
                DocumentNote.Code.SERVER_VARIABLE))
        .containsExactly("/servers/0/variables/v");
  }

  @Test
  void read_serversOfPathAndOperation_replaceTheOuterOnes() {
    assertThat(
            Documents.requirements(
                    Documents.sound(
                        """
                        openapi: 3.0.0
                        servers: [{url: /v1}]
                        paths:
                          /a:
                            servers: [{url: /v2}]
                            get: {security: []}
                            put: {security: [], servers: [{url: /v3}]}
                          /b:
                            get: {security: []}
                        """))
                .keySet())
        .containsExactly("GET /v2/a", "PUT /v3/a", "GET /v1/b");
  }

  @Test
  void read_pathsThatAreOneUnderTheirBasePaths_areAFault() {
    assertThat(
            Documents.faults(
                """
                openapi: 3.0.0
                paths:
                  /v1/a:
                    get: {security: []}
                  /a:
                    servers: [{url: /v1}]
                    get: {security: []}
                """))
        .containsExactly("7 openapi_operation_repeated /paths/~1a/get");
  }

  @Test
  void read_swagger2_hasBasePathAndNoServers() {
    assertThat(
            Documents.requirements(
                    Documents.sound(
                        "swagger: '2.0'\nbasePath: /v1\npaths:\n  /a: {get: {security: []}}\n"))
                .keySet())
        .containsExactly("GET /v1/a");
    assertThat(
            Documents.requirements(
                    Documents.sound("swagger: 2.0\npaths:\n  /a: {get: {security: []}}\n"))
                .keySet())
        .containsExactly("GET /a");
  }
}
