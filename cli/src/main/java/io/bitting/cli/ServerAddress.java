package io.bitting.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The file of a data folder that says at which address a server has it open; for those who have the
 * folder, as {@code setup --recover}. After a crash it says where the server was.
 */
final class ServerAddress {
  private static final String FILE = "server.url";

  private final Optional<Path> file;

  private ServerAddress(Optional<Path> file) {
    this.file = file;
  }

  /** Finds it for the settings of a server; a database without a folder has none. */
  static ServerAddress of(Configuration configuration) {
    return new ServerAddress(
        configuration.text(Setting.DATABASE).isPresent()
            ? Optional.empty()
            : configuration.path(Setting.DATA).map(folder -> folder.resolve(FILE)));
  }

  Optional<String> read() {
    try {
      return file.isPresent() && Files.exists(file.get())
          ? Optional.of(Files.readString(file.get(), StandardCharsets.UTF_8).strip())
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Writes it, in the place of an older one. */
  void write(String address) throws IOException {
    if (file.isPresent()) {
      Files.writeString(file.get(), address + "\n", StandardCharsets.UTF_8);
    }
  }

  void remove() throws IOException {
    if (file.isPresent()) {
      Files.deleteIfExists(file.get());
    }
  }
}
