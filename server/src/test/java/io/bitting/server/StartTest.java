package io.bitting.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.bitting.jdbc.TestDatabases;
import io.bitting.server.http.EdgeSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Guarantees that a server that cannot run as it should does not run at all: it says why in one
 * sentence and what to do, and what was there before is there still.
 */
final class StartTest {
  private static final String NEWER =
      """
      INSERT INTO flyway_schema_history
        (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)
      VALUES (99, '99', 'of tomorrow', 'SQL', 'V99__of_tomorrow.sql', 1, 'x', 1, %s)
      """;

  /** What was made once; each test has a copy. */
  private static Path made;

  private static String ownerToken;
  private static String before;

  private Path folder;

  @BeforeAll
  static void make() {
    TestServer server = TestServer.start();
    made = server.folder();
    ownerToken = server.ownerToken();
    before = server.operator().everything();
    server.stop();
  }

  @AfterAll
  static void remove() {
    delete(made);
  }

  @BeforeEach
  void copy() throws IOException {
    folder = TestServer.newFolder();
    try (Stream<Path> files = Files.list(made)) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(file.getFileName().toString()));
      }
    }
    Files.setPosixFilePermissions(pepper(), PosixFilePermissions.fromString("rw-------"));
  }

  @AfterEach
  void tidy() {
    delete(folder);
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path pepper() {
    return folder.resolve(Keysets.FILE);
  }

  private ServerSettings sqlite() {
    return TestServer.settings(new ServerSettings.Sqlite(folder));
  }

  private static ServerSettings at(ServerSettings settings, EdgeSettings edge, int adminPort) {
    return new ServerSettings(
        settings.database(),
        edge,
        new ServerSettings.Address("127.0.0.1", adminPort),
        Optional.empty(),
        settings.pepperFile(),
        settings.maxStale());
  }

  private static EdgeSettings edge(String host, int port) {
    return new EdgeSettings(host, port, "", Optional.empty(), Set.of());
  }

  private static ServerSettings with(ServerSettings settings, Path pepper) {
    return new ServerSettings(
        settings.database(),
        settings.edge(),
        settings.admin(),
        settings.grpc(),
        Optional.of(pepper),
        settings.maxStale());
  }

  /** Starts in vain, and returns the sentence. */
  private static String refused(ServerSettings settings) {
    StartRefusedException refused =
        catchThrowableOfType(
            StartRefusedException.class,
            () -> {
              try (BittingServer server = BittingServer.start(settings)) {
                throw new AssertionError("started on port " + server.port());
              }
            });
    assertThat(refused).isNotNull();
    String sentence = refused.getMessage();
    assertThat(sentence)
        .isNotBlank()
        .doesNotContain("\n", "\r", "Exception", "io.bitting", "org.", "null")
        .doesNotContainIgnoringCase("flyway")
        .contains(";")
        .hasSizeLessThan(400);
    return sentence;
  }

  /** Starts as it should be, and finds everything as it was. */
  private void assertUnchanged(ServerSettings settings) {
    TestServer server = TestServer.restart(folder, settings, ownerToken);
    try {
      assertThat(server.operator().everything()).isEqualTo(before);
      assertThat(server.server().setupCodeIfNone()).isEmpty();
    } finally {
      server.stop();
    }
  }

  private static void replace(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void start_asItWas_succeeds() {
    assertUnchanged(sqlite());
  }

  /** The keyset beside the database, or where it is said to be. */
  @Nested
  final class Keyset {
    @Test
    void lost_isRefused_andNoOtherIsMade() throws IOException {
      Path away = Files.move(pepper(), folder.resolve("away"));
      assertThat(refused(sqlite()))
          .contains(pepper() + " does not exist", "put the keyset of this database there");
      assertThat(pepper()).doesNotExist();
      Path named = folder.resolve("named");
      assertThat(refused(with(sqlite(), named))).contains(named + " does not exist");
      assertThat(named).doesNotExist();
      assertUnchanged(with(sqlite(), away));
    }

    @Test
    void ofAnotherInstallation_isRefused() throws IOException {
      String own = Files.readString(pepper());
      Files.delete(pepper());
      Keysets.create(pepper(), new SecureRandom());
      String other = Files.readString(pepper());
      assertThat(refused(sqlite()))
          .contains("versions [1]", "are not those that sealed this database", "give the keyset");
      assertThat(Files.readString(pepper())).isEqualTo(other);
      // Nor did the database take the other one for its own.
      assertThat(refused(sqlite())).contains("versions [1]");
      replace(pepper(), own);
      assertUnchanged(sqlite());
    }

    @Test
    void withSwappedVersions_isRefused() throws IOException {
      Path scratch = folder.resolve("scratch");
      Keysets.create(scratch, new SecureRandom());
      String one = key(Files.readString(pepper()));
      String two = key(Files.readString(scratch));
      replace(pepper(), "1 " + one + "\n2 " + two + "\n");
      assertUnchanged(sqlite());
      replace(pepper(), "1 " + two + "\n2 " + one + "\n");
      assertThat(refused(sqlite())).contains("versions [1, 2]", "give the keyset");
      replace(pepper(), "1 " + one + "\n2 " + two + "\n");
      assertUnchanged(sqlite());
    }

    private static String key(String keyset) {
      return keyset
          .lines()
          .filter(line -> line.startsWith("1 "))
          .findFirst()
          .orElseThrow()
          .substring(2);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"rw-r-----", "rw----r--", "rw-r--r--", "rw--w----", "rw-----w-", "rwx------"})
    void ofTooManyRights_isRefused(String permissions) throws IOException {
      Files.setPosixFilePermissions(pepper(), PosixFilePermissions.fromString(permissions));
      assertThat(refused(sqlite())).contains("chmod 600 " + pepper());
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(pepper())))
          .isEqualTo(permissions);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          "\n",
          "1",
          "1 zzzz",
          "1 00ff\n",
          "0 {key}",
          "1 {key}\n1 {key}",
          "ä",
          "1 {key}0"
        })
    void thatIsNone_isRefused_andNotRepeated(String text) throws IOException {
      String key = Keyset.key(Files.readString(pepper()));
      replace(pepper(), text.replace("{key}", key));
      assertThat(refused(sqlite()))
          .contains(pepper() + " is not a keyset", "restore it")
          .doesNotContain(key, "zzzz", "00ff");
    }

    @Test
    void thatIsAFolder_isRefused() throws IOException {
      Path own = Files.move(pepper(), folder.resolve("own"));
      Files.createDirectory(
          pepper(),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      assertThat(refused(sqlite())).contains(pepper() + " cannot be read");
      Files.delete(pepper());
      Files.move(own, pepper());
      assertUnchanged(sqlite());
    }
  }

  /** The folder of the embedded database. */
  @Nested
  final class DataFolder {
    private static ServerSettings in(Path folder) {
      return TestServer.settings(new ServerSettings.Sqlite(folder));
    }

    @Test
    void thatIsAFile_isRefused() throws IOException {
      Path file = Files.writeString(folder.resolve("file"), "mine");
      assertThat(refused(in(file))).contains(file + " is a file", "name another folder");
      assertThat(refused(in(file.resolve("below")))).contains(file + "/below cannot be made");
      assertThat(Files.readString(file)).isEqualTo("mine");
    }

    /** Where nobody may write, not even those who may write everywhere. */
    @ParameterizedTest
    @CsvSource({"/proc/self, cannot be written", "/proc/self/bitting-data, cannot be made"})
    void thatCannotBeWritten_isRefused(Path where, String why) {
      assertThat(refused(in(where))).contains(why, where.toString());
    }

    @Test
    void withAQuestionMark_isRefused() {
      Path where = folder.resolve("what?");
      assertThat(refused(in(where))).contains("question mark", "choose another");
    }

    @Test
    void whoseDatabaseIsNone_isRefused_andLeftAlone() throws IOException {
      Path other = Files.createDirectory(folder.resolve("other"));
      Files.createDirectory(other.resolve("bitting.db"));
      assertThat(refused(in(other))).contains("cannot be read", "name another folder");
      Path text = Files.createDirectory(folder.resolve("text"));
      String mine = "This is no database. ".repeat(100);
      Files.writeString(text.resolve("bitting.db"), mine);
      assertThat(refused(in(text))).contains("is no SQLite database", "from a backup");
      assertThat(Files.readString(text.resolve("bitting.db"))).isEqualTo(mine);
      assertThat(text.resolve(Keysets.FILE)).doesNotExist();
    }

    @Test
    void ofANewerVersion_isRefused_andLeftAlone() throws SQLException {
      execute("jdbc:sqlite:" + folder.resolve("bitting.db"), NEWER.formatted("1"));
      assertThat(refused(sqlite())).contains("version 99", "newer");
      execute(
          "jdbc:sqlite:" + folder.resolve("bitting.db"),
          "DELETE FROM flyway_schema_history WHERE version = '99'");
      assertUnchanged(sqlite());
    }

    /** Opened in a pinch, it would answer nothing but failures. */
    @Test
    void withoutATable_isRefused() throws SQLException {
      execute("jdbc:sqlite:" + folder.resolve("bitting.db"), "DROP TABLE catalog_implies");
      assertThat(refused(sqlite())).contains("the database");
    }
  }

  private static void execute(String url, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Where it listens. */
  @Nested
  final class Listening {
    @Test
    void onPortInUse_isRefused() throws IOException {
      try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        String address = "127.0.0.1:" + taken.getLocalPort();
        assertThat(refused(at(sqlite(), edge("127.0.0.1", taken.getLocalPort()), 0)))
            .contains("cannot listen on " + address, "--listen");
        int free = TestServer.freePort();
        assertThat(refused(at(sqlite(), edge("127.0.0.1", free), taken.getLocalPort())))
            .contains("cannot listen on " + address, "--admin-listen");
        assertThat(isListening(free)).isFalse();
      }
      assertUnchanged(sqlite());
    }

    private static boolean isListening(int port) throws IOException {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return socket.isConnected();
      } catch (ConnectException e) {
        return false;
      }
    }

    /** An address for documentation (RFC 5737), which no machine has. */
    @ParameterizedTest
    @ValueSource(strings = {"203.0.113.77", "nowhere.invalid"})
    void onAddressOfAnother_isRefused(String host) {
      assertThat(refused(at(sqlite(), edge(host, 0), 0))).contains("cannot listen on " + host);
    }

    @Test
    void withTlsFilesThatAreNone_isRefused() {
      Path missing = folder.resolve("missing.pem");
      for (Path file : List.of(missing, pepper())) {
        EdgeSettings edge =
            new EdgeSettings(
                "127.0.0.1", 0, "", Optional.of(new EdgeSettings.Tls(file, file)), Set.of());
        assertThat(refused(at(sqlite(), edge, 0))).contains("--tls-cert");
      }
      assertUnchanged(sqlite());
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy.example", "10.0.0.0/8", "", "10.0.0.1:80", "1.2.3"})
    void withProxyThatIsNoAddress_isRefused(String proxy) {
      EdgeSettings edge = new EdgeSettings("127.0.0.1", 0, "", Optional.empty(), Set.of(proxy));
      assertThat(refused(at(sqlite(), edge, 0))).contains("\"" + proxy + "\"", "IP address");
    }
  }

  /** A PostgreSQL database. */
  @Nested
  final class Postgresql {
    private static ServerSettings settings(TestDatabases.Postgresql database) {
      return TestServer.settings(
          new ServerSettings.Postgresql(database.url(), Optional.empty(), Optional.empty()));
    }

    @Test
    void withoutKeyset_isRefused() {
      assertThat(
              refused(
                  TestServer.settings(
                      new ServerSettings.Postgresql(
                          "jdbc:postgresql://127.0.0.1:1/x", Optional.empty(), Optional.empty()))))
          .contains("pepper-file", "BITTING_PEPPER_FILE", "bitting pepper create FILE");
    }

    @Test
    void withAnotherKeysetOrOfANewerVersion_isRefused_andLeftAlone() throws SQLException {
      try (TestDatabases.Postgresql database = TestDatabases.postgresql()) {
        Path own = folder.resolve("own");
        Path other = folder.resolve("other");
        Keysets.create(own, new SecureRandom());
        Keysets.create(other, new SecureRandom());
        TestServer server = TestServer.start(folder, with(settings(database), own));
        String was = server.operator().everything();
        String token = server.ownerToken();
        server.stop();
        assertThat(refused(with(settings(database), other)))
            .contains("versions [1]", "give the keyset");
        execute(database.url(), NEWER.formatted("true"));
        assertThat(refused(with(settings(database), own))).contains("version 99", "newer");
        execute(database.url(), "DELETE FROM flyway_schema_history WHERE version = '99'");
        server = TestServer.restart(folder, with(settings(database), own), token);
        assertThat(server.operator().everything()).isEqualTo(was);
        server.stop();
      }
    }

    @Test
    void thatCannotBeReached_isRefused_withoutItsPassword() {
      ServerSettings settings =
          TestServer.settings(
              new ServerSettings.Postgresql(
                  "jdbc:postgresql://127.0.0.1:1/x?user=me&password=hunter2",
                  Optional.of("me"),
                  Optional.of("hunter2")));
      assertThat(refused(with(settings, pepper())))
          .contains("PostgreSQL cannot be reached", "check --database")
          .doesNotContain("hunter2");
    }
  }
}
