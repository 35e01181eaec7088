package io.bitting.server;

import io.bitting.seal.PepperKeyset;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.Set;

/**
 * Pepper keysets in files that only their owner can read.
 *
 * <p>Thread-safe: stateless.
 */
public final class Keysets {
  /** The keyset file of a data folder. */
  public static final String FILE = "pepper.keyset";

  private static final Set<PosixFilePermission> OWNER =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private Keysets() {}

  /**
   * Makes a keyset in a new file of mode 0600.
   *
   * @param file the file, which must not exist
   * @param random gives the pepper
   * @throws StartRefusedException if the file exists or cannot be written; nothing was changed
   */
  public static PepperKeyset create(Path file, SecureRandom random) {
    PepperKeyset keyset = PepperKeyset.generate(random);
    try {
      Path parent = file.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      if (Files.getFileAttributeView(
              parent == null ? file.toAbsolutePath() : parent, PosixFileAttributeView.class)
          != null) {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER));
      } else {
        Files.createFile(file);
      }
      Files.writeString(
          file, keyset.revealText(), StandardCharsets.US_ASCII, StandardOpenOption.WRITE);
      return keyset;
    } catch (FileAlreadyExistsException e) {
      throw new StartRefusedException(
          "pepper file "
              + file
              + " exists; a keyset is never overwritten: name another file, or move this one away",
          e);
    } catch (IOException e) {
      throw new StartRefusedException(
          "pepper file " + file + " cannot be written: " + e.getMessage(), e);
    }
  }

  /**
   * Reads a keyset.
   *
   * @param file the file
   * @throws StartRefusedException if it is missing, readable by others, or not a keyset
   */
  public static PepperKeyset read(Path file) {
    if (!Files.exists(file)) {
      throw new StartRefusedException(
          "pepper file "
              + file
              + " does not exist; put the keyset of this database there, or for a new database make one with: bitting pepper create "
              + file);
    }
    try {
      PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
      if (view != null && !OWNER.containsAll(view.readAttributes().permissions())) {
        throw new StartRefusedException(
            "pepper file "
                + file
                + " can be read by others than its owner; change that with: chmod 600 "
                + file);
      }
      return PepperKeyset.parse(Files.readString(file, StandardCharsets.US_ASCII));
    } catch (IllegalArgumentException e) {
      throw notAKeyset(file, String.valueOf(e.getMessage()), e);
    } catch (CharacterCodingException e) {
      throw notAKeyset(file, "it is not ASCII", e);
    } catch (IOException e) {
      throw new StartRefusedException(
          "pepper file "
              + file
              + " cannot be read: "
              + e.getMessage()
              + "; it is to be a file that this user may read",
          e);
    }
  }

  private static StartRefusedException notAKeyset(Path file, String why, Exception cause) {
    return new StartRefusedException(
        "pepper file " + file + " is not a keyset: " + why + "; restore it from your copy", cause);
  }
}
