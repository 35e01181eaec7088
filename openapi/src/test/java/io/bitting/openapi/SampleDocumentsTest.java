package io.bitting.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bitting.operation.Operation;
import io.bitting.scope.Scope;
import io.swagger.parser.OpenAPIParser;
import io.swagger.v3.oas.models.OpenAPI;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole documents: every operation with its requirement, compared with other readers. */
final class SampleDocumentsTest {

  /** The document has one scheme and one alternative each: what is left is to walk over it. */
  @Test
  void personnel_everyOperation_requiresWhatTheFileSays() throws IOException {
    byte[] file = Documents.file("personnel.openapi.json");
    Map<String, String> raw = new LinkedHashMap<>();
    JsonNode paths = new ObjectMapper().readTree(file).required("paths");
    for (Map.Entry<String, JsonNode> path : paths.properties()) {
      for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
        if (!method.getKey().equals("parameters")) {
          JsonNode security = method.getValue().required("security");
          TreeSet<String> scopes = new TreeSet<>();
          security.path(0).path("apiKey").forEach(scope -> scopes.add(scope.textValue()));
          assertThat(security.size()).isLessThanOrEqualTo(1);
          raw.put(
              method.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(),
              security.isEmpty()
                  ? "anonymous"
                  : scopes.isEmpty() ? "any valid key" : String.join(" & ", scopes));
        }
      }
    }

    Reading.Read read = Documents.sound(file, ImportOptions.ofDefaults());

    assertThat(raw).hasSize(714);
    assertThat(Documents.requirements(read)).isEqualTo(raw);
    assertThat(read.operations())
        .extracting(Operation::id)
        .doesNotContain("")
        .doesNotHaveDuplicates();
    assertThat(read.anonymous()).hasSize(2);
    assertThat(read.undeclared()).isEmpty();
    assertThat(raw.values().stream().filter(words -> words.contains("&"))).hasSize(56);
    assertThat(Documents.notes(read, DocumentNote.Code.ANY_VALID_KEY)).hasSize(3);
    assertThat(read.title()).isEqualTo("Personnel API");
    assertThat(read.version()).isEqualTo("2");
  }

  @Test
  void pets_keyForOauth_neverWeakensAnOperation() {
    Reading.Read read =
        Documents.sound(Documents.file("pets.yaml"), Documents.schemes("pets_auth"));

    String both = "read:pets & write:pets";
    assertThat(Documents.requirements(read))
        .containsExactly(
            Map.entry("POST /api/v3/pet", both),
            Map.entry("GET /api/v3/pet/findByStatus", both),
            Map.entry("GET /api/v3/pet/{petId}", both),
            Map.entry("DELETE /api/v3/pet/{petId}", both),
            Map.entry("GET /api/v3/store/inventory", "undeclared"),
            Map.entry("POST /api/v3/store/order", "undeclared"),
            Map.entry("GET /api/v3/user/logout", "undeclared"),
            Map.entry("GET /api/v3/user/{username}", "undeclared"),
            Map.entry("PUT /api/v3/user/{username}", "undeclared"),
            Map.entry("DELETE /api/v3/user/{username}", "undeclared"));
    assertThat(read.anonymous()).isEmpty();
    assertThat(Documents.notes(read, DocumentNote.Code.NOTHING_LEFT))
        .containsExactly("GET /api/v3/store/inventory");
    assertThat(read.scopes())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                new Scope("read:pets"), "read your pets",
                new Scope("write:pets"), "modify pets in your account"));
  }

  @Test
  void pets_keyForBoth_neverMakesScopesGuardNothing() {
    Reading.Read read =
        Documents.sound(Documents.file("pets.yaml"), Documents.schemes("pets_auth", "api_key"));

    assertThat(Documents.requirements(read))
        .containsEntry("GET /api/v3/pet/{petId}", "read:pets & write:pets")
        .containsEntry("GET /api/v3/store/inventory", "any valid key")
        .containsEntry("DELETE /api/v3/user/{username}", "undeclared");
  }

  @Test
  void pets_keyForSchemeWithoutScopes_isNotEnoughWhereTheOtherHasSome() {
    Reading.Read read = Documents.sound(Documents.file("pets.yaml"), Documents.schemes("api_key"));

    assertThat(Documents.requirements(read))
        .containsEntry("GET /api/v3/pet/{petId}", "undeclared")
        .containsEntry("GET /api/v3/store/inventory", "any valid key")
        .containsEntry("DELETE /api/v3/user/{username}", "undeclared");
  }

  @Test
  void pets_noSchemeNamed_listsThem() {
    Reading reading = OpenApiDocument.read(Documents.file("pets.yaml"), ImportOptions.ofDefaults());

    assertThat(reading.toString())
        .contains("SCHEME_UNNAMED")
        .contains("has the security schemes \"pets_auth\", \"api_key\"");
  }

  @Test
  void droplets_twoBearers_areToldApart() {
    Reading.Read read =
        Documents.sound(Documents.file("droplets.json"), Documents.schemes("bearer_auth"));

    assertThat(Documents.requirements(read))
        .containsExactly(
            Map.entry("GET /v2/droplets", "droplet:read"),
            Map.entry(
                "POST /v2/droplets",
                "droplet:create & image:read & ssh_key:read & tag:create & vpc:read"),
            Map.entry("GET /v2/droplets/{droplet_id}/kernels", "droplet:read | kernel:read"),
            Map.entry("GET /v2/sizes", "any valid key"),
            Map.entry("POST /edge/v1/chat/completions", "undeclared"),
            Map.entry("GET /v2/public", "anonymous"));
    assertThat(read.operations().get(0).tag()).isEqualTo("Droplets");
  }

  @Test
  void orders_swagger2_isReadWithBasePathAndDescriptions() {
    Reading.Read read =
        Documents.sound(Documents.file("orders.swagger.yaml"), Documents.schemes("key"));

    assertThat(Documents.requirements(read))
        .containsExactly(
            Map.entry("GET /shop/v1/orders", "orders:read"),
            Map.entry("POST /shop/v1/orders", "orders:read & orders:write"),
            Map.entry("DELETE /shop/v1/orders/{id}", "undeclared"),
            Map.entry("GET /shop/v1/health", "anonymous"));
    assertThat(read.scopes()).containsEntry(new Scope("orders:write"), "Change orders");
  }

  /** A second opinion: which operations there are, and what they are called. */
  @ParameterizedTest
  @CsvSource({
    "personnel.openapi.json, 714",
    "pets.yaml, 10",
    "droplets.json, 6",
    "orders.swagger.yaml, 4"
  })
  void operations_ofEachDocument_areThoseOfAnotherParser(String file, int count) {
    byte[] document = Documents.file(file);
    OpenAPI judged =
        new OpenAPIParser()
            .readContents(new String(document, StandardCharsets.UTF_8), null, null)
            .getOpenAPI();
    Map<String, String> theirs = new TreeMap<>();
    judged
        .getPaths()
        .forEach((path, item) ->
            item.readOperationsMap()
                .forEach((method, operation) ->
                    theirs.put(
                        method + " " + path,
                        operation.getOperationId() == null ? "" : operation.getOperationId())));

    ImportOptions.Builder options = ImportOptions.builder().basePath("/");
    judged.getComponents().getSecuritySchemes().keySet().forEach(options::scheme);
    Map<String, String> ours = new TreeMap<>();
    List<Operation> operations =
        new ArrayList<>(Documents.sound(document, options.build()).operations());
    operations.forEach(operation -> ours.put(operation.name(), operation.id()));

    assertThat(ours).hasSize(count).isEqualTo(theirs);
  }
}
