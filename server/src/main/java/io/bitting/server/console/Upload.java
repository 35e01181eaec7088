package io.bitting.server.console;

import io.bitting.server.http.Malformed;
import io.bitting.server.http.ProblemCode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** A document as a field of a form: compressed, and in base64url. Stateless. */
final class Upload {
  private Upload() {}

  /**
   * Writes a document as a field.
   *
   * @param document the document
   */
  static String pack(byte[] document) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(packed)) {
      zip.write(document);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Base64.getUrlEncoder().withoutPadding().encodeToString(packed.toByteArray());
  }

  /**
   * Reads a field again. No more is unpacked than may be in it, whatever it claims.
   *
   * @param field the field
   * @param bytesMax the longest document
   * @throws Malformed if it is no such field, or the document is longer
   */
  static byte[] unpack(String field, int bytesMax) {
    try (GZIPInputStream zip =
        new GZIPInputStream(new ByteArrayInputStream(Base64.getUrlDecoder().decode(field)))) {
      byte[] document = zip.readNBytes(bytesMax + 1);
      if (document.length <= bytesMax) {
        return document;
      }
    } catch (IOException | IllegalArgumentException e) {
      // Falls through: what is wrong with it helps nobody.
    }
    throw new Malformed(
        ProblemCode.REQUEST_MALFORMED,
        "The document in the form is not the one that was shown; upload it again.");
  }
}
