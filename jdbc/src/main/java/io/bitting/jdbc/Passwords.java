package io.bitting.jdbc;

import io.bitting.id.PersonId;
import io.bitting.member.Password;
import io.bitting.seal.Bytes;
import io.bitting.seal.Encrypted;
import io.bitting.seal.Sealed;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;

/**
 * The table of passwords, in one transaction. The hash is encrypted, so that whoever has the
 * database alone cannot even guess: {@code 1.} with the version of the pepper, and base64.
 */
final class Passwords {
  private static final String KIND = "password";
  private static final String TABLE = "passwords";

  private static final String OF_PERSON = "SELECT * FROM passwords WHERE person_id = :person";

  /** One row a person: a new password takes the place of the one before. */
  private static final String PUT =
      """
      INSERT INTO passwords (person_id, phc, changed_at, pepper_version, seal)
      VALUES (:person, :phc, :changedAt, :pepperVersion, :seal)
      ON CONFLICT (person_id) DO UPDATE SET phc = excluded.phc, changed_at = excluded.changed_at,
        pepper_version = excluded.pepper_version, seal = excluded.seal
      """;

  private static final Pattern STORED =
      Pattern.compile(
          "([1-9][0-9]{0,5})\\.((?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?)");

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

  void put(Password password, SecureRandom random) {
    seals
        .bind(handle.createUpdate(PUT), password.canonical())
        .bind("person", password.person().text())
        .bind("phc", encrypted(password, random))
        .bind("changedAt", password.changedAt().toEpochMilli())
        .execute();
  }

  void remove(PersonId person) {
    handle.createUpdate(DELETE).bind("person", person.text()).execute();
  }

  private String encrypted(Password password, SecureRandom random) {
    Encrypted phc =
        seals.encrypt(
            TABLE,
            password.person().text(),
            password.phc().getBytes(StandardCharsets.UTF_8),
            random);
    return phc.pepperVersion() + "." + Base64.getEncoder().encodeToString(phc.bytes().toArray());
  }

  /** What was not encrypted for this row by this keyset is no row of a password. */
  private Optional<String> decrypted(PersonId person, String stored) {
    Matcher parts = STORED.matcher(stored);
    if (!parts.matches()) {
      return Optional.empty();
    }
    Encrypted phc =
        new Encrypted(
            Integer.parseInt(parts.group(1)), Bytes.of(Base64.getDecoder().decode(parts.group(2))));
    return seals
        .decrypt(TABLE, person.text(), phc)
        .map(text -> new String(text, StandardCharsets.UTF_8));
  }

  private Sealed<Password> read(Row row) throws SQLException {
    PersonId person = row.parsed("person_id", PersonId::parse);
    Password password =
        new Password(
            person, row.parsed("phc", stored -> decrypted(person, stored)), row.time("changed_at"));
    return seals.check(KIND, password.person().text(), password, row.seal(), password.canonical());
  }
}
