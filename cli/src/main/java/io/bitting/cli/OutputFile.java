package io.bitting.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a long text goes: to a new file, or to standard output. */
final class OutputFile {
  private final Surroundings surroundings;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Write it to a new file instead of standard output.")
  private @Nullable String file;

  @Option(names = "--force", description = "Write over a file that exists.")
  private boolean force;

  OutputFile(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /**
   * Writes a text. A file that is not whole does not stay.
   *
   * @param text gives its parts, one after the other
   * @return the file; empty if it went to standard output
   * @throws StopException if the file exists or cannot be written
   */
  Optional<String> write(Consumer<Consumer<String>> text) {
    if (file == null) {
      text.accept(part -> surroundings.out().print(part));
      surroundings.out().flush();
      return Optional.empty();
    }
    write(file, text);
    return Optional.of(file);
  }

  private void write(String name, Consumer<Consumer<String>> text) {
    Path path = surroundings.path(name);
    try {
      try (Writer out = Files.newBufferedWriter(path, StandardCharsets.UTF_8, options())) {
        text.accept(part -> append(out, part));
      } catch (RuntimeException e) {
        Files.deleteIfExists(path);
        throw e;
      }
    } catch (FileAlreadyExistsException e) {
      throw new StopException(
          ExitCode.CONFLICT, name + " exists", "Give --force to write over it, or name another.");
    } catch (UncheckedIOException e) {
      throw cannotWrite(name, Objects.requireNonNull(e.getCause()));
    } catch (IOException e) {
      throw cannotWrite(name, e);
    }
  }

  private static void append(Writer out, String part) {
    try {
      out.write(part);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static StopException cannotWrite(String name, IOException e) {
    return new StopException(
        ExitCode.FAILURE, name + " cannot be written: " + Problems.reason(e), "");
  }

  private OpenOption[] options() {
    return force
        ? new OpenOption[] {
          StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE
        }
        : new OpenOption[] {StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE};
  }
}
