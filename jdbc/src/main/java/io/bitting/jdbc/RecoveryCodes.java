package io.bitting.jdbc;

import io.bitting.id.PersonId;
import io.bitting.member.RecoveryCode;
import io.bitting.seal.Sealed;
import io.bitting.store.StoreException;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The table of recovery codes, in one transaction. */
final class RecoveryCodes {
  private static final String KIND = "recovery_code";

  private static final String OF_PERSON =
      "SELECT * FROM recovery_codes WHERE person_id = :person ORDER BY digest";

  private static final String INSERT =
      """
      INSERT INTO recovery_codes (digest, person_id, created_at, pepper_version, seal)
      VALUES (:digest, :person, :createdAt, :pepperVersion, :seal)
      """;

  private static final String DELETE_ALL = "DELETE FROM recovery_codes WHERE person_id = :person";

  private static final String DELETE =
      "DELETE FROM recovery_codes WHERE person_id = :person AND digest = :digest";

  private final Handle handle;
  private final Seals seals;

  RecoveryCodes(Handle handle, Seals seals) {
    this.handle = handle;
    this.seals = seals;
  }

  List<Sealed<RecoveryCode>> of(PersonId person) {
    return Rows.list(into ->
        Rows.each(
            handle.createQuery(OF_PERSON).bind("person", person.text()),
            results -> seals.readable(KIND, "person_id", results, this::read).ifPresent(into)));
  }

  void put(PersonId person, List<RecoveryCode> codes) {
    removeAll(person);
    for (RecoveryCode code : codes) {
      seals
          .bind(handle.createUpdate(INSERT), code.canonical())
          .bind("digest", code.digest().toArray())
          .bind("person", code.person().text())
          .bind("createdAt", code.createdAt().toEpochMilli())
          .execute();
    }
  }

  void removeAll(PersonId person) {
    handle.createUpdate(DELETE_ALL).bind("person", person.text()).execute();
  }

  /** Of two that remove a code at once only one succeeds, so a code is used once. */
  void remove(RecoveryCode code) {
    int removed =
        handle
            .createUpdate(DELETE)
            .bind("person", code.person().text())
            .bind("digest", code.digest().toArray())
            .execute();
    if (removed != 1) {
      throw new StoreException(code + " is gone, so it was not removed");
    }
  }

  private Sealed<RecoveryCode> read(Row row) throws SQLException {
    RecoveryCode code =
        new RecoveryCode(
            row.parsed("person_id", PersonId::parse), row.bytes("digest"), row.time("created_at"));
    return seals.check(KIND, code.person().text(), code, row.seal(), code.canonical());
  }
}
