package io.bitting.jdbc;

import io.bitting.audit.Actor;
import io.bitting.grant.Grant;
import io.bitting.grant.GrantId;
import io.bitting.id.ApiId;
import io.bitting.id.DisplayName;
import io.bitting.id.KeyId;
import io.bitting.id.OrganizationId;
import io.bitting.key.Key;
import io.bitting.key.KeySecret;
import io.bitting.key.Replacement;
import io.bitting.key.Revocation;
import io.bitting.seal.Sealed;
import io.bitting.store.KeyFilter;
import io.bitting.store.KeyRow;
import io.bitting.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;

/** The tables of keys and their secrets, in one transaction. */
final class Keys {

  /** Taken before the key is read, so that what is read is the newest. */
  private static final String LOCK = "SELECT id FROM api_keys WHERE id = :id";

  private static final String SOME_IDS = "WHERE k.id IN (<ids>)";
  private static final String BY_ID = " ORDER BY k.id, s.number DESC";

  /** At most one, by a unique index. */
  private static final String NAMED =
      """
      SELECT id FROM api_keys
      WHERE organization_id = :organization AND name_folded = :nameFolded AND state <> 'revoked' AND replaced_by IS NULL
      """;

  private static final String GRANTS_IN_USE =
      """
      SELECT k.grant_id, count(*) AS keys FROM grants g JOIN api_keys k ON k.grant_id = g.id
      WHERE g.api = :api AND k.state <> 'revoked'
      GROUP BY k.grant_id
      """;

  private static final String INSERT =
      """
      INSERT INTO api_keys
        (id, organization_id, api, grant_id, name, name_folded, purpose, purpose_folded, state, created_at,
        created_by_kind, created_by, revoked_at, revoked_reason, revoked_note, replaced_by, replaced_at, ends_at,
        revision, pepper_version, seal)
      VALUES (:id, :organization, :api, :grant, :name, :nameFolded, :purpose, :purposeFolded, :state, :createdAt,
        :createdByKind, :createdBy, :revokedAt, :revokedReason, :revokedNote, :replacedBy, :replacedAt, :endsAt,
        :revision, :pepperVersion, :seal)
      """;

  private static final String INSERT_SECRET =
      """
      INSERT INTO key_secrets
        (key_id, number, digest, created_at, expires_at, quiet_hours, revision, pepper_version, seal)
      VALUES (:key, :number, :digest, :createdAt, :expiresAt, :quietHours, :revision, :pepperVersion, :seal)
      """;

  /** What the seal covers and this leaves alone has to be what is stored. */
  private static final String UPDATE_SECRET =
      """
      UPDATE key_secrets
      SET expires_at = :expiresAt, quiet_hours = :quietHours, revision = :revision, pepper_version = :pepperVersion,
        seal = :seal
      WHERE key_id = :key AND number = :number AND revision = :revision - 1 AND digest = :digest
        AND created_at = :createdAt
      """;

  private static final String DELETE_SECRET =
      "DELETE FROM key_secrets WHERE key_id = :key AND number = :number";

  private static final String NOTE_WARNING =
      """
      UPDATE key_secrets SET warned_days = :days
      WHERE key_id = :key AND number = :number AND (warned_days IS NULL OR warned_days > :days)
      """;

  /**
   * What the seal covers and this leaves alone has to be what is stored, or the new seal would not
   * fit.
   */
  private static final String UPDATE =
      """
      UPDATE api_keys
      SET name = :name, name_folded = :nameFolded, purpose = :purpose, purpose_folded = :purposeFolded, state = :state,
        revoked_at = :revokedAt, revoked_reason = :revokedReason, revoked_note = :revokedNote,
        replaced_by = :replacedBy, replaced_at = :replacedAt, ends_at = :endsAt, revision = :revision, pepper_version = :pepperVersion, seal = :seal
      WHERE id = :id AND revision = :revision - 1 AND organization_id = :organization AND grant_id = :grant
        AND created_at = :createdAt AND created_by_kind = :createdByKind AND created_by = :createdBy
      """;

  private static final String DELETE_SECRETS = "DELETE FROM key_secrets WHERE key_id = :id";

  private static final String DELETE =
      "DELETE FROM api_keys WHERE id = :id AND revision = :revision";

  private final Handle handle;
  private final Seals seals;
  private final Engine engine;
  private final Grants grants;

  Keys(Handle handle, Seals seals, Engine engine) {
    this.handle = handle;
    this.seals = seals;
    this.engine = engine;
    this.grants = new Grants(handle, seals, engine);
  }

  Optional<Sealed<KeyRow>> find(KeyId id) {
    return find(List.of(id)).stream().findFirst();
  }

  /** Finds some keys, in the order of their ids. */
  List<Sealed<KeyRow>> find(Collection<KeyId> ids) {
    return list(
        handle
            .createQuery(KeyRows.select("api_keys", SOME_IDS) + BY_ID)
            .bindList("ids", ids.stream().map(KeyId::text).toList()));
  }

  Optional<Sealed<KeyRow>> lock(KeyId id) {
    handle
        .createQuery(LOCK + engine.forUpdate())
        .bind("id", id.text())
        .mapTo(String.class)
        .findFirst();
    return find(id);
  }

  List<Sealed<KeyRow>> page(
      OrganizationId organization, KeyFilter filter, Optional<KeyFilter.After> after, int limit) {
    return list(KeyPage.query(handle, organization, filter, after, limit));
  }

  Optional<KeyFilter.After> place(
      OrganizationId organization, Optional<KeyFilter.After> after, int count) {
    return KeyPage.place(handle, organization, after, count)
        .map((row, context) ->
            new KeyFilter.After(
                Instant.ofEpochMilli(row.getLong("created_at")),
                KeyId.parse(row.getString("id")).orElseThrow()))
        .findFirst();
  }

  Optional<KeyId> named(OrganizationId organization, String foldedName) {
    return handle
        .createQuery(NAMED)
        .bind("organization", organization.text())
        .bind("nameFolded", foldedName)
        .mapTo(String.class)
        .findFirst()
        .flatMap(KeyId::parse);
  }

  Map<Grant, Long> grantsInUse(ApiId api) {
    Map<GrantId, Long> counts = new LinkedHashMap<>();
    Rows.each(
        handle.createQuery(GRANTS_IN_USE).bind("api", api.text()),
        results -> counts.put(new GrantId(results.getString("grant_id")), results.getLong("keys")));
    grants.readSome(counts.keySet());
    Map<Grant, Long> inUse = new LinkedHashMap<>();
    counts.forEach((id, count) ->
        grants.find(id).flatMap(Sealed::intact).ifPresent(grant -> inUse.put(grant, count)));
    return inUse;
  }

  List<Sealed<KeyRow>> with(Collection<GrantId> ids, int limit) {
    return ids.isEmpty() ? List.of() : list(KeyPage.query(handle, ids, limit));
  }

  /**
   * Goes through all keys in the order of their ids, without holding more than some of them. Seals
   * are checked, and the keys taken, on a thread beside the one that reads.
   */
  void all(Consumer<Sealed<KeyRow>> into) {
    grants.readAll();
    Query query = handle.createQuery(KeyRows.select("api_keys", "") + BY_ID);
    Relay.<KeyRows.Stored>run(
        stored -> new KeyRows(seals).scan(query, stored),
        row -> row.complete(grants, seals).ifPresent(into));
  }

  private List<Sealed<KeyRow>> list(Query query) {
    List<KeyRows.Stored> stored = new ArrayList<>();
    new KeyRows(seals).scan(query, stored::add);
    grants.readSome(stored.stream().map(KeyRows.Stored::grant).toList());
    return stored.stream().flatMap(row -> row.complete(grants, seals).stream()).toList();
  }

  void insert(Key key, KeySecret secret) {
    if (key.revision() != 1
        || secret.revision() != 1
        || secret.number() != 1
        || !secret.key().equals(key.id())) {
      throw new IllegalArgumentException(
          "key " + key.id() + " and its secret are not both new and of one key");
    }
    if (!key.grant().id().equals(key.grantId())) {
      throw new IllegalArgumentException(
          "key " + key.id() + " has a grant of another id than it says");
    }
    grants.add(key.grantId(), key.grant());
    bind(handle.createUpdate(INSERT), key).bind("api", key.api().text()).execute();
    insertSecret(secret);
  }

  void insertSecret(KeySecret secret) {
    bind(handle.createUpdate(INSERT_SECRET), secret).execute();
  }

  void updateSecret(KeySecret secret) {
    if (bind(handle.createUpdate(UPDATE_SECRET), secret).execute() != 1) {
      throw new StoreException(
          "secret "
              + secret.number()
              + " of key "
              + secret.key()
              + " is not stored at revision "
              + (secret.revision() - 1)
              + ", so it was not updated");
    }
  }

  void removeSecret(KeySecret secret) {
    handle
        .createUpdate(DELETE_SECRET)
        .bind("key", secret.key().text())
        .bind("number", secret.number())
        .execute();
  }

  boolean noteWarning(KeyId key, int secret, Duration before) {
    int noted =
        handle
            .createUpdate(NOTE_WARNING)
            .bind("key", key.text())
            .bind("number", secret)
            .bind("days", before.toDays())
            .execute();
    return noted == 1;
  }

  private Update bind(Update statement, KeySecret secret) {
    Duration quietFor = secret.quietFor();
    return seals
        .bind(statement, secret.canonical())
        .bind("key", secret.key().text())
        .bind("number", secret.number())
        .bind("digest", secret.digest().toBytes())
        .bind("createdAt", secret.createdAt().toEpochMilli())
        .bind("expiresAt", Rows.millis(secret.expiresAt()))
        .bind("quietHours", quietFor == null ? null : quietFor.toHours())
        .bind("revision", secret.revision());
  }

  void update(Key key) {
    if (bind(handle.createUpdate(UPDATE), key).execute() != 1) {
      throw new StoreException(
          "key "
              + key.id()
              + " is not stored at revision "
              + (key.revision() - 1)
              + " with the same grant and origin, so it was not updated");
    }
  }

  void remove(Key key) {
    handle.createUpdate(DELETE_SECRETS).bind("id", key.id().text()).execute();
    int removed =
        handle
            .createUpdate(DELETE)
            .bind("id", key.id().text())
            .bind("revision", key.revision())
            .execute();
    if (removed != 1) {
      throw new StoreException(
          "key "
              + key.id()
              + " is not stored at revision "
              + key.revision()
              + ", so it was not removed");
    }
  }

  private Update bind(Update statement, Key key) {
    Actor createdBy = key.createdBy();
    Revocation revocation = key.revocation();
    Replacement replacement = key.replacement();
    return seals
        .bind(statement, key.canonical())
        .bind("id", key.id().text())
        .bind("organization", key.organization().text())
        .bind("grant", key.grantId().text())
        .bind("name", key.name())
        .bind("nameFolded", DisplayName.folded(key.name()))
        .bind("purpose", key.purpose())
        .bind("purposeFolded", DisplayName.folded(key.purpose()))
        .bind("state", key.state().code())
        .bind("createdAt", key.createdAt().toEpochMilli())
        .bind("createdByKind", createdBy.kind().code())
        .bind("createdBy", createdBy.id())
        .bind("revokedAt", Rows.millis(key.revokedAt()))
        .bind("revokedReason", revocation == null ? null : revocation.reason().code())
        .bind("revokedNote", revocation == null ? null : revocation.note())
        .bind("replacedBy", replacement == null ? null : replacement.by().text())
        .bind("replacedAt", replacement == null ? null : replacement.at().toEpochMilli())
        .bind("endsAt", replacement == null ? null : replacement.endsAt().toEpochMilli())
        .bind("revision", key.revision());
  }
}
