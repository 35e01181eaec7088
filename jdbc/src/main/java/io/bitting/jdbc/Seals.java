package io.bitting.jdbc;

import io.bitting.seal.Encrypted;
import io.bitting.seal.PepperKeyset;
import io.bitting.seal.Seal;
import io.bitting.seal.SealAlarm;
import io.bitting.seal.SealVerdict;
import io.bitting.seal.Sealed;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jdbi.v3.core.statement.SqlStatement;

/** Seals rows, checks them, and raises the alarm for each that is not intact. Thread-safe. */
final class Seals {
  private final PepperKeyset keyset;
  private final SealAlarm alarm;

  Seals(PepperKeyset keyset, SealAlarm alarm) {
    this.keyset = keyset;
    this.alarm = alarm;
  }

  /** Binds {@code :pepperVersion} and {@code :seal}. */
  <S extends SqlStatement<S>> S bind(S statement, byte[] canonical) {
    Seal seal = keyset.seal(canonical);
    return statement.bind("pepperVersion", seal.pepperVersion()).bind("seal", seal.mac().toArray());
  }

  /** Encrypts a secret for one row of a table. */
  Encrypted encrypt(String table, String row, byte[] secret, SecureRandom random) {
    return keyset.encrypt(table, row, secret, random);
  }

  /** Decrypts a secret of one row of a table; empty if it was not encrypted for that. */
  Optional<byte[]> decrypt(String table, String row, Encrypted encrypted) {
    return keyset.decrypt(table, row, encrypted);
  }

  /** Joins a row and what its seal says. */
  <T> Sealed<T> check(String kind, String id, T row, Seal seal, byte[] canonical) {
    return verdict(kind, id, row, keyset.check(seal, canonical));
  }

  /** Joins a row and a verdict. */
  <T> Sealed<T> verdict(String kind, String id, T row, SealVerdict verdict) {
    if (verdict != SealVerdict.INTACT) {
      alarm.raised(kind, id, verdict);
    }
    return Sealed.of(row, verdict);
  }

  /** Reads one kind of row. */
  @FunctionalInterface
  interface Reading<T> {
    T read(Row row) throws SQLException;
  }

  /**
   * Reads the row that a result stands at; if it is no row of its kind any more, raises the alarm
   * and returns nothing, which grants nothing.
   */
  <T> Optional<T> readable(String kind, String idColumn, ResultSet results, Reading<T> reading)
      throws SQLException {
    try {
      return Optional.of(reading.read(new Row(results)));
    } catch (IllegalArgumentException e) {
      unreadable(kind, String.valueOf(results.getString(idColumn)));
      return Optional.empty();
    }
  }

  /** Raises the alarm for a row that is no row of its kind any more. */
  void unreadable(String kind, String id) {
    alarm.raised(kind, id, SealVerdict.BROKEN);
  }
}
