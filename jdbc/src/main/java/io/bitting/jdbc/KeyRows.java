package io.bitting.jdbc;

import io.bitting.audit.Actor;
import io.bitting.grant.Grant;
import io.bitting.grant.GrantId;
import io.bitting.id.KeyId;
import io.bitting.id.OrganizationId;
import io.bitting.key.Key;
import io.bitting.key.KeySecret;
import io.bitting.key.KeyState;
import io.bitting.key.Replacement;
import io.bitting.key.Revocation;
import io.bitting.key.RevocationReason;
import io.bitting.key.SecretDigest;
import io.bitting.seal.Seal;
import io.bitting.seal.SealVerdict;
import io.bitting.seal.Sealed;
import io.bitting.store.KeyRow;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
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
        k.created_by, k.revoked_at, k.revoked_reason, k.revoked_note, k.replaced_by, k.replaced_at, k.ends_at, k.revision, k.pepper_version, k.seal,
        s.number AS secret_number, s.digest AS secret_digest, s.created_at AS secret_created_at,
        s.expires_at AS secret_expires_at, s.quiet_hours AS secret_quiet_hours, s.revision AS secret_revision,
        s.pepper_version AS secret_pepper_version, s.seal AS secret_seal
      """;

  private final Seals seals;

  /** Many keys share these; each is checked for its form, and kept, once. */
  private final Map<String, OrganizationId> organizations = new HashMap<>();

  private final Map<String, GrantId> grantIds = new HashMap<>();

  private @Nullable Stored current;
  private String currentId = "";

  KeyRows(Seals seals) {
    this.seals = seals;
  }

  /** One statement, so that a key and its secrets are of one moment. */
  static String select(String keys, String where) {
    return COLUMNS + "FROM " + keys + " k LEFT JOIN key_secrets s ON s.key_id = k.id " + where;
  }

  /** A secret whose seal has not been checked yet. */
  private record StoredSecret(KeySecret secret, Seal seal) {}

  /** A key whose seals have not been checked yet, still without its grant. */
  static final class Stored {
    private final KeyId id;
    private final OrganizationId organization;
    private final String api;
    private final String name;
    private final String purpose;
    private final GrantId grant;
    private final KeyState state;
    private final Instant createdAt;
    private final Actor createdBy;
    private final @Nullable Instant revokedAt;
    private final @Nullable Revocation revocation;
    private final @Nullable Replacement replacement;
    private final long revision;
    private final Seal seal;
    private final List<StoredSecret> secrets = new ArrayList<>(1);

    private boolean hasUnreadableSecret;

    private Stored(String id, Row row, OrganizationId organization, GrantId grant)
        throws SQLException {
      this.id = KeyId.parse(id).orElseThrow(() -> new Row.Unreadable("id"));
      this.organization = organization;
      this.api = row.text("api");
      this.name = row.text("name");
      this.purpose = row.text("purpose");
      this.grant = grant;
      this.state = row.parsed("state", KeyState::of);
      this.createdAt = row.time("created_at");
      this.createdBy =
          new Actor(row.parsed("created_by_kind", Actor.Kind::of), row.text("created_by"));
      this.revokedAt = row.timeOrNull("revoked_at");
      this.revocation = readRevocation(row);
      this.replacement = readReplacement(row);
      this.revision = row.number("revision");
      this.seal = row.seal();
    }

    GrantId grant() {
      return grant;
    }

    /**
     * Adds the grant and says what the seals say; empty, with the alarm raised, if the grant is not
     * to be had.
     */
    Optional<Sealed<KeyRow>> complete(Grants grants, Seals seals) {
      Optional<Sealed<Grant>> found = grants.find(grant);
      if (found.isEmpty()) {
        seals.unreadable("key", id.text());
        return Optional.empty();
      }
      Sealed<Grant> of = found.get();
      Key key =
          new Key(
              id,
              organization,
              name,
              purpose,
              of.unchecked(),
              grant,
              state,
              createdAt,
              createdBy,
              revokedAt,
              revocation,
              replacement,
              revision);
      KeyRow row = new KeyRow(key, checked(seals));
      boolean whole =
          !secrets.isEmpty()
              && !hasUnreadableSecret
              && of.verdict() == SealVerdict.INTACT
              && of.unchecked().api().text().equals(api);
      return Optional.of(
          whole
              ? seals.check("key", id.text(), row, seal, key.canonical())
              : seals.verdict("key", id.text(), row, SealVerdict.BROKEN));
    }

    private List<Sealed<KeySecret>> checked(Seals seals) {
      List<Sealed<KeySecret>> checked = new ArrayList<>(secrets.size());
      for (StoredSecret stored : secrets) {
        KeySecret secret = stored.secret();
        checked.add(seals.check("secret", id.text(), secret, stored.seal(), secret.canonical()));
      }
      return checked;
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
      current = seals.readable("key", "id", results, row -> readKey(id, row)).orElse(null);
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

  private Stored readKey(String id, Row row) throws SQLException {
    return new Stored(
        id,
        row,
        organizations.computeIfAbsent(row.text("organization_id"), OrganizationId::new),
        grantIds.computeIfAbsent(row.text("grant_id"), GrantId::new));
  }

  private void addSecret(Stored key, ResultSet results) throws SQLException {
    Row row = new Row(results);
    // Where the outer join found no secret there is none to add, and the key is called broken.
    if (!row.isNull("secret_number")) {
      Optional<StoredSecret> secret =
          seals.readable("secret", "id", results, columns -> readSecret(key.id, columns));
      secret.ifPresent(key.secrets::add);
      key.hasUnreadableSecret |= secret.isEmpty();
    }
  }

  private static @Nullable Revocation readRevocation(Row row) throws SQLException {
    RevocationReason reason = row.parsedOrNull("revoked_reason", RevocationReason::of);
    return reason == null ? null : new Revocation(reason, row.text("revoked_note"));
  }

  private static @Nullable Replacement readReplacement(Row row) throws SQLException {
    KeyId by = row.parsedOrNull("replaced_by", KeyId::parse);
    return by == null ? null : new Replacement(by, row.time("replaced_at"), row.time("ends_at"));
  }

  private static StoredSecret readSecret(KeyId key, Row row) throws SQLException {
    KeySecret secret =
        new KeySecret(
            key,
            row.smallNumber("secret_number"),
            SecretDigest.of(row.array("secret_digest")),
            row.time("secret_created_at"),
            row.timeOrNull("secret_expires_at"),
            row.isNull("secret_quiet_hours")
                ? null
                : Duration.ofHours(row.number("secret_quiet_hours")),
            row.number("secret_revision"));
    return new StoredSecret(secret, row.seal("secret_"));
  }
}
