package io.bitting.jdbc;

import io.bitting.audit.Actor;
import io.bitting.grant.Grant;
import io.bitting.grant.GrantId;
import io.bitting.id.KeyId;
import io.bitting.id.OrganizationId;
import io.bitting.key.Key;
import io.bitting.key.KeySecret;
import io.bitting.key.KeyState;
import io.bitting.key.SecretDigest;
import io.bitting.seal.Seal;
import io.bitting.seal.SealVerdict;
import io.bitting.seal.Sealed;
import io.bitting.store.KeyRow;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * Puts keys together from a result that has one row for each secret, those of one key next to each
 * other.
 */
final class KeyRows {
  private static final String COLUMNS =
      """
      SELECT k.id, k.organization_id, k.api, k.grant_id, k.name, k.purpose, k.state, k.created_at, k.created_by_kind,
        k.created_by, k.revoked_at, k.revision, k.pepper_version, k.seal,
        s.number AS secret_number, s.digest AS secret_digest, s.created_at AS secret_created_at,
        s.expires_at AS secret_expires_at, s.revision AS secret_revision,
        s.pepper_version AS secret_pepper_version, s.seal AS secret_seal
      """;

  private final Seals seals;
  private final Map<String, OrganizationId> organizations = new HashMap<>();
  private @Nullable Stored current;
  private String currentId = "";

  KeyRows(Seals seals) {
    this.seals = seals;
  }

  /** One statement, so that a key and its secrets are of one moment. */
  static String select(String keys, String where) {
    return COLUMNS + "FROM " + keys + " k LEFT JOIN key_secrets s ON s.key_id = k.id " + where;
  }

  /** A key with its secrets, empty where one is unreadable; still without its grant. */
  record Stored(
      KeyId id,
      OrganizationId organization,
      String api,
      String name,
      String purpose,
      GrantId grant,
      KeyState state,
      Instant createdAt,
      Actor createdBy,
      @Nullable Instant revokedAt,
      long revision,
      Seal seal,
      List<Optional<Sealed<KeySecret>>> secrets) {

    /**
     * Adds the grant and says what the seal says; empty, with the alarm raised, if the grant is not
     * to be had.
     */
    Optional<Sealed<KeyRow>> complete(Grants grants, Seals seals) {
      Optional<Sealed<Grant>> found = grants.find(grant);
      if (found.isEmpty()) {
        seals.unreadable("key", id.text());
        return Optional.empty();
      }
      Grant stored = found.get().unchecked();
      Key key =
          new Key(
              id,
              organization,
              name,
              purpose,
              stored,
              grant,
              state,
              createdAt,
              createdBy,
              revokedAt,
              revision);
      List<Sealed<KeySecret>> readable = secrets.stream().flatMap(Optional::stream).toList();
      KeyRow row = new KeyRow(key, readable);
      boolean whole =
          found.get().verdict() == SealVerdict.INTACT
              && stored.api().text().equals(api)
              && !readable.isEmpty()
              && readable.size() == secrets.size();
      return Optional.of(
          whole
              ? seals.check("key", id.text(), row, seal, key.canonical())
              : seals.verdict("key", id.text(), row, SealVerdict.BROKEN));
    }
  }

  /** Goes through a result of {@link #select}. */
  void scan(Query query, Consumer<Stored> into) {
    Rows.each(query, results -> look(results, into));
    finish(into);
  }

  private void look(ResultSet results, Consumer<Stored> into) throws SQLException {
    String id = String.valueOf(results.getString("id"));
    if (!id.equals(currentId)) {
      finish(into);
      currentId = id;
      current = seals.readable("key", "id", results, this::readKey).orElse(null);
    }
    if (current != null) {
      addSecret(current, results);
    }
  }

  private void finish(Consumer<Stored> into) {
    if (current != null) {
      into.accept(current);
    }
    current = null;
    currentId = "";
  }

  private Stored readKey(Row row) throws SQLException {
    return new Stored(
        row.parsed("id", KeyId::parse),
        organizations.computeIfAbsent(row.text("organization_id"), OrganizationId::new),
        row.text("api"),
        row.text("name"),
        row.text("purpose"),
        new GrantId(row.text("grant_id")),
        row.parsed("state", KeyState::of),
        row.time("created_at"),
        new Actor(row.parsed("created_by_kind", Actor.Kind::of), row.text("created_by")),
        row.timeOrNull("revoked_at"),
        row.number("revision"),
        row.seal(),
        new ArrayList<>(1));
  }

  private void addSecret(Stored key, ResultSet results) throws SQLException {
    Row row = new Row(results);
    // Where the outer join found no secret, there is nothing to add, and the key will be called
    // broken.
    if (!row.isNull("secret_number")) {
      key.secrets()
          .add(seals.readable("secret", "id", results, secret -> readSecret(key.id(), secret)));
    }
  }

  private Sealed<KeySecret> readSecret(KeyId key, Row row) throws SQLException {
    KeySecret secret =
        new KeySecret(
            key,
            row.smallNumber("secret_number"),
            SecretDigest.of(row.array("secret_digest")),
            row.time("secret_created_at"),
            row.timeOrNull("secret_expires_at"),
            row.number("secret_revision"));
    return seals.check("secret", key.text(), secret, row.seal("secret_"), secret.canonical());
  }
}
