package io.bitting.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files that nobody but their owner can read. Stateless. */
final class OwnerOnly {
  static final Set<PosixFilePermission> PERMISSIONS =
      Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private OwnerOnly() {}

  /**
   * Makes an empty file of mode 0600, so that what is written to it is never readable by others.
   *
   * @throws java.nio.file.FileAlreadyExistsException if there is one
   */
  static void create(Path file) throws IOException {
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createFile(file, PosixFilePermissions.asFileAttribute(PERMISSIONS));
    } else {
      Files.createFile(file);
    }
  }

  /**
   * Writes a file of mode 0600, in the place of one that is there.
   *
   * @throws StopException if it cannot be written
   */
  static void write(Path file, String text) {
    try {
      Path parent = file.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      Files.deleteIfExists(file);
      create(file);
      Files.writeString(file, text, StandardCharsets.UTF_8, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new StopException(
          ExitCode.FAILURE, file + " cannot be written: " + Problems.reason(e), "");
    }
  }
}
