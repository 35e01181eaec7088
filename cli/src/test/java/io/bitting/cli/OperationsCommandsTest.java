package io.bitting.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.bitting.openapi.OpenApiDocument;
import io.bitting.server.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands about an API's operations against a real server. */
final class OperationsCommandsTest {
  private static final String DOCUMENT =
      """
      openapi: 3.0.3
      info: {title: Shop, version: '2'}
      servers: [{url: /v2}]
      components:
        securitySchemes:
          key: {type: apiKey, in: header, name: X-API-Key}
      paths:
        /orders:
          get: {summary: Lists, security: [{key: [orders:read]}], responses: {}}
          post: {summary: Orders, security: [{key: [orders:write]}], responses: {}}
        /orders/{id}:
          get: {summary: Shows, security: [{key: [orders:read]}], responses: {}}
      """;

  private static final String MORE =
      """
        /status:
          get: {security: [], responses: {}}
        /hidden:
          get: {responses: {}}
      """;

  @SuppressWarnings("NullAway.Init")
  private static TestServer server;

  @TempDir private Path folder;
  private Cli cli;

  @BeforeAll
  static void startServer() {
    server = TestServer.start();
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @BeforeEach
  void signIn() {
    cli = Cli.of(folder, server, server.ownerToken());
    cli.file("shop.yaml", DOCUMENT);
  }

  private void api(String id) {
    cli.file(
        "catalog.yaml",
        """
        catalog: 1
        api: %1$s
        name: Shop
        prefix: %1$s
        scopes:
          - {scope: orders:read, category: Orders, access: read, description: Reads.}
          - {scope: orders:write, category: Orders, access: write, description: Writes.}
        """
            .formatted(id));
    cli.ok("catalog", "apply", "catalog.yaml", "--yes");
  }

  @Test
  void import_newOperations_changesNothingBeforeTheYes() {
    api("asks");

    assertThat(
            cli.ended(ExitCode.DIFFERENCES, "apis", "import", "asks", "shop.yaml", "--plan").err())
        .contains(
            "New (3):",
            "  GET /v2/orders: orders:read",
            "  POST /v2/orders: orders:write",
            "Nothing was changed.");
    assertThat(cli.ended(ExitCode.USAGE, "apis", "import", "asks", "shop.yaml").err())
        .contains("the operations of asks", "--yes", "--plan");
    assertThat(cli.answering("n").run("apis", "import", "asks", "shop.yaml").err())
        .contains("nothing was changed");
    assertThat(cli.asked()).anyMatch(question -> question.contains("The operations of asks at "));
    assertThat(cli.ended(ExitCode.FAILURE, "apis", "coverage", "asks").err())
        .contains("The API asks has no operations", "bitting apis import asks FILE");

    cli.answering("y");
    assertThat(cli.ok("apis", "import", "asks", "shop.yaml").err())
        .contains("Applied: asks has 3 operations, version 1.");
    cli.unattended();
    assertThat(cli.ok("apis", "import", "asks", "shop.yaml", "--plan").err())
        .contains("Nothing to change: asks has these 3 operations, version 1.");
    Cli.Result coverage = cli.ok("apis", "coverage", "asks");
    assertThat(coverage.lines())
        .hasSize(4)
        .anyMatch(line -> line.matches("GET /v2/orders +orders:read +Lists"));
    assertThat(coverage.err()).contains("3 operations, nothing amiss.");
  }

  @Test
  void import_operationsThatOpenOrThatNobodyMayCall_areNamed() {
    api("opens");
    cli.file("shop.yaml", DOCUMENT.replace("orders:write", "orders:place") + MORE);

    assertThat(cli.ok("apis", "import", "opens", "shop.yaml", "--yes").err())
        .contains(
            "OPEN TO EVERYBODY from now on (1):\n  GET /v2/status",
            "Undeclared, and so refused to every key (1):\n  GET /v2/hidden",
            "so that no key can hold them (1):\n  orders:place",
            "Applied: opens has 5 operations, version 1.");

    Cli.Result coverage = cli.ended(ExitCode.FAILURE, "apis", "coverage", "opens");
    assertThat(coverage.out()).containsPattern("GET /v2/hidden +undeclared");
    assertThat(coverage.err())
        .contains(
            "1 undeclared, and so refused to every key: GET /v2/hidden",
            "1 required, and not in the catalog: orders:place",
            "1 in the catalog, and guarding nothing: orders:write")
        .doesNotContain("nothing amiss");
  }

  @Test
  void import_saysEachThingOnce() {
    api("once");
    cli.file(
        "small.yaml",
        """
        openapi: 3.0.3
        info: {title: Shop, version: "1"}
        paths:
          /ghosts: {get: {security: [{key: ["ghosts:see"]}], responses: {}}}
          /hidden: {get: {responses: {}}}
        components: {securitySchemes: {key: {type: apiKey, in: header, name: X-API-Key}}}
        """);

    assertThat(
            cli.ended(ExitCode.DIFFERENCES, "apis", "import", "once", "small.yaml", "--plan").err())
        .containsOnlyOnce("ghosts:see\n  GET /hidden")
        .contains(
            "Undeclared, and so refused to every key (1):",
            "Scopes that the catalog does not have",
            "2 scopes of the catalog would guard nothing",
            "bitting apis coverage once")
        .doesNotContain("is required by no operation", "is required and not in the catalog");
  }

  @Test
  void api_thatIsNotThere_isNamedWithWhatMayBeMeant() {
    api("shopping");

    for (String[] command :
        new String[][] {
          {"apis", "import", "shoping", "shop.yaml"},
          {"apis", "coverage", "shoping"},
          {"apis", "page", "shoping"}
        }) {
      assertThat(cli.ended(ExitCode.NOT_FOUND, command).err())
          .contains("there is no API \"shoping\"", "Did you mean shopping?");
    }
    cli.ok("apis", "put", "bare", "--name", "Bare", "--prefix", "bare");
    assertThat(cli.ended(ExitCode.NOT_FOUND, "apis", "page", "bare").err())
        .contains("API bare has no page, since it has no catalog", "bitting catalog apply FILE");
  }

  @Test
  void import_fromJson_isTheSame() {
    api("json");
    cli.file(
        "shop.JSON",
        """
        {"openapi": "3.0.3", "info": {"title": "Shop", "version": "1"},
         "components": {"securitySchemes": {"key": {"type": "http", "scheme": "bearer"}}},
         "paths": {"/orders": {"get": {"security": [{"key": ["orders:read", "orders:write"]}],
          "responses": {}}}}}
        """);

    assertThat(cli.ok("apis", "import", "json", "shop.JSON", "--yes").err())
        .contains("GET /orders: orders:read and orders:write");
    assertThat(
            cli.ok(
                    "apis",
                    "import",
                    "json",
                    "shop.JSON",
                    "--yes",
                    "--any-of",
                    "GET /orders",
                    "--base-path",
                    "/v9",
                    "--published")
                .err())
        .contains(
            "GET /v9/orders: orders:read, or orders:write", "Gone (1):", "Everybody may read");
  }

  @Test
  void import_brokenDocument_namesEveryFault() {
    api("broken");
    cli.file(
        "shop.yaml",
        DOCUMENT.replace("[{key: [orders:write]}]", "{key: []}")
            + "  /x:\n    get: {security: [{nokey: []}]}\n");

    assertThat(cli.ended(ExitCode.FAILURE, "apis", "import", "broken", "shop.yaml", "--yes").err())
        .contains(
            "2 faults; nothing was changed", "line 10  \"security\" is an object", "line 14  ")
        .doesNotContain("Applied");
    assertThat(cli.ended(ExitCode.FAILURE, "apis", "coverage", "broken").err())
        .contains("no operations");
  }

  @Test
  void import_severalSchemes_wantsTheOneThatAKeyStandsFor() {
    api("schemes");
    cli.file(
        "shop.yaml",
        DOCUMENT.replace(
            "securitySchemes:", "securitySchemes:\n    login: {type: http, scheme: basic}"));

    assertThat(cli.ended(ExitCode.FAILURE, "apis", "import", "schemes", "shop.yaml", "--yes").err())
        .contains("key", "login", "--scheme");
    cli.ok("apis", "import", "schemes", "shop.yaml", "--yes", "--scheme", "key");
  }

  @Test
  void import_whatCannotBe_saysWhy() throws IOException {
    api("cannot");
    assertThat(
            cli.ended(ExitCode.NOT_FOUND, "apis", "import", "nothing", "shop.yaml", "--yes").err())
        .contains("nothing");
    cli.ended(ExitCode.NOT_FOUND, "apis", "coverage", "nothing");
    cli.ended(ExitCode.CONFLICT, "apis", "import", "bitting", "shop.yaml", "--yes");
    assertThat(cli.ended(ExitCode.FAILURE, "apis", "import", "cannot", "none.yaml").err())
        .contains("none.yaml cannot be read");
    Files.write(folder.resolve("latin.yaml"), new byte[] {'a', ':', ' ', (byte) 0xe9});
    assertThat(cli.ended(ExitCode.FAILURE, "apis", "import", "cannot", "latin.yaml").err())
        .contains("latin.yaml is not text in UTF-8");
    Files.write(folder.resolve("large.yaml"), new byte[OpenApiDocument.BYTES_MAX + 1]);
    assertThat(cli.ended(ExitCode.FAILURE, "apis", "import", "cannot", "large.yaml").err())
        .contains("large.yaml has more than 8388608 bytes");
    assertThat(
            cli.ended(
                    ExitCode.FAILURE, "apis", "import", "cannot", "shop.yaml", "--base-path", "v1")
                .err())
        .contains("base path \"v1\"");

    cli.file("token", cli.key("bitting", "weak", "org:read"));
    assertThat(
            cli.ended(
                    ExitCode.REFUSED,
                    "apis",
                    "import",
                    "cannot",
                    "shop.yaml",
                    "--token-file",
                    "token")
                .err())
        .contains("apis:manage", "403 insufficient_scope");
    assertThat(
            cli.ended(ExitCode.REFUSED, "apis", "coverage", "cannot", "--token-file", "token")
                .err())
        .contains("403 insufficient_scope");
  }

  @Test
  void verify_operation_isWhatTheServerKnows() {
    api("verify");
    cli.ok("apis", "import", "verify", "shop.yaml", "--yes");
    cli.file("token", cli.key("verify", "reader", "orders:read"));

    assertThat(cli.ok(verifying("GET /v2/orders/7")).out())
        .startsWith("allowed")
        .contains("GET /v2/orders/{id}");
    assertThat(cli.ok(verifying("  GET   /v2/orders?x=1 ")).out()).contains("GET /v2/orders");
    assertThat(cli.ended(ExitCode.REFUSED, verifying("POST /v2/orders")).out())
        .contains("denied  insufficient_scope", "missing orders:write");
    assertThat(cli.ended(ExitCode.REFUSED, verifying("GET /v2/other")).out())
        .contains("denied  operation_unknown");
    assertThat(cli.ended(ExitCode.REFUSED, verifying("GET /v2//orders")).out())
        .contains("denied  operation_ambiguous");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "GET", "/v2/orders/7", "GET /v2/orders /7"})
  void verify_noOperation_isAMistakeOfUse(String operation) {
    cli.file("token", "none");
    assertThat(cli.ended(ExitCode.USAGE, verifying(operation)).err()).contains("GET /users/7");
  }

  private static String[] verifying(String operation) {
    return new String[] {
      "verify", "--api", "verify", "--operation", operation, "--key-file", "token"
    };
  }
}
