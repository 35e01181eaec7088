package io.bitting.server;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.bitting.jdbc.JdbcDatabase;
import io.bitting.jdbc.JdbcStorage;
import io.bitting.jdbc.KeysetRefusedException;
import io.bitting.seal.PepperKeyset;
import io.bitting.seal.SealAlarm;
import io.bitting.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A database that was opened together with its keyset.
 *
 * <p><b>Security guarantees.</b> A keyset is made only together with an empty database in a folder
 * of our own. A database that has rows is not opened with another keyset than its own, nor without
 * one.
 */
final class OpenStorage implements AutoCloseable {
  private static final int POOL_SIZE = 10;
  private static final long CONNECT_MILLIS = 5_000;
  private static final int USAGE_POOL_SIZE = 4;
  private static final long USAGE_CONNECT_MILLIS = 1_000;
  private static final String SQLITE = "SQLite format 3\0";

  private final JdbcDatabase database;
  private final List<HikariDataSource> pools;
  private final JdbcStorage storage;
  private final PepperKeyset keyset;

  private OpenStorage(
      JdbcDatabase database,
      List<HikariDataSource> pools,
      JdbcStorage storage,
      PepperKeyset keyset) {
    this.database = database;
    this.pools = List.copyOf(pools);
    this.storage = storage;
    this.keyset = keyset;
  }

  static OpenStorage open(
      ServerSettings.Database where,
      Optional<Path> pepperFile,
      Clock clock,
      SecureRandom random,
      SealAlarm alarm) {
    List<HikariDataSource> pools = new ArrayList<>();
    JdbcDatabase database = null;
    try {
      PepperKeyset keyset;
      switch (where) {
        case ServerSettings.Sqlite sqlite -> {
          DataFolder.make(sqlite.folder());
          refuseOtherFile(sqlite.folder().resolve("bitting.db"));
          refuseOtherFile(sqlite.folder().resolve("usage.db"));
          database = JdbcDatabase.sqlite(sqlite.folder());
          keyset = keyset(database, sqlite, pepperFile, random);
        }
        case ServerSettings.Postgresql postgresql -> {
          // First the keyset: a mistake there is told without a database.
          keyset =
              Keysets.read(
                  pepperFile.orElseThrow(() ->
                      new StartRefusedException(
                          "PostgreSQL wants its pepper keyset named: set pepper-file or BITTING_PEPPER_FILE; make a keyset with: bitting pepper create FILE")));
          pools.add(pool(postgresql, "bitting", POOL_SIZE, CONNECT_MILLIS));
          // A change reads the ledger while it holds locks that other changes wait for, each with
          // a connection: it must not wait for one of theirs.
          pools.add(pool(postgresql, "bitting-usage", USAGE_POOL_SIZE, USAGE_CONNECT_MILLIS));
          database = JdbcDatabase.postgresql(pools.get(0), pools.get(1));
        }
      }
      return new OpenStorage(database, pools, database.open(keyset, clock, random, alarm), keyset);
    } catch (RuntimeException e) {
      if (database != null) {
        database.close();
      }
      pools.forEach(HikariDataSource::close);
      throw switch (e) {
        case KeysetRefusedException refused ->
            new StartRefusedException(String.valueOf(refused.getMessage()), refused);
        case StoreException failed -> refusal(where, failed);
        case IllegalArgumentException unfit ->
            new StartRefusedException(String.valueOf(unfit.getMessage()), unfit);
        default -> e;
      };
    }
  }

  /** Says that the database failed, and where to look. */
  static StartRefusedException refusal(ServerSettings.Database where, StoreException failure) {
    return new StartRefusedException(
        "the database cannot be opened: "
            + failure.getMessage()
            + switch (where) {
              case ServerSettings.Sqlite sqlite ->
                  "; look at data folder " + sqlite.folder() + ", or name another with --data";
              case ServerSettings.Postgresql ignored ->
                  "; look at --database, and at the log of PostgreSQL";
            },
        failure);
  }

  /** What the database would say of it takes six lines. */
  private static void refuseOtherFile(Path file) {
    try {
      if (!Files.exists(file) || Files.size(file) == 0) {
        return;
      }
      try (InputStream in = Files.newInputStream(file)) {
        if (!SQLITE.equals(
            new String(in.readNBytes(SQLITE.length()), StandardCharsets.ISO_8859_1))) {
          throw new StartRefusedException(
              file + " is no SQLite database; put the one that belongs there back, from a backup");
        }
      }
    } catch (IOException e) {
      throw new StartRefusedException(
          file + " cannot be read: " + e.getMessage() + "; name another folder with --data", e);
    }
  }

  private static PepperKeyset keyset(
      JdbcDatabase database,
      ServerSettings.Sqlite sqlite,
      Optional<Path> named,
      SecureRandom random) {
    if (named.isPresent()) {
      return Keysets.read(named.get());
    }
    Path own = sqlite.folder().resolve(Keysets.FILE);
    if (Files.exists(own) || !database.isNew()) {
      return Keysets.read(own);
    }
    return Keysets.create(own, random);
  }

  private static HikariDataSource pool(
      ServerSettings.Postgresql postgresql, String name, int size, long connectMillis) {
    HikariConfig config = new HikariConfig();
    config.setPoolName(name);
    config.setJdbcUrl(postgresql.url());
    postgresql.user().ifPresent(config::setUsername);
    postgresql.password().ifPresent(config::setPassword);
    config.setMaximumPoolSize(size);
    config.setConnectionTimeout(connectMillis);
    // Tried once: what is not there yet is told at once.
    config.setInitializationFailTimeout(1);
    config.setAutoCommit(true);
    try {
      return new HikariDataSource(config);
    } catch (RuntimeException e) {
      throw new StartRefusedException(
          "PostgreSQL cannot be reached at "
              // What follows the question mark may be a password.
              + postgresql.url().replaceFirst("\\?.*", "")
              + ": "
              + rootMessage(e)
              + "; check --database, user and password",
          e);
    }
  }

  private static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }

  JdbcStorage storage() {
    return storage;
  }

  /** Returns what seals the rows, and what browsers keep for us. */
  PepperKeyset keyset() {
    return keyset;
  }

  @Override
  public void close() {
    database.close();
    pools.forEach(HikariDataSource::close);
  }
}
