package io.bitting.samples;

import io.bitting.id.ApiId;
import io.bitting.scope.AccessLevel;
import io.bitting.scope.BuiltInScope;
import io.bitting.scope.Catalog;
import io.bitting.scope.CatalogEntry;
import io.bitting.scope.Scope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * Reads a catalog that ships with the product. What is wrong with a file is for its own tests to
 * say.
 */
public final class ShippedCatalog {
  private ShippedCatalog() {}

  /** Returns {@code catalogs/appsec.yaml}. */
  public static Catalog appsec() {
    return catalog("appsec");
  }

  /** Returns {@code catalogs/personnel.yaml}. */
  public static Catalog personnel() {
    return catalog("personnel");
  }

  private static Catalog catalog(String api) {
    Map<String, Object> document = document(Path.of("../../catalogs/" + api + ".yaml"));
    @SuppressWarnings("unchecked")
    List<Map<String, String>> scopes = (List<Map<String, String>>) document.get("scopes");
    return Catalog.of(new ApiId(api), 1, scopes.stream().map(ShippedCatalog::entry).toList());
  }

  /** Returns a catalog of another API with the same names, all of them that API's own. */
  public static Catalog namesake(ApiId api) {
    return Catalog.of(
        api,
        1,
        appsec().entries().stream()
            .map(e -> CatalogEntry.own(e.scope(), e.category(), e.access(), e.description()))
            .toList());
  }

  private static Map<String, Object> document(Path file) {
    try {
      return new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static CatalogEntry entry(Map<String, String> entry) {
    if (entry.containsKey("include")) {
      BuiltInScope builtIn = BuiltInScope.of(new Scope(entry.get("include"))).orElseThrow();
      return CatalogEntry.including(builtIn, entry.get("category"));
    }
    return CatalogEntry.own(
        new Scope(entry.get("scope")),
        entry.get("category"),
        AccessLevel.of(entry.get("access")).orElseThrow(),
        entry.get("description"));
  }
}
