package io.bitting.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The folder of the embedded database: one server's at a time, and its owner's alone. */
final class DataFolderTest {
  @TempDir private Path folder;

  private BittingServer start() {
    return BittingServer.start(TestServer.settings(new ServerSettings.Sqlite(folder)));
  }

  @Test
  void start_folderOfARunningServer_isRefused_andIsFreeOnceThatIsClosed() {
    BittingServer first = start();
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(this::start)
          .isInstanceOf(StartRefusedException.class)
          .hasMessage(
              "data folder "
                  + folder
                  + " is in use by another server; for several at once use PostgreSQL: --database");
    }
    first.close();
    start().close();
  }

  @Test
  void start_thatWasRefusedForAnotherReason_leavesTheFolderFree() throws IOException {
    start().close();
    Path keyset = folder.resolve(Keysets.FILE);
    byte[] before = Files.readAllBytes(keyset);
    Files.delete(keyset);
    assertThatThrownBy(this::start).isInstanceOf(StartRefusedException.class);
    Files.write(keyset, before);
    Files.setPosixFilePermissions(keyset, PosixFilePermissions.fromString("rw-------"));
    start().close();
  }

  @Test
  void files_areTheOwnersAlone_inAFolderThatIsNot() throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    BittingServer server = start();
    try (Stream<Path> files = Files.list(folder)) {
      List<String> databases =
          files
              .filter(file -> file.getFileName().toString().matches("(bitting|usage)\\.db.*"))
              .map(file -> {
                assertThat(permissions(file)).as(file.toString()).isEqualTo("rw-------");
                return file.getFileName().toString();
              })
              .toList();
      assertThat(databases)
          .contains(
              "bitting.db",
              "bitting.db-wal",
              "bitting.db-shm",
              "usage.db",
              "usage.db-wal",
              "usage.db-shm");
    } finally {
      server.close();
    }
  }

  private static String permissions(Path file) {
    try {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void start_onePortForCallersAndOperators_isRefused() {
    ServerSettings both =
        new ServerSettings(
            new ServerSettings.Sqlite(folder),
            new io.bitting.server.http.EdgeSettings(
                "127.0.0.1", 18_099, "", Optional.empty(), Set.of()),
            new ServerSettings.Address("127.0.0.1", 18_099),
            Optional.empty(),
            Optional.empty(),
            java.time.Duration.ofSeconds(60));
    assertThatThrownBy(() -> BittingServer.start(both))
        .isInstanceOf(StartRefusedException.class)
        .hasMessageContaining("on the same port, 18099");
    assertThat(folder).isEmptyDirectory();
  }
}
