package io.bitting.cli;

import io.bitting.client.CatalogText;
import io.bitting.server.catalogs.CatalogDocument;
import io.bitting.server.catalogs.CatalogFault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A catalog in a file.
 *
 * @param name the file as it was named
 * @param text its text
 */
record CatalogFile(String name, CatalogText text) {

  /**
   * Reads a file.
   *
   * @throws StopException if it cannot be read, is not UTF-8 or too long
   */
  static CatalogFile read(Surroundings surroundings, String name) {
    boolean json = name.toLowerCase(Locale.ROOT).endsWith(".json");
    try (InputStream file = Files.newInputStream(surroundings.path(name))) {
      byte[] bytes = file.readNBytes(CatalogDocument.BYTES_MAX + 1);
      if (bytes.length > CatalogDocument.BYTES_MAX) {
        throw new StopException(
            ExitCode.FAILURE,
            name
                + " has more than "
                + CatalogDocument.BYTES_MAX
                + " bytes, the most that a catalog may have",
            "");
      }
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return new CatalogFile(
          name, new CatalogText(json ? CatalogText.Form.JSON : CatalogText.Form.YAML, text));
    } catch (CharacterCodingException e) {
      throw new StopException(
          ExitCode.FAILURE, name + " is not text in UTF-8", "Save it as UTF-8.");
    } catch (IOException e) {
      throw new StopException(
          ExitCode.FAILURE, name + " cannot be read: " + Problems.reason(e), "");
    }
  }

  CatalogDocument.Reading reading() {
    return switch (text.form()) {
      case YAML -> CatalogDocument.parse(text.text());
      case JSON -> CatalogDocument.parseJson(text.text());
    };
  }

  /** Shows faults, two lines each. */
  static List<String> lines(String file, List<CatalogFault> faults) {
    List<String> lines = new ArrayList<>();
    for (CatalogFault fault : faults) {
      lines.add(file + ":" + fault.line() + ": " + fault.message());
      lines.add("    " + fault.fix());
    }
    return lines;
  }
}
