package io.bitting.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The folder of the embedded database: made for its owner alone. One that is there keeps its
 * permissions.
 */
final class DataFolder {
  private static final String LOCK = "server.lock";

  private DataFolder() {}

  /** Keeps other servers out of the folder, until it is closed or the process ends. */
  @FunctionalInterface
  interface Lock extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Locks the folder of an embedded database for one server: a second one would learn of a
   * revocation a moment late, which is what many nodes on PostgreSQL wait for and SQLite does not.
   *
   * @throws StartRefusedException if another server has it
   */
  static Lock lock(ServerSettings.Database where) {
    if (!(where instanceof ServerSettings.Sqlite(Path folder))) {
      return () -> {};
    }
    make(folder);
    try {
      FileChannel channel =
          FileChannel.open(
              folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!isLocked(channel)) {
        channel.close();
        throw new StartRefusedException(
            "data folder "
                + folder
                + " is in use by another server; for several at once use PostgreSQL: --database");
      }
      return () -> release(channel);
    } catch (IOException e) {
      throw new StartRefusedException(
          "data folder "
              + folder
              + " cannot be written: "
              + e.getMessage()
              + "; name another folder with --data",
          e);
    }
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private static void release(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Makes the folder unless it is there.
   *
   * @throws StartRefusedException if it cannot be made
   */
  static void make(Path folder) {
    if (Files.isDirectory(folder)) {
      return;
    }
    try {
      Path parent = folder.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        Files.createDirectory(
            folder,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      } else {
        Files.createDirectory(folder);
      }
    } catch (IOException e) {
      throw new StartRefusedException(
          "data folder "
              + folder
              + (Files.exists(folder) ? " is a file" : " cannot be made: " + e.getMessage())
              + "; name another folder with --data",
          e);
    }
  }
}
