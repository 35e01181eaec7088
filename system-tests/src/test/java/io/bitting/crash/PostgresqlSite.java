package io.bitting.crash;

import io.bitting.server.Keysets;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A PostgreSQL of its own, as durable as it comes, that can be killed and started again. */
final class PostgresqlSite implements Site {
  private static final String DATABASE = "bitting";
  private static final String DATA = "postgresql";

  /** How PostgreSQL writes down the arguments that it was started with. */
  private static final Pattern ARGUMENT = Pattern.compile("\"([^\"]*)\"");

  private final Path folder;
  private final int port;
  private final List<String> command;

  private PostgresqlSite(Path folder, int port, List<String> command) {
    this.folder = folder;
    this.port = port;
    this.command = command;
  }

  /** Makes one that has a transaction on disk before it says so. */
  static PostgresqlSite fresh() {
    return start("on");
  }

  /**
   * Makes one that says so at once and writes later: what it acknowledged last is lost when it is
   * killed.
   */
  static PostgresqlSite forgetful() {
    return start("off");
  }

  private static PostgresqlSite start(String synchronousCommit) {
    try {
      Path folder = Files.createTempDirectory("bitting-crash");
      // It is never closed: that would stop what has long been another process.
      EmbeddedPostgres embedded =
          EmbeddedPostgres.builder()
              .setDataDirectory(folder.resolve(DATA))
              .setCleanDataDirectory(false)
              .setRegisterShutdownHook(false)
              .setServerConfig("fsync", "on")
              .setServerConfig("full_page_writes", "on")
              .setServerConfig("synchronous_commit", synchronousCommit)
              // So that nobody else writes it meanwhile.
              .setServerConfig("wal_writer_delay", "10s")
              .setServerConfig("wal_writer_flush_after", "1GB")
              .start();
      List<String> command = new ArrayList<>();
      if (LinuxUtils.isUnshareAvailable()) {
        command.addAll(List.of("unshare", "-U"));
      }
      command.addAll(commandOf(folder.resolve(DATA)));
      PostgresqlSite site = new PostgresqlSite(folder, embedded.getPort(), command);
      Keysets.create(site.pepper(), new SecureRandom());
      try (Connection connection = site.connect("postgres");
          Statement statement = connection.createStatement()) {
        statement.execute("CREATE DATABASE " + DATABASE);
        site.require(connection, "fsync", "on");
        site.require(connection, "synchronous_commit", synchronousCommit);
      }
      return site;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Reads how PostgreSQL was started, which it keeps beside its data. */
  private static List<String> commandOf(Path data) throws IOException {
    String line = Files.readString(data.resolve("postmaster.opts")).strip();
    List<String> command = new ArrayList<>(List.of(line.substring(0, line.indexOf(' '))));
    ARGUMENT.matcher(line).results().map(argument -> argument.group(1)).forEach(command::add);
    return command;
  }

  private void require(Connection connection, String setting, String value) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SHOW " + setting)) {
      result.next();
      if (!result.getString(1).equals(value)) {
        close();
        throw new IllegalStateException(setting + " is " + result.getString(1) + ", not " + value);
      }
    }
  }

  private Path pepper() {
    return folder.resolve(Keysets.FILE);
  }

  private String url(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?user=postgres";
  }

  private Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(url(database));
  }

  @Override
  public List<String> arguments() {
    return List.of("postgresql", url(DATABASE), pepper().toString());
  }

  @Override
  public Connection connect() throws SQLException {
    return connect(DATABASE);
  }

  /** Has everything written that was committed so far. */
  void checkpoint() {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CHECKPOINT");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Kills, with SIGKILL, one process that works for the server. The others are ended by PostgreSQL
   * itself, which then recovers.
   */
  void killBackend() {
    String busiest =
        """
        SELECT pid FROM pg_stat_activity
        WHERE datname = '%s' AND backend_type = 'client backend' AND pid <> pg_backend_pid()
        ORDER BY state = 'active' DESC, random() LIMIT 1
        """
            .formatted(DATABASE);
    try (Connection connection = connect("postgres");
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(busiest)) {
      result.next();
      kill(ProcessHandle.of(result.getLong(1)).stream().toList());
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Kills all of it at once, with SIGKILL, and starts it again. */
  void killAndRestart() {
    killAll();
    try {
      new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(
              ProcessBuilder.Redirect.appendTo(folder.resolve("postgresql.log").toFile()))
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void killAll() {
    ProcessHandle postmaster = postmaster();
    List<ProcessHandle> processes = new ArrayList<>(List.of(postmaster));
    postmaster.descendants().forEach(processes::add);
    kill(processes);
  }

  /** Finds the process that the others come from, as PostgreSQL writes it down beside its data. */
  private ProcessHandle postmaster() {
    try (Stream<String> lines = Files.lines(folder.resolve(DATA).resolve("postmaster.pid"))) {
      long pid = Long.parseLong(lines.findFirst().orElseThrow().strip());
      return ProcessHandle.of(pid)
          .orElseThrow(() -> new IllegalStateException("PostgreSQL is not running"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void kill(List<ProcessHandle> processes) {
    processes.forEach(ProcessHandle::destroyForcibly);
    CompletableFuture.allOf(
            processes.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new))
        .orTimeout(30, TimeUnit.SECONDS)
        .join();
  }

  @Override
  public void close() {
    ProcessHandle postmaster = postmaster();
    try {
      // SIGINT is its fast shutdown, which takes its shared memory away.
      new ProcessBuilder("kill", "-INT", Long.toString(postmaster.pid())).start();
      postmaster.onExit().completeOnTimeout(postmaster, 10, TimeUnit.SECONDS).join();
      if (postmaster.isAlive()) {
        killAll();
      }
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return "PostgreSQL";
  }
}
