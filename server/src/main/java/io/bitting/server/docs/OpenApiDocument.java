package io.bitting.server.docs;

/**
 * The OpenAPI 3.1 document that describes the HTTP interface. The tests hold every answer against
 * it.
 *
 * <p>Immutable and thread-safe.
 */
public final class OpenApiDocument {
  private final byte[] json = Bundled.read("openapi.json");

  /** Returns the document as UTF-8 JSON, a fresh copy. */
  public byte[] json() {
    return json.clone();
  }
}
