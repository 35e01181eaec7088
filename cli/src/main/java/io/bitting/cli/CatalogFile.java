package io.bitting.cli;

import io.bitting.client.CatalogText;
import io.bitting.server.catalogs.CatalogDocument;
import io.bitting.server.catalogs.CatalogFault;
import java.util.ArrayList;
import java.util.List;

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
    TextFile file = TextFile.read(surroundings, name, "a catalog", CatalogDocument.BYTES_MAX);
    return new CatalogFile(
        name,
        new CatalogText(
            file.isJson() ? CatalogText.Form.JSON : CatalogText.Form.YAML, file.text()));
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
