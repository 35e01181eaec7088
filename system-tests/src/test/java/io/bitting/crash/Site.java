package io.bitting.crash;

import io.bitting.jdbc.TestDatabases;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Where the data is that outlives the server. */
sealed interface Site extends AutoCloseable permits Site.Sqlite, PostgresqlSite {

  /** Returns what {@link ServerUnderTest} is started with. */
  List<String> arguments();

  /** Connects behind the product's back. */
  Connection connect() throws SQLException;

  @Override
  void close();

  /** A folder with a SQLite file. */
  record Sqlite(TestDatabases.Sqlite database) implements Site {
    static Sqlite fresh() {
      return new Sqlite(TestDatabases.sqlite());
    }

    @Override
    public List<String> arguments() {
      return List.of("sqlite", database.folder().toString());
    }

    @Override
    public Connection connect() throws SQLException {
      return database.connect();
    }

    @Override
    public void close() {
      database.close();
    }

    @Override
    public String toString() {
      return "SQLite";
    }
  }
}
