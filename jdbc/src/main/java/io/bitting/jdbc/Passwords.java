package io.bitting.jdbc;

import io.bitting.id.PersonId;
import io.bitting.member.Password;
import io.bitting.seal.Sealed;
import java.sql.SQLException;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The table of passwords, in one transaction. */
final class Passwords {
  private static final String KIND = "password";

  private static final String OF_PERSON = "SELECT * FROM passwords WHERE person_id = :person";

  /** One row a person: a new password takes the place of the one before. */
  private static final String PUT =
      """
      INSERT INTO passwords (person_id, phc, changed_at, pepper_version, seal)
      VALUES (:person, :phc, :changedAt, :pepperVersion, :seal)
      ON CONFLICT (person_id) DO UPDATE SET phc = excluded.phc, changed_at = excluded.changed_at,
        pepper_version = excluded.pepper_version, seal = excluded.seal
      """;

  private static final String DELETE = "DELETE FROM passwords WHERE person_id = :person";

  private final Handle handle;
  private final Seals seals;

  Passwords(Handle handle, Seals seals) {
    this.handle = handle;
    this.seals = seals;
  }

  Optional<Sealed<Password>> find(PersonId person) {
    return Rows.first(into ->
        Rows.each(
            handle.createQuery(OF_PERSON).bind("person", person.text()),
            results -> seals.readable(KIND, "person_id", results, this::read).ifPresent(into)));
  }

  void put(Password password) {
    seals
        .bind(handle.createUpdate(PUT), password.canonical())
        .bind("person", password.person().text())
        .bind("phc", password.phc())
        .bind("changedAt", password.changedAt().toEpochMilli())
        .execute();
  }

  void remove(PersonId person) {
    handle.createUpdate(DELETE).bind("person", person.text()).execute();
  }

  private Sealed<Password> read(Row row) throws SQLException {
    Password password =
        new Password(
            row.parsed("person_id", PersonId::parse), row.text("phc"), row.time("changed_at"));
    return seals.check(KIND, password.person().text(), password, row.seal(), password.canonical());
  }
}
