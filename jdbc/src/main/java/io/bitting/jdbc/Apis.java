package io.bitting.jdbc;

import io.bitting.id.ApiId;
import io.bitting.key.KeyHeader;
import io.bitting.key.KeyPrefix;
import io.bitting.seal.Sealed;
import io.bitting.store.Api;
import io.bitting.store.StoreException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;

/** The table of APIs, in one transaction. */
final class Apis {
  private static final String KIND = "api";

  private static final String BY_ID = "SELECT * FROM apis WHERE id = :id";
  private static final String LOCK = "SELECT id FROM apis WHERE id = :id";
  private static final String ALL = "SELECT * FROM apis ORDER BY id";

  private static final String INSERT =
      """
      INSERT INTO apis (id, name, prefix, key_header, created_at, revision, pepper_version, seal)
      VALUES (:id, :name, :prefix, :keyHeader, :createdAt, :revision, :pepperVersion, :seal)
      """;

  /**
   * What the seal covers and this leaves alone has to be what is stored, or the new seal would not
   * fit.
   */
  private static final String UPDATE =
      """
      UPDATE apis SET name = :name, key_header = :keyHeader, revision = :revision, pepper_version = :pepperVersion, seal = :seal
      WHERE id = :id AND revision = :revision - 1 AND prefix = :prefix AND created_at = :createdAt
      """;

  private final Handle handle;
  private final Seals seals;

  Apis(Handle handle, Seals seals) {
    this.handle = handle;
    this.seals = seals;
  }

  Optional<Sealed<Api>> find(ApiId id) {
    return Rows.first(into -> scan(handle.createQuery(BY_ID).bind("id", id.text()), into));
  }

  Optional<Sealed<Api>> lock(ApiId id, Engine engine) {
    handle
        .createQuery(LOCK + engine.forUpdate())
        .bind("id", id.text())
        .mapTo(String.class)
        .findFirst();
    return find(id);
  }

  void all(Consumer<Sealed<Api>> into) {
    scan(handle.createQuery(ALL), into);
  }

  void insert(Api api) {
    bind(handle.createUpdate(INSERT), api).execute();
  }

  void update(Api api) {
    if (bind(handle.createUpdate(UPDATE), api).execute() != 1) {
      throw new StoreException(
          "API "
              + api.id()
              + " is not stored at revision "
              + (api.revision() - 1)
              + " with prefix "
              + api.prefix()
              + ", so it was not updated");
    }
  }

  private Update bind(Update statement, Api api) {
    KeyHeader header = api.keyHeader();
    return seals.bind(
        statement
            .bind("id", api.id().text())
            .bind("name", api.name())
            .bind("prefix", api.prefix().text())
            .bind("keyHeader", header == null ? null : header.text())
            .bind("createdAt", api.createdAt().toEpochMilli())
            .bind("revision", api.revision()),
        api.canonical());
  }

  private void scan(Query query, Consumer<Sealed<Api>> into) {
    Rows.each(query, results -> seals.readable(KIND, "id", results, this::read).ifPresent(into));
  }

  private Sealed<Api> read(Row row) throws SQLException {
    Api api =
        new Api(
            row.parsed("id", ApiId::parse),
            row.text("name"),
            row.parsed("prefix", KeyPrefix::parse),
            row.parsedOrNull("key_header", KeyHeader::parse),
            row.time("created_at"),
            row.number("revision"));
    return seals.check(KIND, api.id().text(), api, row.seal(), api.canonical());
  }
}
