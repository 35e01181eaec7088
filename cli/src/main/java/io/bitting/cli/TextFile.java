package io.bitting.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Locale;

/**
 * A file of text that is sent to a server.
 *
 * @param name the file as it was named
 * @param text its text
 */
record TextFile(String name, String text) {

  /**
   * Reads a file.
   *
   * @param what what it holds: <em>a catalog</em>
   * @param bytesMax how long that may be
   * @throws StopException if it cannot be read, is not UTF-8 or too long
   */
  static TextFile read(Surroundings surroundings, String name, String what, int bytesMax) {
    try (InputStream file = Files.newInputStream(surroundings.path(name))) {
      byte[] bytes = file.readNBytes(bytesMax + 1);
      if (bytes.length > bytesMax) {
        throw new StopException(
            ExitCode.FAILURE,
            name + " has more than " + bytesMax + " bytes, the most that " + what + " may have",
            "");
      }
      return new TextFile(
          name, StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      throw new StopException(
          ExitCode.FAILURE, name + " is not text in UTF-8", "Save it as UTF-8.");
    } catch (IOException e) {
      throw new StopException(
          ExitCode.FAILURE, name + " cannot be read: " + Problems.reason(e), "");
    }
  }

  /** Tells whether its name says that it is JSON. */
  boolean isJson() {
    return name.toLowerCase(Locale.ROOT).endsWith(".json");
  }
}
