package io.bitting.jdbc;

import io.bitting.audit.AuditChain;
import io.bitting.audit.AuditCheckpoint;
import io.bitting.audit.SigningKey;
import io.bitting.audit.VerifyingKey;
import io.bitting.seal.Bytes;
import io.bitting.seal.Encrypted;
import io.bitting.seal.Sealed;
import io.bitting.store.SigningKeyRow;
import io.bitting.store.StoreException;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/** The tables of signing keys, of what they have signed, and of where chains were cut. */
final class Checkpoints {
  private static final String KIND = "signing_key";
  private static final String TABLE = "signing_keys";

  private static final String KEYS = "SELECT * FROM signing_keys ORDER BY number DESC";

  private static final String INSERT_KEY =
      """
      INSERT INTO signing_keys
        (id, number, public_key, private_key, private_key_version, created_at, pepper_version, seal)
      VALUES (:id, :number, :publicKey, :privateKey, :privateKeyVersion, :createdAt, :pepperVersion, :seal)
      """;

  private static final String PAGE =
      "SELECT * FROM audit_checkpoints WHERE chain = :chain AND number < :before ORDER BY number DESC LIMIT :limit";

  private static final String INSERT =
      """
      INSERT INTO audit_checkpoints (chain, number, hash, at, signing_key, signature)
      VALUES (:chain, :number, :hash, :at, :key, :signature)
      """;

  /** Only what comes before every event that is to stay counts as old. */
  private static final String CUT_BEFORE =
      """
      SELECT * FROM audit_checkpoints
      WHERE chain = :chain
        AND number < coalesce((SELECT min(number) FROM audit_events WHERE chain = :chain AND at >= :before), :none)
        AND number > coalesce((SELECT max(number) FROM audit_cuts WHERE chain = :chain), 0)
      ORDER BY number DESC LIMIT 1
      """;

  private static final String EVENT_HASH =
      "SELECT hash FROM audit_events WHERE chain = :chain AND number = :number";

  private static final String CUT =
      "INSERT INTO audit_cuts (chain, number) VALUES (:chain, :number)";

  /** What belongs to events goes first. */
  private static final String CUT_PERSONAL =
      "DELETE FROM audit_personal WHERE chain = :chain AND number <= :number";

  private static final String CUT_CHANGES =
      "DELETE FROM audit_changes WHERE chain = :chain AND number <= :number";

  private static final String CUT_EVENTS =
      "DELETE FROM audit_events WHERE chain = :chain AND number <= :number";

  private final Handle handle;
  private final Seals seals;

  Checkpoints(Handle handle, Seals seals) {
    this.handle = handle;
    this.seals = seals;
  }

  List<Sealed<SigningKeyRow>> keys() {
    return Rows.list(into ->
        Rows.each(
            handle.createQuery(KEYS),
            results -> seals.readable(KIND, "id", results, this::key).ifPresent(into)));
  }

  private Sealed<SigningKeyRow> key(Row row) throws SQLException {
    SigningKeyRow key =
        new SigningKeyRow(
            row.number("number"),
            VerifyingKey.of(row.bytes("public_key"))
                .orElseThrow(() -> new Row.Unreadable("public_key")),
            new Encrypted(row.smallNumber("private_key_version"), row.bytes("private_key")),
            row.time("created_at"));
    if (!key.key().id().equals(row.text("id"))) {
      throw new Row.Unreadable("id");
    }
    return seals.check(KIND, key.key().id(), key, row.seal(), key.canonical());
  }

  long add(SigningKey key, Instant at, SecureRandom random) {
    long number = keys().stream().mapToLong(row -> row.unchecked().number()).max().orElse(0) + 1;
    VerifyingKey verifying = key.verifying();
    SigningKeyRow row =
        new SigningKeyRow(
            number,
            verifying,
            seals.encrypt(TABLE, verifying.id(), key.revealPrivate(), random),
            at);
    seals
        .bind(handle.createUpdate(INSERT_KEY), row.canonical())
        .bind("id", verifying.id())
        .bind("number", number)
        .bind("publicKey", verifying.der().toArray())
        .bind("privateKey", row.encrypted().bytes().toArray())
        .bind("privateKeyVersion", row.encrypted().pepperVersion())
        .bind("createdAt", at.toEpochMilli())
        .execute();
    return number;
  }

  /**
   * The newest key signs, or none: an older one in its place would hide that it was tampered with.
   */
  private SigningKey signingKey() {
    return keys().stream()
        .findFirst()
        .flatMap(Sealed::intact)
        .flatMap(row ->
            seals
                .decrypt(TABLE, row.key().id(), row.encrypted())
                .map(secret -> SigningKey.of(secret, row.key())))
        .orElseThrow(() ->
            new StoreException(
                "there is no signing key that is intact and that this pepper keyset can read, so no checkpoint was signed"));
  }

  AuditCheckpoint sign(AuditChain chain, AuditChain.Head head, Instant at) {
    AuditCheckpoint checkpoint = signingKey().sign(chain, head, at);
    handle
        .createUpdate(INSERT)
        .bind("chain", chain.text())
        .bind("number", checkpoint.number())
        .bind("hash", checkpoint.hash().toArray())
        .bind("at", checkpoint.at().toEpochMilli())
        .bind("key", checkpoint.keyId())
        .bind("signature", checkpoint.signature().toArray())
        .execute();
    return checkpoint;
  }

  List<AuditCheckpoint> page(AuditChain chain, Optional<Long> before, int limit) {
    return handle
        .createQuery(PAGE)
        .bind("chain", chain.text())
        .bind("before", before.orElse(Long.MAX_VALUE))
        .bind("limit", limit)
        .map((results, context) -> read(new Row(results)))
        .list();
  }

  Optional<AuditCheckpoint> cutBefore(AuditChain chain, Instant before) {
    return handle
        .createQuery(CUT_BEFORE)
        .bind("chain", chain.text())
        .bind("before", before.toEpochMilli())
        .bind("none", Long.MAX_VALUE)
        .map((results, context) -> read(new Row(results)))
        .findFirst();
  }

  private static AuditCheckpoint read(Row row) throws SQLException {
    return new AuditCheckpoint(
        new AuditCheckpoint.Statement(
            new AuditChain(row.text("chain")),
            row.number("number"),
            row.bytes("hash"),
            row.time("at"),
            row.text("signing_key")),
        row.bytes("signature"));
  }

  long cut(AuditCheckpoint checkpoint) {
    if (keys().stream()
        .flatMap(row -> row.intact().stream())
        .noneMatch(row -> row.key().hasSigned(checkpoint))) {
      throw new StoreException(
          "no signing key of this database has signed the checkpoint of event "
              + checkpoint.number()
              + ", so chain "
              + checkpoint.chain()
              + " was not cut there");
    }
    if (!eventHash(checkpoint).equals(Optional.of(checkpoint.hash()))) {
      throw new StoreException(
          "event "
              + checkpoint.number()
              + " of chain "
              + checkpoint.chain()
              + " is not the one that its checkpoint was signed for, so the chain was not cut there");
    }
    place(handle.createUpdate(CUT), checkpoint).execute();
    place(handle.createUpdate(CUT_PERSONAL), checkpoint).execute();
    place(handle.createUpdate(CUT_CHANGES), checkpoint).execute();
    return place(handle.createUpdate(CUT_EVENTS), checkpoint).execute();
  }

  private Optional<Bytes> eventHash(AuditCheckpoint checkpoint) {
    return place(handle.createQuery(EVENT_HASH), checkpoint)
        .map((results, context) -> new Row(results).bytes("hash"))
        .findFirst();
  }

  private static <S extends SqlStatement<S>> S place(S statement, AuditCheckpoint checkpoint) {
    return statement.bind("chain", checkpoint.chain().text()).bind("number", checkpoint.number());
  }
}
