package io.bitting.jdbc;

import io.bitting.id.PersonId;
import io.bitting.id.SignInId;
import io.bitting.member.Factor;
import io.bitting.member.SignIn;
import io.bitting.seal.Bytes;
import io.bitting.seal.Sealed;
import io.bitting.store.StoreException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** The table of sign-ins, in one transaction. */
final class SignIns {
  private static final String KIND = "sign_in";

  private static final String BY_ID = "SELECT * FROM sign_ins WHERE id = :id";
  private static final String BY_DIGEST = "SELECT * FROM sign_ins WHERE digest = :digest";

  private static final String OF_PERSON =
      "SELECT * FROM sign_ins WHERE person_id = :person ORDER BY created_at DESC, id DESC";

  private static final String INSERT =
      """
      INSERT INTO sign_ins
        (id, digest, person_id, created_at, last_seen_at, password_at, totp_at, passkey_at, recovery_code_at, source,
        user_agent, ended_at, pepper_version, seal)
      VALUES (:id, :digest, :person, :createdAt, :lastSeenAt, :passwordAt, :totpAt, :passkeyAt, :recoveryCodeAt, :source,
        :userAgent, :endedAt, :pepperVersion, :seal)
      """;

  /** What the seal covers and this leaves alone has to be what is stored. */
  private static final String UPDATE =
      """
      UPDATE sign_ins
      SET digest = :digest, last_seen_at = :lastSeenAt, password_at = :passwordAt, totp_at = :totpAt,
        passkey_at = :passkeyAt, recovery_code_at = :recoveryCodeAt, ended_at = :endedAt,
        pepper_version = :pepperVersion, seal = :seal
      WHERE id = :id AND person_id = :person AND created_at = :createdAt AND source = :source AND user_agent = :userAgent
      """;

  /** The oldest first, by the index, so that it ends soon however many there are. */
  private static final String DELETE_OLD =
      """
      DELETE FROM sign_ins WHERE id IN
      (SELECT id FROM sign_ins WHERE last_seen_at < :before ORDER BY last_seen_at LIMIT :limit)
      RETURNING id
      """;

  private static final String DELETE_ALL = "DELETE FROM sign_ins WHERE person_id = :person";

  private final Handle handle;
  private final Seals seals;

  SignIns(Handle handle, Seals seals) {
    this.handle = handle;
    this.seals = seals;
  }

  Optional<Sealed<SignIn>> find(SignInId id) {
    return Rows.first(into -> scan(handle.createQuery(BY_ID).bind("id", id.text()), into));
  }

  Optional<Sealed<SignIn>> find(Bytes digest) {
    return Rows.first(
        into -> scan(handle.createQuery(BY_DIGEST).bind("digest", digest.toArray()), into));
  }

  List<Sealed<SignIn>> of(PersonId person) {
    return Rows.list(
        into -> scan(handle.createQuery(OF_PERSON).bind("person", person.text()), into));
  }

  void insert(SignIn signIn) {
    bind(handle.createUpdate(INSERT), signIn).execute();
  }

  void update(SignIn signIn) {
    if (bind(handle.createUpdate(UPDATE), signIn).execute() != 1) {
      throw new StoreException(signIn + " is gone, so it was not updated");
    }
  }

  /** Returns the ids of those that were removed. */
  List<String> removeOld(Instant notSeenSince, int limit) {
    return handle
        .createQuery(DELETE_OLD)
        .bind("before", notSeenSince.toEpochMilli())
        .bind("limit", limit)
        .mapTo(String.class)
        .list();
  }

  void removeAll(PersonId person) {
    handle.createUpdate(DELETE_ALL).bind("person", person.text()).execute();
  }

  private Update bind(Update statement, SignIn signIn) {
    return seals
        .bind(statement, signIn.canonical())
        .bind("id", signIn.id().text())
        .bind("digest", signIn.digest().toArray())
        .bind("person", signIn.person().text())
        .bind("createdAt", signIn.createdAt().toEpochMilli())
        .bind("lastSeenAt", signIn.lastSeenAt().toEpochMilli())
        .bind("passwordAt", Rows.millis(signIn.proved().get(Factor.PASSWORD)))
        .bind("totpAt", Rows.millis(signIn.proved().get(Factor.TOTP)))
        .bind("passkeyAt", Rows.millis(signIn.proved().get(Factor.PASSKEY)))
        .bind("recoveryCodeAt", Rows.millis(signIn.proved().get(Factor.RECOVERY_CODE)))
        .bind("source", signIn.source())
        .bind("userAgent", signIn.userAgent())
        .bind("endedAt", Rows.millis(signIn.endedAt()));
  }

  private void scan(Query query, Consumer<Sealed<SignIn>> into) {
    Rows.each(query, results -> seals.readable(KIND, "id", results, this::read).ifPresent(into));
  }

  private Sealed<SignIn> read(Row row) throws SQLException {
    SignIn signIn =
        new SignIn(
            row.parsed("id", SignInId::parse),
            row.bytes("digest"),
            row.parsed("person_id", PersonId::parse),
            row.time("created_at"),
            row.time("last_seen_at"),
            proved(row),
            row.text("source"),
            row.text("user_agent"),
            row.timeOrNull("ended_at"));
    return seals.check(KIND, signIn.id().text(), signIn, row.seal(), signIn.canonical());
  }

  private static Map<Factor, Instant> proved(Row row) throws SQLException {
    Map<Factor, Instant> proved = new EnumMap<>(Factor.class);
    for (Factor factor : Factor.values()) {
      @Nullable Instant at = row.timeOrNull(factor.code() + "_at");
      if (at != null) {
        proved.put(factor, at);
      }
    }
    return proved;
  }
}
