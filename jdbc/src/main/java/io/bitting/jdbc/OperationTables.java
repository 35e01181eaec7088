package io.bitting.jdbc;

import io.bitting.id.ApiId;
import io.bitting.operation.Operation;
import io.bitting.operation.Operations;
import io.bitting.operation.PathTemplate;
import io.bitting.scope.Requirement;
import io.bitting.scope.Scope;
import io.bitting.seal.Seal;
import io.bitting.seal.Sealed;
import io.bitting.store.OperationsForm;
import io.bitting.store.StoreException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** The tables of operations, in one transaction. */
final class OperationTables {
  private static final String KIND = "operations";

  /** One statement, so that they are of one moment: a row for each scope that one requires. */
  private static final String SELECT =
      """
      SELECT a.api, a.version, a.published, a.pepper_version, a.seal,
        o.position, o.method, o.path, o.operation_id, o.summary, o.tag, o.requirement,
        s.alternative, s.scope
      FROM api_operations a
        LEFT JOIN operations o ON o.api = a.api
        LEFT JOIN operation_scopes s ON s.api = o.api AND s.position = o.position
      """;

  private static final String BY_API =
      SELECT + "WHERE a.api = :api ORDER BY o.position, s.alternative";
  private static final String ALL = SELECT + "ORDER BY a.api, o.position, s.alternative";

  private static final String INSERT =
      """
      INSERT INTO api_operations (api, version, published, pepper_version, seal)
      VALUES (:api, :version, :published, :pepperVersion, :seal)
      """;

  private static final String UPDATE =
      """
      UPDATE api_operations
      SET version = :version, published = :published, pepper_version = :pepperVersion, seal = :seal
      WHERE api = :api AND version = :version - 1
      """;

  private static final String DELETE_SCOPES = "DELETE FROM operation_scopes WHERE api = :api";
  private static final String DELETE_OPERATIONS = "DELETE FROM operations WHERE api = :api";

  private static final String INSERT_OPERATION =
      """
      INSERT INTO operations (api, position, method, path, operation_id, summary, tag, requirement)
      VALUES (:api, :position, :method, :path, :operationId, :summary, :tag, :requirement)
      """;

  private static final String INSERT_SCOPE =
      """
      INSERT INTO operation_scopes (api, position, alternative, scope)
      VALUES (:api, :position, :alternative, :scope)
      """;

  private final Handle handle;
  private final Seals seals;

  OperationTables(Handle handle, Seals seals) {
    this.handle = handle;
    this.seals = seals;
  }

  Optional<Sealed<Operations>> find(ApiId api) {
    return read(handle.createQuery(BY_API).bind("api", api.text())).stream().findFirst();
  }

  List<Sealed<Operations>> all() {
    return read(handle.createQuery(ALL));
  }

  /** Replaces the operations of an API whole: their seal covers the whole. */
  void put(Operations operations) {
    String api = operations.api().text();
    if (bind(handle.createUpdate(operations.version() == 1 ? INSERT : UPDATE), operations).execute()
        != 1) {
      throw new StoreException(
          "the operations of "
              + api
              + " are not stored at version "
              + (operations.version() - 1)
              + ", so they were not replaced");
    }
    handle.createUpdate(DELETE_SCOPES).bind("api", api).execute();
    handle.createUpdate(DELETE_OPERATIONS).bind("api", api).execute();
    if (operations.list().isEmpty()) {
      return;
    }
    PreparedBatch rows = handle.prepareBatch(INSERT_OPERATION);
    PreparedBatch scopes = handle.prepareBatch(INSERT_SCOPE);
    for (int position = 0; position < operations.list().size(); position++) {
      Operation operation = operations.list().get(position);
      rows.bind("api", api)
          .bind("position", position)
          .bind("method", operation.method())
          .bind("path", operation.path().text())
          .bind("operationId", operation.id())
          .bind("summary", operation.summary())
          .bind("tag", operation.tag())
          .bind("requirement", OperationsForm.kind(operation.requirement()))
          .add();
      addScopes(scopes, api, position, operation.requirement());
    }
    rows.execute();
    scopes.execute();
  }

  private static void addScopes(
      PreparedBatch scopes, String api, int position, Requirement requirement) {
    if (requirement instanceof Requirement.Scopes required) {
      for (int i = 0; i < required.alternatives().size(); i++) {
        for (Scope scope : required.alternatives().get(i)) {
          scopes
              .bind("api", api)
              .bind("position", position)
              .bind("alternative", i)
              .bind("scope", scope.text())
              .add();
        }
      }
    }
  }

  private Update bind(Update statement, Operations operations) {
    return seals.bind(
        statement
            .bind("api", operations.api().text())
            .bind("version", operations.version())
            .bind("published", Rows.flag(operations.published())),
        OperationsForm.canonical(operations));
  }

  private List<Sealed<Operations>> read(Query query) {
    Map<String, Stored> byApi = new LinkedHashMap<>();
    Rows.each(
        query,
        results -> {
          String api = String.valueOf(results.getString("api"));
          byApi.computeIfAbsent(api, Stored::new).add(results);
        });
    List<Sealed<Operations>> all = new ArrayList<>();
    for (Stored stored : byApi.values()) {
      stored.check(seals).ifPresent(all::add);
    }
    return all;
  }

  /** An operation without its scopes, which come row by row. */
  private record Begun(
      String method,
      String path,
      String id,
      String summary,
      String tag,
      String requirement,
      TreeMap<Integer, SortedSet<Scope>> alternatives) {

    Operation whole() {
      Requirement whole =
          requirement.equals("scopes")
              ? new Requirement.Scopes(List.copyOf(alternatives.values()))
              : OperationsForm.withoutScopes(requirement)
                  .filter(none -> alternatives.isEmpty())
                  .orElseThrow(() -> new Row.Unreadable("requirement"));
      return new Operation(method, PathTemplate.of(path), whole, id, summary, tag);
    }
  }

  /** The operations of an API on their way from rows to a whole. */
  private static final class Stored {
    private final String api;
    private final Map<Integer, Begun> begun = new LinkedHashMap<>();
    private int version;
    private boolean published;
    private @Nullable Seal seal;
    private boolean readable = true;

    Stored(String api) {
      this.api = api;
    }

    void add(ResultSet results) throws SQLException {
      try {
        Row row = new Row(results);
        version = row.smallNumber("version");
        published = row.flag("published");
        seal = row.seal();
        if (row.textOrNull("method") == null) {
          return;
        }
        int position = row.smallNumber("position");
        Begun operation = begun.get(position);
        if (operation == null) {
          operation =
              new Begun(
                  row.text("method"),
                  row.text("path"),
                  row.text("operation_id"),
                  row.text("summary"),
                  row.text("tag"),
                  row.text("requirement"),
                  new TreeMap<>());
          begun.put(position, operation);
        }
        if (row.textOrNull("scope") != null) {
          operation
              .alternatives()
              .computeIfAbsent(row.smallNumber("alternative"), none -> new TreeSet<>())
              .add(row.parsed("scope", Scope::parseToken));
        }
      } catch (IllegalArgumentException e) {
        readable = false;
      }
    }

    Optional<Sealed<Operations>> check(Seals seals) {
      Seal stored = seal;
      try {
        if (readable && stored != null) {
          Operations operations =
              new Operations(
                  new ApiId(api),
                  version,
                  published,
                  begun.values().stream().map(Begun::whole).toList());
          return Optional.of(
              seals.check(KIND, api, operations, stored, OperationsForm.canonical(operations)));
        }
      } catch (IllegalArgumentException e) {
        // Not the operations of an API any more, as below.
      }
      seals.unreadable(KIND, api);
      return Optional.empty();
    }
  }
}
