package io.bitting.jdbc;

import io.bitting.id.DisplayName;
import io.bitting.id.PersonId;
import io.bitting.member.MailAddress;
import io.bitting.member.Person;
import io.bitting.seal.Sealed;
import io.bitting.store.StoreException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;

/** The table of persons, in one transaction. */
final class Persons {
  private static final String KIND = "person";

  private static final String BY_ID = "SELECT * FROM persons WHERE id = :id";
  private static final String BY_MAIL = "SELECT * FROM persons WHERE mail = :mail";

  private static final String INSERT =
      """
      INSERT INTO persons
        (id, mail, name, name_folded, mfa_since, disabled, created_at, revision, pepper_version, seal)
      VALUES (:id, :mail, :name, :nameFolded, :mfaSince, :disabled, :createdAt, :revision, :pepperVersion, :seal)
      """;

  /** What the seal covers and this leaves alone has to be what is stored. */
  private static final String UPDATE =
      """
      UPDATE persons
      SET mail = :mail, name = :name, name_folded = :nameFolded, mfa_since = :mfaSince, disabled = :disabled,
        revision = :revision, pepper_version = :pepperVersion, seal = :seal
      WHERE id = :id AND revision = :revision - 1 AND created_at = :createdAt
      """;

  /** Of two at once the later one stays. No part of what is sealed, so the revision stays, too. */
  private static final String NOTE_SIGN_IN =
      """
      UPDATE persons SET last_sign_in_at = :at
      WHERE id = :person AND (last_sign_in_at IS NULL OR last_sign_in_at < :at)
      """;

  private static final String DELETE =
      "DELETE FROM persons WHERE id = :person AND revision = :revision";

  private final Handle handle;
  private final Seals seals;
  private final Engine engine;

  Persons(Handle handle, Seals seals, Engine engine) {
    this.handle = handle;
    this.seals = seals;
    this.engine = engine;
  }

  Optional<Sealed<Person>> find(PersonId id) {
    return first(handle.createQuery(BY_ID).bind("id", id.text()));
  }

  Optional<Sealed<Person>> find(MailAddress mail) {
    return first(handle.createQuery(BY_MAIL).bind("mail", mail.text()));
  }

  Optional<Sealed<Person>> lock(PersonId id) {
    return first(handle.createQuery(BY_ID + engine.forUpdate()).bind("id", id.text()));
  }

  void insert(Person person) {
    bind(handle.createUpdate(INSERT), person).execute();
  }

  void update(Person person) {
    if (bind(handle.createUpdate(UPDATE), person).execute() != 1) {
      throw new StoreException(
          person
              + " is not stored at revision "
              + (person.revision() - 1)
              + ", so it was not updated");
    }
  }

  /** Returns whether that was news. */
  boolean noteSignIn(PersonId person, Instant at) {
    return handle
            .createUpdate(NOTE_SIGN_IN)
            .bind("person", person.text())
            .bind("at", at.toEpochMilli())
            .execute()
        > 0;
  }

  void remove(Person person) {
    int removed =
        handle
            .createUpdate(DELETE)
            .bind("person", person.id().text())
            .bind("revision", person.revision())
            .execute();
    if (removed != 1) {
      throw new StoreException(
          person + " is not stored at revision " + person.revision() + ", so it was not removed");
    }
  }

  private Update bind(Update statement, Person person) {
    return seals
        .bind(statement, person.canonical())
        .bind("id", person.id().text())
        .bind("mail", person.mail().text())
        .bind("name", person.name())
        .bind("nameFolded", DisplayName.folded(person.name()))
        .bind("mfaSince", Rows.millis(person.mfaSince()))
        .bind("disabled", Rows.flag(person.disabled()))
        .bind("createdAt", person.createdAt().toEpochMilli())
        .bind("revision", person.revision());
  }

  private Optional<Sealed<Person>> first(Query query) {
    return Rows.first(into -> scan(query, into));
  }

  private void scan(Query query, Consumer<Sealed<Person>> into) {
    Rows.each(
        query,
        results ->
            seals.readable(KIND, "id", results, row -> read(row, "", seals)).ifPresent(into));
  }

  /** Reads a person, whatever stands before the names of its columns. */
  static Sealed<Person> read(Row row, String before, Seals seals) throws SQLException {
    Person person =
        new Person(
            row.parsed(before + "id", PersonId::parse),
            row.parsed(before + "mail", Persons::stored),
            row.text(before + "name"),
            row.timeOrNull(before + "mfa_since"),
            row.flag(before + "disabled"),
            row.time(before + "created_at"),
            row.number(before + "revision"));
    return seals.check(KIND, person.id().text(), person, row.seal(before), person.canonical());
  }

  /** Reads an address that is stored in its one form. */
  static Optional<MailAddress> stored(String text) {
    return MailAddress.parse(text).filter(mail -> mail.text().equals(text));
  }
}
