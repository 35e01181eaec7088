package io.bitting.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Gives tests databases of their own: SQLite in a fresh folder, PostgreSQL in one server for the
 * whole run.
 */
public final class TestDatabases {
  private static final AtomicInteger COUNT = new AtomicInteger();

  private TestDatabases() {}

  /** The server starts at first use and stops with the JVM. */
  private static final class Server {
    private static final EmbeddedPostgres POSTGRES = start();

    private static EmbeddedPostgres start() {
      try {
        // What is tested of durability is tested elsewhere, on a server with the defaults.
        return EmbeddedPostgres.builder()
            .setServerConfig("fsync", "off")
            .setServerConfig("max_connections", "200")
            .start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** A database with the tables and nothing else: a copy costs a tenth of what they cost. */
  private static final class Migrated {
    private static final String NAME = make();

    private static String make() {
      Postgresql empty = emptyPostgresql();
      empty.open().close();
      empty.pool().close();
      return empty.name;
    }
  }

  /** Files with the tables and nothing else. */
  private static final class MigratedFiles {
    private static final List<Path> ALL = make();

    private static List<Path> make() {
      Sqlite empty = emptySqlite();
      empty.open().close();
      try (Stream<Path> files = Files.list(empty.folder)) {
        List<Path> all = files.toList();
        // The last that is named goes first.
        empty.folder.toFile().deleteOnExit();
        all.forEach(file -> file.toFile().deleteOnExit());
        return all;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** A SQLite database that can also be reached by its folder. */
  public static final class Sqlite implements TestDatabase {
    private final Path folder;
    private boolean guarded = true;

    private Sqlite(Path folder) {
      this.folder = folder;
    }

    /** Returns the folder that has the database file. */
    public Path folder() {
      return folder;
    }

    @Override
    public JdbcDatabase open() {
      return JdbcDatabase.sqlite(folder);
    }

    @Override
    public Connection connect() throws SQLException {
      Properties settings = new Properties();
      settings.setProperty("busy_timeout", "10000");
      Connection connection =
          DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("bitting.db"), settings);
      if (!guarded) {
        try (Statement statement = connection.createStatement()) {
          statement.execute("PRAGMA ignore_check_constraints = ON");
        }
      }
      return connection;
    }

    @Override
    public void dropGuards() {
      guarded = false;
      for (String trigger : list(this, "SELECT name FROM sqlite_schema WHERE type = 'trigger'")) {
        execute("DROP TRIGGER " + trigger);
      }
    }

    @Override
    public String zeros(int length) {
      return "zeroblob(" + length + ")";
    }

    /** A conflict that is resolved by replacing deletes the old row without its DELETE trigger. */
    @Override
    public List<String> waysRound(String grant, String api, String key) {
      return List.of(
          "INSERT OR REPLACE INTO grants VALUES ('" + grant + "', '" + api + "', 1, 1)",
          "INSERT OR REPLACE INTO grant_scopes VALUES ('" + grant + "', 'scans:run')",
          "INSERT OR REPLACE INTO grant_scopes VALUES ('" + grant + "', 'bot')",
          "UPDATE OR REPLACE grant_scopes SET scope = 'bot'",
          "INSERT OR IGNORE INTO grant_reach VALUES ('"
              + grant
              + "', 'issue_all', '"
              + api
              + "', '')",
          "INSERT OR REPLACE INTO api_keys (id, organization_id, api, grant_id, name, name_folded, purpose, purpose_folded, state, created_at, created_by_kind, created_by, revoked_at, revision, pepper_version, seal) SELECT id, organization_id, api, grant_id, 'x', 'x', purpose, purpose_folded, state,"
              + " created_at, created_by_kind, created_by, revoked_at, revision, pepper_version, seal FROM api_keys WHERE id = '"
              + key
              + "'",
          "INSERT OR REPLACE INTO key_secrets (key_id, number, digest, created_at, expires_at, revision, pepper_version, seal) SELECT key_id, number, zeroblob(32), created_at, expires_at, revision, pepper_version,"
              + " seal FROM key_secrets WHERE key_id = '"
              + key
              + "'",
          "INSERT OR REPLACE INTO audit_events SELECT * FROM audit_events",
          "INSERT OR REPLACE INTO audit_changes VALUES ('installation', 1, 0, 'a', 'b', 'c')",
          "UPDATE api_keys SET created_at = 'text' WHERE id = '" + key + "'");
    }

    @Override
    public List<String> hold() {
      return List.of("BEGIN IMMEDIATE");
    }

    @Override
    public void close() {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public String toString() {
      return "SQLite";
    }
  }

  /** A PostgreSQL database that can also be reached by its address. */
  public static final class Postgresql implements TestDatabase {
    private final String name;
    private final HikariDataSource pool;

    /** For what is done aside. A connection of its own each time would be a process each time. */
    private Optional<Handle> aside = Optional.empty();

    private Postgresql(String name) {
      this.name = name;
      HikariConfig config = new HikariConfig();
      config.setJdbcUrl(url());
      config.setMaximumPoolSize(12);
      config.setMinimumIdle(0);
      config.setConnectionTimeout(5_000);
      this.pool = new HikariDataSource(config);
    }

    /** Returns its address, user included. */
    public String url() {
      return Server.POSTGRES.getJdbcUrl("postgres", name);
    }

    /** Returns the pool that {@link #open} uses. */
    public HikariDataSource pool() {
      return pool;
    }

    @Override
    public JdbcDatabase open() {
      PGSimpleDataSource usage = new PGSimpleDataSource();
      usage.setUrl(url());
      return JdbcDatabase.postgresql(pool, usage);
    }

    @Override
    public Connection connect() throws SQLException {
      return DriverManager.getConnection(url());
    }

    @Override
    public synchronized <T> T aside(Function<Handle, T> work) {
      if (aside.isEmpty()) {
        aside = Optional.of(Jdbi.open(this::connect));
      }
      return work.apply(aside.get());
    }

    @Override
    public void dropGuards() {
      execute(
          "DROP FUNCTION bitting_refuse, bitting_refuse_once_granted, bitting_refuse_once_audited, bitting_refuse_unless_cut, bitting_refuse_once_cut CASCADE");
      List<String> constraints =
          list(
              this,
              """
              SELECT 'ALTER TABLE ' || conrelid::regclass || ' DROP CONSTRAINT ' || conname FROM pg_constraint
              WHERE contype IN ('c', 'f') AND conrelid <> 0 AND connamespace = 'public'::regnamespace
              """);
      execute(String.join(";", constraints));
    }

    @Override
    public String zeros(int length) {
      return "decode(repeat('00', " + length + "), 'hex')";
    }

    @Override
    public List<String> waysRound(String grant, String api, String key) {
      return List.of(
          "TRUNCATE grants CASCADE",
          "TRUNCATE grant_scopes",
          "TRUNCATE grant_reach",
          "TRUNCATE audit_events CASCADE",
          "TRUNCATE audit_changes",
          "INSERT INTO grants VALUES ('"
              + grant
              + "', '"
              + api
              + "', 1, 1) ON CONFLICT (id) DO UPDATE SET all_scopes = 1",
          "INSERT INTO grant_scopes VALUES ('"
              + grant
              + "', 'scans:run') ON CONFLICT (grant_id, scope) DO UPDATE SET scope = 'bot'",
          "MERGE INTO grants g USING (SELECT '"
              + grant
              + "' AS id) n ON g.id = n.id WHEN MATCHED THEN UPDATE SET all_scopes = 1",
          "WITH gone AS (DELETE FROM grant_scopes RETURNING grant_id) SELECT count(*) FROM gone");
    }

    @Override
    public List<String> hold() {
      return List.of("BEGIN", "LOCK TABLE organizations IN ACCESS EXCLUSIVE MODE");
    }

    @Override
    public synchronized void close() {
      aside.ifPresent(Handle::close);
      pool.close();
      onServer("DROP DATABASE " + name + " WITH (FORCE)");
    }

    @Override
    public String toString() {
      return "PostgreSQL";
    }
  }

  /** Returns a fresh SQLite database, which has the tables already. */
  public static Sqlite sqlite() {
    Sqlite fresh = emptySqlite();
    try {
      for (Path file : MigratedFiles.ALL) {
        Files.copy(
            file,
            fresh.folder.resolve(file.getFileName()),
            StandardCopyOption.COPY_ATTRIBUTES); // They are their owner's alone.
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return fresh;
  }

  /** Returns a fresh SQLite database in which nothing is yet. */
  public static Sqlite emptySqlite() {
    try {
      return new Sqlite(Files.createTempDirectory("bitting-test"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns a fresh PostgreSQL database, which has the tables already. */
  public static Postgresql postgresql() {
    String name = "test" + COUNT.incrementAndGet();
    onServer("CREATE DATABASE " + name + " TEMPLATE " + Migrated.NAME);
    return new Postgresql(name);
  }

  /** Returns a fresh PostgreSQL database in which nothing is yet. */
  public static Postgresql emptyPostgresql() {
    String name = "test" + COUNT.incrementAndGet();
    onServer("CREATE DATABASE " + name);
    return new Postgresql(name);
  }

  private static List<String> list(TestDatabase database, String sql) {
    return database.aside(handle -> handle.createQuery(sql).mapTo(String.class).list());
  }

  private static void onServer(String sql) {
    try (Connection connection = Server.POSTGRES.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
