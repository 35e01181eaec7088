package io.bitting.scope;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bitting.id.ApiId;
import io.bitting.key.KeyPrefix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The catalogs that ship: the documents that the product starts from, word for word. */
final class ShippedCatalogsTest {

  /** The scopes of the first document, in its order. */
  private static final List<String> APPSEC =
      List.of(
          "scans:read",
          "scans:manage",
          "scans:run",
          "scans:stop",
          "scans:delete",
          "issues:read",
          "issues:manage",
          "files:read",
          "files:write",
          "integration.repos:read",
          "repeaters:read",
          "repeaters:write",
          "scim",
          "bot",
          "scripts:read",
          "scripts:write",
          "org:read",
          "org:write",
          "org.memberships:manage",
          "org.memberships:read");

  @ParameterizedTest
  @ValueSource(strings = {"appsec", "personnel", "bitting"})
  void file_anyOfThem_isACatalogWithoutFaults(String name) {
    Map<String, Object> file = read(name);
    assertThat(file.keySet())
        .isSubsetOf("catalog", "api", "name", "prefix", "scopes", "templates")
        .contains("catalog", "api", "name", "prefix", "scopes");
    assertThat(file).containsEntry("catalog", 1).containsEntry("api", name);
    assertThat(KeyPrefix.parse((String) file.get("prefix"))).isPresent();
    List<CatalogEntry> entries = entries(file);
    assertThat(Catalog.faults(new ApiId(name), entries, templates(file))).isEmpty();
    for (CatalogEntry entry : entries) {
      assertThat(Scope.parse(entry.scope().text())).isPresent();
      assertThat(entry.description()).isNotBlank().isEqualTo(entry.description().strip());
      assertThat(entry.implies()).isEmpty();
      assertThat(entry.retired()).isFalse();
    }
  }

  /** The file is what people read, the enum what the code rests on: they say the same. */
  @Test
  void bitting_isTheBuiltInCatalogWordForWord() {
    List<Map<String, Object>> lines = new ArrayList<>();
    for (BuiltInScope scope : BuiltInScope.values()) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("scope", scope.scope().text());
      line.put("family", scope.family().code());
      line.put("category", Catalog.builtIn().entry(scope.scope()).orElseThrow().category());
      line.put("access", scope.access().code());
      line.put("description", scope.description());
      lines.add(line);
    }
    assertThat(read("bitting").get("scopes")).isEqualTo(lines);
  }

  /** Rule 2 names the two families. */
  @Test
  void builtIn_families_areThoseOfTheRule() {
    List<String> organization = new ArrayList<>();
    List<String> installation = new ArrayList<>();
    for (BuiltInScope scope : BuiltInScope.values()) {
      (scope.family() == BuiltInScope.Family.ORGANIZATION ? organization : installation)
          .add(scope.scope().text());
      assertThat(BuiltInScope.of(scope.scope())).contains(scope);
    }
    assertThat(organization)
        .containsExactly(
            "org:read",
            "org:write",
            "org.memberships:read",
            "org.memberships:manage",
            "scim",
            "keys:read",
            "keys:issue",
            "keys:manage",
            "audit:read");
    assertThat(installation)
        .containsExactly(
            "apis:read",
            "apis:manage",
            "organizations:read",
            "organizations:manage",
            "keys:verify");
    assertThat(BuiltInScope.of(new Scope("scans:read"))).isEmpty();
  }

  @Test
  void builtIn_catalog_includesAllOfItself() {
    Catalog catalog = Catalog.builtIn();
    assertThat(catalog.api()).isEqualTo(ApiId.BITTING);
    assertThat(catalog.scopes()).hasSize(BuiltInScope.values().length).allMatch(catalog::includes);
  }

  @Test
  void appsec_hasTheTwentyScopesOfTheFirstDocumentInItsOrder() {
    List<CatalogEntry> entries = entries(read("appsec"));
    assertThat(entries).extracting(entry -> entry.scope().text()).containsExactlyElementsOf(APPSEC);

    Set<String> included = new TreeSet<>();
    for (CatalogEntry entry : entries) {
      if (entry.included()) {
        included.add(entry.scope().text());
      }
    }
    assertThat(included)
        .containsExactly(
            "org.memberships:manage", "org.memberships:read", "org:read", "org:write", "scim");
  }

  /**
   * The second document: 142 scopes in ten categories; view reads, delete and clear are dangerous.
   */
  @Test
  void personnel_hasTheScopesOfTheSecondDocument() throws IOException {
    JsonNode document;
    try (var json = ShippedCatalogsTest.class.getResourceAsStream("/personnel-scopes.json")) {
      document = new ObjectMapper().readTree(json);
    }
    List<CatalogEntry> entries = entries(read("personnel"));
    assertThat(entries).hasSize(142);
    assertThat(document).hasSize(142);
    for (int i = 0; i < 142; i++) {
      CatalogEntry entry = entries.get(i);
      JsonNode line = document.get(i);
      assertThat(entry.scope().text()).isEqualTo(line.get("scope").textValue());
      assertThat(entry.category()).isEqualTo(line.get("category").textValue());
      assertThat(entry.description()).isEqualTo(line.get("description").textValue());
      assertThat(entry.access()).isEqualTo(access(entry.scope().text()));
      assertThat(entry.included()).isFalse();
    }
    assertThat(new LinkedHashSet<>(entries.stream().map(CatalogEntry::category).toList()))
        .containsExactly(
            "Personnel",
            "Organization",
            "Records",
            "Awards & Qualifications",
            "Forms",
            "Calendars & Events",
            "Content",
            "Tasks",
            "Other",
            "System");
  }

  private static AccessLevel access(String scope) {
    String action = scope.substring(0, scope.indexOf(':'));
    return switch (action) {
      case "view" -> AccessLevel.READ;
      case "create", "update" -> AccessLevel.WRITE;
      case "delete", "clear" -> AccessLevel.DANGER;
      default -> throw new AssertionError(scope);
    };
  }

  private static Map<String, Object> read(String name) {
    Path file = Path.of("..", "catalogs", name + ".yaml");
    try {
      return new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file));
    } catch (IOException e) {
      throw new AssertionError("run from the folder of the module", e);
    }
  }

  @SuppressWarnings("unchecked")
  private static List<Template> templates(Map<String, Object> file) {
    List<Template> templates = new ArrayList<>();
    for (Map<String, Object> line :
        (List<Map<String, Object>>) file.getOrDefault("templates", List.of())) {
      TreeSet<Scope> scopes = new TreeSet<>();
      ((List<String>) line.get("scopes")).forEach(scope -> scopes.add(new Scope(scope)));
      templates.add(
          new Template((String) line.get("name"), (String) line.get("description"), scopes));
    }
    return templates;
  }

  @SuppressWarnings("unchecked")
  private static List<CatalogEntry> entries(Map<String, Object> file) {
    boolean builtIn = file.get("api").equals("bitting");
    List<CatalogEntry> entries = new ArrayList<>();
    for (Map<String, Object> line : (List<Map<String, Object>>) file.get("scopes")) {
      boolean included = builtIn || line.containsKey("include");
      String name = (String) line.get(line.containsKey("include") ? "include" : "scope");
      AccessLevel access =
          line.containsKey("access")
              ? AccessLevel.of((String) line.get("access")).orElseThrow()
              : BuiltInScope.of(new Scope(name)).orElseThrow().access();
      entries.add(
          new CatalogEntry(
              new Scope(name),
              (String) line.get("category"),
              access,
              (String) line.get("description"),
              included,
              new TreeSet<>(),
              false));
    }
    return entries;
  }
}
