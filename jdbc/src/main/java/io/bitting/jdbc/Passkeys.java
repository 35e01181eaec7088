package io.bitting.jdbc;

import io.bitting.id.PasskeyId;
import io.bitting.id.PersonId;
import io.bitting.member.Passkey;
import io.bitting.seal.Bytes;
import io.bitting.seal.Sealed;
import io.bitting.store.StoreException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;

/** The table of passkeys, in one transaction. */
final class Passkeys {
  private static final String KIND = "passkey";

  private static final String OF_PERSON =
      "SELECT * FROM passkeys WHERE person_id = :person ORDER BY created_at, id";

  private static final String BY_CREDENTIAL =
      "SELECT * FROM passkeys WHERE credential_id = :credential";

  private static final String INSERT =
      """
      INSERT INTO passkeys
        (id, person_id, name, credential_id, public_key, sign_count, backup_eligible, backed_up, created_at, last_used_at,
        pepper_version, seal)
      VALUES (:id, :person, :name, :credential, :publicKey, :signCount, :backupEligible, :backedUp, :createdAt,
        :lastUsedAt, :pepperVersion, :seal)
      """;

  /** What the seal covers and this leaves alone has to be what is stored. */
  private static final String UPDATE =
      """
      UPDATE passkeys
      SET name = :name, sign_count = :signCount, backed_up = :backedUp, last_used_at = :lastUsedAt,
        pepper_version = :pepperVersion, seal = :seal
      WHERE id = :id AND person_id = :person AND credential_id = :credential AND public_key = :publicKey
        AND backup_eligible = :backupEligible AND created_at = :createdAt
      """;

  private static final String DELETE = "DELETE FROM passkeys WHERE id = :id";
  private static final String DELETE_ALL = "DELETE FROM passkeys WHERE person_id = :person";

  private final Handle handle;
  private final Seals seals;

  Passkeys(Handle handle, Seals seals) {
    this.handle = handle;
    this.seals = seals;
  }

  List<Sealed<Passkey>> of(PersonId person) {
    return Rows.list(
        into -> scan(handle.createQuery(OF_PERSON).bind("person", person.text()), into));
  }

  Optional<Sealed<Passkey>> find(Bytes credential) {
    return Rows.first(into ->
        scan(handle.createQuery(BY_CREDENTIAL).bind("credential", credential.toArray()), into));
  }

  void insert(Passkey passkey) {
    bind(handle.createUpdate(INSERT), passkey).execute();
  }

  void update(Passkey passkey) {
    if (bind(handle.createUpdate(UPDATE), passkey).execute() != 1) {
      throw new StoreException("passkey " + passkey.id() + " is gone, so it was not updated");
    }
  }

  void remove(Passkey passkey) {
    if (handle.createUpdate(DELETE).bind("id", passkey.id().text()).execute() != 1) {
      throw new StoreException("passkey " + passkey.id() + " is gone, so it was not removed");
    }
  }

  void removeAll(PersonId person) {
    handle.createUpdate(DELETE_ALL).bind("person", person.text()).execute();
  }

  private Update bind(Update statement, Passkey passkey) {
    return seals
        .bind(statement, passkey.canonical())
        .bind("id", passkey.id().text())
        .bind("person", passkey.person().text())
        .bind("name", passkey.name())
        .bind("credential", passkey.credentialId().toArray())
        .bind("publicKey", passkey.publicKey().toArray())
        .bind("signCount", passkey.signCount())
        .bind("backupEligible", Rows.flag(passkey.backupEligible()))
        .bind("backedUp", Rows.flag(passkey.backedUp()))
        .bind("createdAt", passkey.createdAt().toEpochMilli())
        .bind("lastUsedAt", Rows.millis(passkey.lastUsedAt()));
  }

  private void scan(Query query, Consumer<Sealed<Passkey>> into) {
    Rows.each(query, results -> seals.readable(KIND, "id", results, this::read).ifPresent(into));
  }

  private Sealed<Passkey> read(Row row) throws SQLException {
    Passkey passkey =
        new Passkey(
            row.parsed("id", PasskeyId::parse),
            row.parsed("person_id", PersonId::parse),
            row.text("name"),
            row.bytes("credential_id"),
            row.bytes("public_key"),
            row.number("sign_count"),
            row.flag("backup_eligible"),
            row.flag("backed_up"),
            row.time("created_at"),
            row.timeOrNull("last_used_at"));
    return seals.check(KIND, passkey.id().text(), passkey, row.seal(), passkey.canonical());
  }
}
