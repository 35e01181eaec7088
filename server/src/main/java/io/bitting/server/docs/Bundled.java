package io.bitting.server.docs;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;

/** Reads what ships in the jar. Stateless. */
public final class Bundled {
  private Bundled() {}

  /** Finds a file below {@code io/bitting/server}. */
  static Optional<byte[]> find(String name) {
    try (InputStream in = Bundled.class.getResourceAsStream("/io/bitting/server/" + name)) {
      return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a file below {@code io/bitting/server}.
   *
   * @param name its path there
   * @throws IllegalStateException if there is none
   */
  public static byte[] read(String name) {
    return find(name)
        .orElseThrow(
            () -> new IllegalStateException("the jar has no " + name + "; build it again"));
  }
}
