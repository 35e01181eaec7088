package io.bitting.jdbc;

import io.bitting.id.PersonId;
import io.bitting.member.TotpSeed;
import io.bitting.seal.Encrypted;
import io.bitting.seal.Sealed;
import io.bitting.store.StoreException;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/** The table of the seeds of one-time passwords, in one transaction. */
final class TotpSeeds {
  private static final String KIND = "totp_seed";
  private static final String TABLE = "totp_seeds";

  private static final String OF_PERSON =
      "SELECT * FROM totp_seeds WHERE person_id = :person AND pending = :pending";

  private static final String INSERT =
      """
      INSERT INTO totp_seeds
        (person_id, pending, seed, seed_version, created_at, confirmed_at, last_step, pepper_version, seal)
      VALUES (:person, :pending, :seed, :seedVersion, :createdAt, :confirmedAt, :lastStep, :pepperVersion, :seal)
      """;

  /** Only as it was read, or the new seal would not fit; and never to a step that was used. */
  private static final String UPDATE =
      """
      UPDATE totp_seeds
      SET pending = :pending, confirmed_at = :confirmedAt, last_step = :lastStep, pepper_version = :pepperVersion,
        seal = :seal
      WHERE person_id = :person AND pending = :pendingBefore AND seed = :seed AND seed_version = :seedVersion
        AND created_at = :createdAt AND last_step < :lastStep
      """;

  private static final String DELETE =
      "DELETE FROM totp_seeds WHERE person_id = :person AND pending = :pending";

  private static final String DELETE_ALL = "DELETE FROM totp_seeds WHERE person_id = :person";

  private final Handle handle;
  private final Seals seals;

  TotpSeeds(Handle handle, Seals seals) {
    this.handle = handle;
    this.seals = seals;
  }

  Optional<Sealed<TotpSeed>> find(PersonId person, boolean pending) {
    return Rows.first(into ->
        Rows.each(
            handle
                .createQuery(OF_PERSON)
                .bind("person", person.text())
                .bind("pending", Rows.flag(pending)),
            results -> seals.readable(KIND, "person_id", results, this::read).ifPresent(into)));
  }

  Optional<byte[]> decrypted(TotpSeed seed) {
    return seals.decrypt(TABLE, seed.person().text(), seed.seed());
  }

  TotpSeed putPending(PersonId person, byte[] secret, Instant at, SecureRandom random) {
    TotpSeed seed =
        new TotpSeed(person, seals.encrypt(TABLE, person.text(), secret, random), at, null, 0);
    delete(person, true);
    bind(handle.createUpdate(INSERT), seed).execute();
    return seed;
  }

  void confirm(TotpSeed seed) {
    delete(seed.person(), false);
    update(seed, true);
  }

  void update(TotpSeed seed) {
    update(seed, seed.isPending());
  }

  private void update(TotpSeed seed, boolean pendingBefore) {
    int updated =
        bind(handle.createUpdate(UPDATE), seed)
            .bind("pendingBefore", Rows.flag(pendingBefore))
            .execute();
    if (updated != 1) {
      throw new StoreException(
          seed + " is not stored before step " + seed.lastStep() + ", so it was not updated");
    }
  }

  void removeAll(PersonId person) {
    handle.createUpdate(DELETE_ALL).bind("person", person.text()).execute();
  }

  private void delete(PersonId person, boolean pending) {
    handle
        .createUpdate(DELETE)
        .bind("person", person.text())
        .bind("pending", Rows.flag(pending))
        .execute();
  }

  private Update bind(Update statement, TotpSeed seed) {
    return seals
        .bind(statement, seed.canonical())
        .bind("person", seed.person().text())
        .bind("pending", Rows.flag(seed.isPending()))
        .bind("seed", seed.seed().bytes().toArray())
        .bind("seedVersion", seed.seed().pepperVersion())
        .bind("createdAt", seed.createdAt().toEpochMilli())
        .bind("confirmedAt", Rows.millis(seed.confirmedAt()))
        .bind("lastStep", seed.lastStep());
  }

  private Sealed<TotpSeed> read(Row row) throws SQLException {
    TotpSeed seed =
        new TotpSeed(
            row.parsed("person_id", PersonId::parse),
            new Encrypted(row.smallNumber("seed_version"), row.bytes("seed")),
            row.time("created_at"),
            row.timeOrNull("confirmed_at"),
            row.number("last_step"));
    if (seed.isPending() != row.flag("pending")) {
      throw new Row.Unreadable("pending");
    }
    return seals.check(KIND, seed.person().text(), seed, row.seal(), seed.canonical());
  }
}
