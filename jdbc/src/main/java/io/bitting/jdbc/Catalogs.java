package io.bitting.jdbc;

import io.bitting.id.ApiId;
import io.bitting.scope.AccessLevel;
import io.bitting.scope.Catalog;
import io.bitting.scope.CatalogEntry;
import io.bitting.scope.Scope;
import io.bitting.scope.Template;
import io.bitting.seal.Seal;
import io.bitting.seal.Sealed;
import io.bitting.store.CatalogForm;
import io.bitting.store.StoreException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** The tables of catalogs, in one transaction. */
final class Catalogs {
  private static final String KIND = "catalog";

  /**
   * One statement, so that a catalog is of one moment, with a row for each implication and at least
   * one for each scope, and one for each scope of each template.
   */
  private static final String SCOPES =
      """
      SELECT c.api AS api, c.version, c.pepper_version, c.seal, NULL AS template, s.position AS position,
        s.scope, s.category, s.access, s.description, s.included, s.retired, i.implied
      FROM catalogs c
        LEFT JOIN catalog_scopes s ON s.api = c.api
        LEFT JOIN catalog_implies i ON i.api = s.api AND i.scope = s.scope
      """;

  private static final String TEMPLATES =
      """
      UNION ALL
      SELECT c.api, c.version, c.pepper_version, c.seal, t.name, t.position,
        ts.scope, NULL, NULL, t.description, NULL, NULL, NULL
      FROM catalogs c
        JOIN catalog_templates t ON t.api = c.api
        LEFT JOIN catalog_template_scopes ts ON ts.api = t.api AND ts.template = t.name
      """;

  private static final String OF_API = "WHERE c.api = :api\n";
  private static final String IN_ORDER = "ORDER BY api, position";

  private static final String BY_API = SCOPES + OF_API + TEMPLATES + OF_API + IN_ORDER;
  private static final String ALL = SCOPES + TEMPLATES + IN_ORDER;

  private static final String INSERT =
      "INSERT INTO catalogs (api, version, pepper_version, seal) VALUES (:api, :version, :pepperVersion, :seal)";

  private static final String UPDATE =
      """
      UPDATE catalogs SET version = :version, pepper_version = :pepperVersion, seal = :seal
      WHERE api = :api AND version = :version - 1
      """;

  private static final String DELETE_IMPLIES = "DELETE FROM catalog_implies WHERE api = :api";
  private static final String DELETE_TEMPLATES = "DELETE FROM catalog_templates WHERE api = :api";

  private static final String DELETE_TEMPLATE_SCOPES =
      "DELETE FROM catalog_template_scopes WHERE api = :api";

  private static final String DELETE_SCOPES = "DELETE FROM catalog_scopes WHERE api = :api";

  private static final String INSERT_SCOPE =
      """
      INSERT INTO catalog_scopes (api, position, scope, category, access, description, included, retired)
      VALUES (:api, :position, :scope, :category, :access, :description, :included, :retired)
      """;

  private static final String INSERT_IMPLIES =
      "INSERT INTO catalog_implies (api, scope, implied) VALUES (:api, :scope, :implied)";

  private static final String INSERT_TEMPLATE =
      "INSERT INTO catalog_templates (api, position, name, description) VALUES (:api, :position, :name, :description)";

  private static final String INSERT_TEMPLATE_SCOPE =
      "INSERT INTO catalog_template_scopes (api, template, scope) VALUES (:api, :template, :scope)";

  private final Handle handle;
  private final Seals seals;

  Catalogs(Handle handle, Seals seals) {
    this.handle = handle;
    this.seals = seals;
  }

  Optional<Sealed<Catalog>> find(ApiId api) {
    return read(handle.createQuery(BY_API).bind("api", api.text())).stream().findFirst();
  }

  List<Sealed<Catalog>> all() {
    return read(handle.createQuery(ALL));
  }

  /** Replaces the catalog whole: its seal covers the whole. */
  void put(Catalog catalog) {
    String api = catalog.api().text();
    if (bind(handle.createUpdate(catalog.version() == 1 ? INSERT : UPDATE), catalog).execute()
        != 1) {
      throw new StoreException(
          "the catalog of "
              + api
              + " is not stored at version "
              + (catalog.version() - 1)
              + ", so it was not replaced");
    }
    handle.createUpdate(DELETE_TEMPLATE_SCOPES).bind("api", api).execute();
    handle.createUpdate(DELETE_TEMPLATES).bind("api", api).execute();
    handle.createUpdate(DELETE_IMPLIES).bind("api", api).execute();
    handle.createUpdate(DELETE_SCOPES).bind("api", api).execute();
    PreparedBatch scopes = handle.prepareBatch(INSERT_SCOPE);
    PreparedBatch implies = handle.prepareBatch(INSERT_IMPLIES);
    int position = 0;
    for (CatalogEntry entry : catalog.entries()) {
      scopes
          .bind("api", api)
          .bind("position", position++)
          .bind("scope", entry.scope().text())
          .bind("category", entry.category())
          .bind("access", entry.access().code())
          .bind("description", entry.description())
          .bind("included", Rows.flag(entry.included()))
          .bind("retired", Rows.flag(entry.retired()))
          .add();
      for (Scope implied : entry.implies()) {
        implies
            .bind("api", api)
            .bind("scope", entry.scope().text())
            .bind("implied", implied.text())
            .add();
      }
    }
    scopes.execute();
    implies.execute();
    insertTemplates(catalog);
  }

  private void insertTemplates(Catalog catalog) {
    String api = catalog.api().text();
    PreparedBatch templates = handle.prepareBatch(INSERT_TEMPLATE);
    PreparedBatch scopes = handle.prepareBatch(INSERT_TEMPLATE_SCOPE);
    int position = 0;
    for (Template template : catalog.templates()) {
      templates
          .bind("api", api)
          .bind("position", position++)
          .bind("name", template.name())
          .bind("description", template.description())
          .add();
      for (Scope scope : template.scopes()) {
        scopes.bind("api", api).bind("template", template.name()).bind("scope", scope.text()).add();
      }
    }
    templates.execute();
    scopes.execute();
  }

  private Update bind(Update statement, Catalog catalog) {
    return seals.bind(
        statement.bind("api", catalog.api().text()).bind("version", catalog.version()),
        CatalogForm.canonical(catalog));
  }

  private List<Sealed<Catalog>> read(Query query) {
    Map<String, Stored> byApi = new LinkedHashMap<>();
    Rows.each(
        query,
        results -> {
          String api = String.valueOf(results.getString("api"));
          byApi.computeIfAbsent(api, Stored::new).add(results);
        });
    List<Sealed<Catalog>> catalogs = new ArrayList<>();
    for (Stored stored : byApi.values()) {
      stored.check(seals).ifPresent(catalogs::add);
    }
    return catalogs;
  }

  /** A catalog on its way from rows to a whole. */
  private static final class Stored {
    private final String api;
    private final Map<Scope, CatalogEntry> entries = new LinkedHashMap<>();
    private final Map<String, Template> templates = new LinkedHashMap<>();
    private int version;
    private @Nullable Seal seal;
    private boolean readable = true;

    Stored(String api) {
      this.api = api;
    }

    void add(ResultSet results) throws SQLException {
      try {
        Row row = new Row(results);
        version = row.smallNumber("version");
        seal = row.seal();
        if (row.textOrNull("template") != null) {
          addTemplate(row);
          return;
        }
        Scope scope = row.parsed("scope", Scope::parseToken);
        CatalogEntry before = entries.get(scope);
        SortedSet<Scope> implies =
            new TreeSet<>(before == null ? List.<Scope>of() : before.implies());
        if (row.textOrNull("implied") != null) {
          implies.add(row.parsed("implied", Scope::parseToken));
        }
        entries.put(
            scope,
            new CatalogEntry(
                scope,
                row.text("category"),
                row.parsed("access", AccessLevel::of),
                row.text("description"),
                row.flag("included"),
                implies,
                row.flag("retired")));
      } catch (IllegalArgumentException e) {
        readable = false;
      }
    }

    private void addTemplate(Row row) throws SQLException {
      String name = row.text("template");
      Template before = templates.get(name);
      SortedSet<Scope> scopes = new TreeSet<>(before == null ? List.<Scope>of() : before.scopes());
      if (row.textOrNull("scope") != null) {
        scopes.add(row.parsed("scope", Scope::parseToken));
      }
      templates.put(name, new Template(name, row.text("description"), scopes));
    }

    Optional<Sealed<Catalog>> check(Seals seals) {
      Seal stored = seal;
      try {
        if (readable && stored != null) {
          Catalog catalog =
              Catalog.of(
                  new ApiId(api), version, entries.values(), List.copyOf(templates.values()));
          return Optional.of(
              seals.check(KIND, api, catalog, stored, CatalogForm.canonical(catalog)));
        }
      } catch (IllegalArgumentException e) {
        // Not a catalog any more, as below.
      }
      seals.unreadable(KIND, api);
      return Optional.empty();
    }
  }
}
