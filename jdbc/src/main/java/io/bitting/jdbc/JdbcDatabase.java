package io.bitting.jdbc;

import io.bitting.id.Base62;
import io.bitting.seal.PepperKeyset;
import io.bitting.seal.SealAlarm;
import io.bitting.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.MigrationState;

/**
 * A database of Bitting's, its schema up to date: SQLite in a file, or PostgreSQL.
 *
 * <p>Opened in two steps, so that a keyset is made only together with an empty database:
 *
 * <ol>
 *   <li>{@link #sqlite} or {@link #postgresql} opens the database and brings its schema up to date;
 *   <li>{@link #isNew} says whether it is empty, and {@link #open} joins it with its pepper keyset.
 * </ol>
 *
 * <p><b>Security guarantees.</b> No row is sealed or believed under a keyset that is not the
 * database's own: {@link #open} refuses one that contradicts a check value that the database keeps,
 * and one that has no version in common with it. A row that was altered behind the product's back
 * is handed out as such, with an alarm. Error messages name tables and columns, never values. Not
 * given: see {@link PepperKeyset}.
 *
 * <p>Thread-safe. {@link #close} ends the threads and connections that belong to this object; a
 * data source stays open.
 */
public final class JdbcDatabase implements AutoCloseable {
  private static final String FILE = "bitting.db";
  private static final String USAGE_FILE = "usage.db";
  private static final int EPOCH_LENGTH = 12;

  private final Engine engine;
  private final Engine usage;

  private JdbcDatabase(Engine engine, Engine usage) {
    this.engine = engine;
    this.usage = usage;
  }

  /**
   * Opens the SQLite database {@code bitting.db} and beside it {@code usage.db}, which has the
   * usage ledger alone, so that what is recorded there never holds up a change here. Both are made
   * for their owner alone if they are missing. Needs {@code org.xerial:sqlite-jdbc}.
   *
   * @param folder the data folder, which is made if it is missing
   * @throws IllegalArgumentException if the folder has a question mark in its name, which SQLite's
   *     driver cannot open
   * @throws StoreException if the database cannot be opened, its schema is newer than this program
   *     or cannot be brought up to date; its rows are as they were
   */
  public static JdbcDatabase sqlite(Path folder) {
    Path file = folder.toAbsolutePath().resolve(FILE);
    Path usageFile = folder.toAbsolutePath().resolve(USAGE_FILE);
    try {
      Files.createDirectories(file.getParent());
      makeForOwner(file);
      makeForOwner(usageFile);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return migrated(new SqliteEngine(file), SqliteEngine.ofUsage(usageFile));
  }

  /** Makes the file for its owner alone; SQLite gives those beside it the same permissions. */
  private static void makeForOwner(Path file) throws IOException {
    if (!Files.exists(file)
        && file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
  }

  /**
   * Opens a PostgreSQL database, 15 or newer. Needs {@code org.postgresql:postgresql}.
   *
   * <p>A change may read the ledger while it holds locks that other changes wait for, each with a
   * connection of its own; so the ledger has a source of its own.
   *
   * @param dataSource gives connections with the right to create tables, at least three at a time,
   *     one of which is held for good to follow changes; to the primary, since a replica is refused
   *     at each transaction; not through a pool that keeps a connection for a transaction only,
   *     which never hears of changes and so learns them by the poll alone
   * @param usage gives connections to the same database for the usage ledger, at least two at a
   *     time; not from the same pool
   * @throws StoreException if the database cannot be reached, its schema is newer than this program
   *     or cannot be brought up to date; its rows are as they were
   */
  public static JdbcDatabase postgresql(DataSource dataSource, DataSource usage) {
    return migrated(new PostgresqlEngine(dataSource), PostgresqlEngine.ofUsage(usage));
  }

  private static JdbcDatabase migrated(Engine engine, Engine usage) {
    try {
      migrate(engine, "the database");
      migrate(usage, "the usage ledger");
      return new JdbcDatabase(engine, usage);
    } catch (StoreException e) {
      usage.close();
      engine.close();
      throw e;
    }
  }

  private static void migrate(Engine engine, String what) {
    try {
      Flyway migrations = engine.migrations();
      refuseNewer(migrations.info());
      migrations.migrate();
    } catch (FlywayException e) {
      throw new StoreException(
          "the schema of " + what + " cannot be brought up to date: " + reason(e), e);
    }
  }

  /**
   * Flyway itself would let a program work on tables of tomorrow, whose rules it does not know and
   * so does not keep.
   */
  private static void refuseNewer(MigrationInfoService migrations) {
    String known = "none";
    for (MigrationInfo migration : migrations.all()) {
      MigrationState state = migration.getState();
      if (state == MigrationState.FUTURE_SUCCESS || state == MigrationState.FUTURE_FAILED) {
        throw new StoreException(
            "its schema has version "
                + migration.getVersion()
                + ", which is newer than "
                + known
                + ", the newest that this Bitting knows: start one that is as new as the database");
      }
      known = String.valueOf(migration.getVersion());
    }
  }

  /** Returns the database's own sentence, where there is one. */
  private static String reason(FlywayException failure) {
    String reason = String.valueOf(failure.getMessage());
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException error) {
        reason = String.valueOf(error.getMessage());
      }
    }
    return reason.lines().findFirst().orElse("");
  }

  /**
   * Tells whether the database has never had a keyset, nor any row: only then a new keyset may be
   * made for it.
   *
   * @throws StoreException if storage fails
   */
  public boolean isNew() {
    return engine.<Boolean>read(KeysetCheck::isNew);
  }

  /**
   * Joins the database with its keyset. A new database takes the keyset for its own from now on;
   * versions of the keyset that the database has not seen yet are noted, if it knows another one.
   *
   * @param keyset seals and checks rows
   * @param clock gives the times of audit events
   * @param random gives ids and salts of audit events, and the identity of a new database
   * @param alarm told of each row that is not intact
   * @throws KeysetRefusedException if the keyset is not the one that sealed the database; nothing
   *     was changed
   * @throws StoreException if storage fails; nothing was changed
   */
  public JdbcStorage open(PepperKeyset keyset, Clock clock, SecureRandom random, SealAlarm alarm) {
    String epoch = randomName(random);
    try {
      adopt(keyset, epoch);
    } catch (StoreException.Conflict e) {
      // Another process has adopted its keyset at the same moment; now there is one to compare
      // with.
      adopt(keyset, epoch);
    }
    Seals seals = new Seals(keyset, alarm);
    Wakening wakening = new Wakening();
    return new JdbcStorage(
        new JdbcStore(engine, seals, clock, random, wakening),
        new JdbcChangeSource(engine, seals, wakening),
        engine.nodes(randomName(random)),
        new JdbcUsageLedger(usage, randomName(random), clock));
  }

  private void adopt(PepperKeyset keyset, String epoch) {
    engine.write(
        handle -> new Engine.Outcome<>(keyset, new KeysetCheck(handle, keyset).adopt(epoch)));
  }

  private static String randomName(SecureRandom random) {
    byte[] text = new byte[EPOCH_LENGTH];
    Base62.fill(random, text, 0, text.length);
    return new String(text, StandardCharsets.US_ASCII);
  }

  Engine engine() {
    return engine;
  }

  /**
   * Ends threads and connections, once the transactions that run have ended. What is asked
   * afterwards fails.
   */
  @Override
  public void close() {
    usage.close();
    engine.close();
  }
}
