package io.bitting.cli.demo;

import io.bitting.server.StartRefusedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder of a demo: locked while it runs, and emptied when it begins. Only a folder that a demo
 * made itself is ever emptied; its lock file tells.
 */
final class DemoFolder implements AutoCloseable {
  private static final String LOCK = "demo.lock";

  private final Path path;
  private final FileChannel channel;

  private DemoFolder(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /**
   * Locks and empties a folder.
   *
   * @throws StartRefusedException if it is not a demo's, or another demo runs in it; nothing was
   *     deleted
   */
  static DemoFolder fresh(Path path) {
    Path lock = path.resolve(LOCK);
    try {
      if (Files.exists(path) && !Files.exists(lock) && !isEmpty(path)) {
        throw new StartRefusedException(
            path
                + " was not made by a demo, so it is not emptied; start the demo in another folder");
      }
      Files.createDirectories(path);
      FileChannel channel =
          FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!isLocked(channel)) {
        channel.close();
        throw new StartRefusedException(
            "a demo runs in " + path + " already; end it first, or start this one elsewhere");
      }
      empty(path, lock);
      return new DemoFolder(path, channel);
    } catch (IOException e) {
      throw new StartRefusedException(path + " cannot be used: " + e.getMessage(), e);
    }
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      @Nullable FileLock held = channel.tryLock();
      return held != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private static boolean isEmpty(Path path) throws IOException {
    try (Stream<Path> files = Files.list(path)) {
      return files.findAny().isEmpty();
    }
  }

  private static void empty(Path path, Path lock) throws IOException {
    List<Path> old;
    try (Stream<Path> files = Files.walk(path)) {
      old =
          files
              .filter(file -> !file.equals(path) && !file.equals(lock))
              .sorted(Comparator.reverseOrder())
              .toList();
    }
    for (Path file : old) {
      Files.delete(file);
    }
  }

  Path path() {
    return path;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
