package io.bitting.server.apis;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bitting.server.Attacks;
import io.bitting.server.Problems;
import io.bitting.server.TestServer;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Guarantees that a catalog that is no catalog is refused over HTTP, and nothing stored of it. */
final class CatalogBodyTest {
  private static final TestServer SERVER = TestServer.shared();
  private static final int BYTES_MAX = 1024 * 1024;
  private static Draft draft;

  @BeforeAll
  static void start() {
    draft = new Draft(SERVER).scope("books:read", "");
    draft.put("").ok();
  }

  private static String yaml() {
    return draft.yaml(TestServer.prefix(draft.api));
  }

  private static TestServer.Reply put(String type, byte[] body) {
    HttpRequest.Builder request =
        SERVER.request(SERVER.ownerToken(), "/v1/apis/" + draft.api + "/catalog");
    if (!type.isEmpty()) {
      request.header("Content-Type", type);
    }
    return SERVER.send(request.PUT(HttpRequest.BodyPublishers.ofByteArray(body)).build());
  }

  private static TestServer.Reply put(String type, String body) {
    return put(type, body.getBytes(StandardCharsets.UTF_8));
  }

  static Stream<String> attacks() {
    return Attacks.of("catalogs.json").stream().map(attack -> attack.path("name").asText());
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void put_attack_isRefused_andNothingIsStored(String name) {
    JsonNode attack =
        Attacks.of("catalogs.json").stream()
            .filter(a -> a.path("name").asText().equals(name))
            .findFirst()
            .orElseThrow();
    String body = Attacks.unfold(attack.path("text").asText()).replace("$yaml", yaml());
    String before = SERVER.position();
    JsonNode shown = draft.shown();
    JsonNode problem =
        Problems.expect(
            put("application/" + attack.path("type").asText(), body),
            attack.path("status").asInt(),
            attack.path("status").asInt() == 422 ? "validation_failed" : "request_malformed");
    List<String> codes = problem.path("faults").findValuesAsText("code");
    attack.path("codes").forEach(code -> assertThat(codes).contains(code.asText()));
    assertThat(problem.toString())
        .doesNotContain("org.yaml", "com.fasterxml", "Exception", "\n")
        .hasSizeLessThan(1_000_000);
    assertThat(SERVER.position()).isEqualTo(before);
    assertThat(draft.shown()).isEqualTo(shown);
  }

  /** Names that hash alike, and more faults than anybody reads. */
  @Test
  void put_manyMembers_isRefused_andTheAnswerIsBounded() {
    String before = SERVER.position();
    for (String name : List.of("\"a\"", "\"%s\"")) {
      StringBuilder json = new StringBuilder("{\"a\":1");
      for (int i = 0; json.length() < BYTES_MAX - 100; i++) {
        StringBuilder alike = new StringBuilder();
        for (int bit = 0; bit < 17; bit++) {
          alike.append((i >> bit & 1) == 0 ? "Aa" : "BB");
        }
        json.append(',').append(name.formatted(alike)).append(":1");
      }
      TestServer.Reply reply = put("application/json", json.append('}').toString());
      JsonNode problem = Problems.expect(reply, 422, "validation_failed");
      assertThat(problem.path("faults")).hasSizeLessThanOrEqualTo(1_001);
      assertThat(problem.path("faults").findValuesAsText("code")).contains("catalog_more_faults");
      assertThat(reply.text()).hasSizeLessThan(1_000_000);
    }
    assertThat(SERVER.position()).isEqualTo(before);
  }

  /** Each fault says where it is, which value is wrong and what to do; all of them at once. */
  @Test
  void put_manyFaults_namesEachWithItsLineAndValue() {
    String yaml =
        """
        catalog: 2
        api: Library
        name: ok
        prefix: LIB-1
        scopes:
          - {scope: "books read", category: A, access: read, description: d}
          - {scope: "b\u043e\u043eks:read", category: A, access: read, description: d}
          - {scope: books:read, category: A, access: all, description: d}
          - {scope: books:write, category: A, access: read, description: d, implies: [books:reed]}
          - {scope: books:write, category: A, access: read, description: d}
          - {include: keys:verify}
          - {include: org:rule}
          - {scope: a, category: A, access: read, description: d, colour: red}
        """;
    String before = SERVER.position();
    JsonNode problem = Problems.expect(put("application/yaml", yaml), 422, "validation_failed");
    Map<Integer, String> values =
        Map.ofEntries(
            Map.entry(1, "\"2\""),
            Map.entry(2, "\"Library\""),
            Map.entry(4, "\"LIB-1\""),
            Map.entry(6, "\"books read\""),
            Map.entry(7, "U+043E"),
            Map.entry(8, "\"all\""),
            Map.entry(9, "\"books:reed\""),
            Map.entry(10, "\"books:write\""),
            Map.entry(11, "\"keys:verify\""),
            Map.entry(12, "\"org:rule\""),
            Map.entry(13, "\"colour\""));
    List<Integer> lines = new ArrayList<>();
    for (JsonNode fault : problem.path("faults")) {
      int line = fault.path("line").asInt();
      lines.add(line);
      assertThat(fault.path("message").asText()).as("line " + line).contains(values.get(line));
      assertThat(fault.path("fix").asText()).as("line " + line).isNotBlank();
    }
    assertThat(lines).isSorted().hasSameElementsAs(values.keySet());
    assertThat(problem.path("detail").asText()).contains("has 11 faults");
    assertThat(SERVER.position()).isEqualTo(before);
  }

  static Stream<Path> files() throws Exception {
    try (Stream<Path> files = Files.list(Path.of("src/test/resources/attacks/catalogs"))) {
      return files.sorted().toList().stream();
    }
  }

  @Test
  void put_everyFaultyFile_storesNothing() throws Exception {
    String before = SERVER.position();
    int count = 0;
    for (Path file : files().toList()) {
      for (String type : List.of("application/yaml", "application/json")) {
        assertThat(put(type, Files.readString(file)).status()).as(file + " " + type).isEqualTo(422);
        count++;
      }
    }
    assertThat(SERVER.position()).isEqualTo(before);
    System.out.println("faulty catalogs over HTTP: " + count + " requests refused");
  }

  @Test
  void put_asLongAsAllowed_isTaken_andOneByteMoreIsNot() {
    String most = yaml() + "#".repeat(BYTES_MAX - yaml().length());
    String before = SERVER.position();
    assertThat(put("application/yaml", most).ok().json().path("version").asInt()).isEqualTo(1);
    Problems.expect(put("application/yaml", most + "#"), 413, "body_too_large");
    // Without a length that is declared.
    byte[] more = (most + "#").getBytes(StandardCharsets.UTF_8);
    Problems.expect(
        SERVER.send(
            SERVER
                .request(SERVER.ownerToken(), "/v1/apis/" + draft.api + "/catalog")
                .header("Content-Type", "application/yaml")
                .PUT(
                    HttpRequest.BodyPublishers.ofInputStream(
                        () -> new java.io.ByteArrayInputStream(more)))
                .build()),
        413,
        "body_too_large");
    assertThat(SERVER.position()).isEqualTo(before);
  }

  /** The type decides how it is read: none is guessed. */
  @Test
  void put_typeAndText_haveToAgree() {
    String json =
        TestServer.json(
            "catalog",
            1,
            "api",
            draft.api,
            "name",
            "Library",
            "prefix",
            TestServer.prefix(draft.api),
            "scopes",
            List.of(
                TestServer.parse(
                    TestServer.json(
                        "scope",
                        "books:read",
                        "category",
                        "Books",
                        "access",
                        "read",
                        "description",
                        "About books:read."))));
    String before = SERVER.position();
    // YAML 1.2 has JSON within it.
    for (String type :
        List.of(
            "application/json",
            "application/yaml",
            "Application/JSON; charset=utf-8",
            "application/yaml;charset=UTF-8")) {
      assertThat(put(type, json).ok().json().path("version").asInt()).as(type).isEqualTo(1);
    }
    put("application/yaml", yaml()).ok();
    Problems.expect(put("application/json", yaml()), 422, "validation_failed");
    for (String type : List.of("", "text/plain", "application/x-yaml", "application/jsonx", ";")) {
      Problems.expect(put(type, json), 415, "media_type_unsupported");
    }
    assertThat(SERVER.position()).isEqualTo(before);
  }
}
