package io.bitting.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The folder of the embedded database: made for its owner alone. One that is there keeps its
 * permissions.
 */
final class DataFolder {
  private DataFolder() {}

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
