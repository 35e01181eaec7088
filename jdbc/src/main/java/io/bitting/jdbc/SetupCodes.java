package io.bitting.jdbc;

import io.bitting.id.OrganizationId;
import io.bitting.seal.Bytes;
import io.bitting.seal.Sealed;
import io.bitting.store.SetupCode;
import io.bitting.store.StoreException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** The table of setup codes, in one transaction. */
final class SetupCodes {
  private static final String KIND = "setup_code";

  private static final String BY_DIGEST = "SELECT * FROM setup_codes WHERE digest = :digest";

  /** One code an organization, and one without; this is the expression of the unique index. */
  private static final String DELETE_SAME =
      "DELETE FROM setup_codes WHERE coalesce(organization_id, '') = :organization";

  private static final String INSERT =
      """
      INSERT INTO setup_codes (id, digest, organization_id, created_at, expires_at, pepper_version, seal)
      VALUES (:id, :digest, :organization, :createdAt, :expiresAt, :pepperVersion, :seal)
      """;

  private static final String DELETE = "DELETE FROM setup_codes WHERE id = :id";

  private final Handle handle;
  private final Seals seals;

  SetupCodes(Handle handle, Seals seals) {
    this.handle = handle;
    this.seals = seals;
  }

  Optional<Sealed<SetupCode>> find(Bytes digest) {
    return Rows.first(
        into -> scan(handle.createQuery(BY_DIGEST).bind("digest", digest.toArray()), into));
  }

  void put(SetupCode code) {
    @Nullable String organization = code.organization().map(OrganizationId::text).orElse(null);
    handle
        .createUpdate(DELETE_SAME)
        .bind("organization", organization == null ? "" : organization)
        .execute();
    seals
        .bind(handle.createUpdate(INSERT), code.canonical())
        .bind("id", code.id())
        .bind("digest", code.digest().toArray())
        .bind("organization", organization)
        .bind("createdAt", code.createdAt().toEpochMilli())
        .bind("expiresAt", code.expiresAt().toEpochMilli())
        .execute();
  }

  /** Of two that remove a code at once only one succeeds, so a code is used once. */
  void remove(SetupCode code) {
    if (handle.createUpdate(DELETE).bind("id", code.id()).execute() != 1) {
      throw new StoreException("setup code " + code.id() + " is gone, so it was not removed");
    }
  }

  private void scan(Query query, Consumer<Sealed<SetupCode>> into) {
    Rows.each(query, results -> seals.readable(KIND, "id", results, this::read).ifPresent(into));
  }

  private Sealed<SetupCode> read(Row row) throws SQLException {
    Optional<OrganizationId> organization =
        row.textOrNull("organization_id") == null
            ? Optional.empty()
            : Optional.of(row.parsed("organization_id", OrganizationId::parse));
    SetupCode code =
        new SetupCode(
            row.text("id"),
            row.bytes("digest"),
            organization,
            row.time("created_at"),
            row.time("expires_at"));
    return seals.check(KIND, code.id(), code, row.seal(), code.canonical());
  }
}
