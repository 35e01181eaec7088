package io.bitting.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

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

  /** A SQLite database that can also be reached by its folder. */
  public static final class Sqlite implements TestDatabase {
    private final Path folder;

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
      return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("bitting.db"), settings);
    }

    @Override
    public void dropGuards() {
      try (Connection connection = connect();
          Statement statement = connection.createStatement()) {
        statement.execute("PRAGMA writable_schema = ON");
        statement.execute("DELETE FROM sqlite_schema WHERE type = 'trigger'");
        statement.execute("PRAGMA writable_schema = RESET");
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
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
      return JdbcDatabase.postgresql(pool);
    }

    @Override
    public Connection connect() throws SQLException {
      return DriverManager.getConnection(url());
    }

    @Override
    public void dropGuards() {
      execute(
          "DROP FUNCTION bitting_refuse, bitting_refuse_once_granted, bitting_refuse_once_audited CASCADE");
    }

    @Override
    public void close() {
      pool.close();
      onServer("DROP DATABASE " + name + " WITH (FORCE)");
    }

    @Override
    public String toString() {
      return "PostgreSQL";
    }
  }

  /** Returns a fresh SQLite database, in a folder below the build's. */
  public static Sqlite sqlite() {
    try {
      return new Sqlite(Files.createTempDirectory("bitting-test"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns a fresh PostgreSQL database. */
  public static Postgresql postgresql() {
    String name = "test" + COUNT.incrementAndGet();
    onServer("CREATE DATABASE " + name);
    return new Postgresql(name);
  }

  /** Returns a fresh database of each kind. */
  public static List<TestDatabase> each() {
    return List.of(sqlite(), postgresql());
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
