package io.bitting.samples.appsec;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** A file in the storage. */
record StoredFile(String id, String name, Buffer content, Instant uploadedAt) {

  /** A file as it is listed. */
  record Shown(String id, String name, int bytes, Instant uploadedAt) {}

  static StoredFile of(String id, String name, String text, Instant uploadedAt) {
    return new StoredFile(id, name, Buffer.buffer(text), uploadedAt);
  }

  String text() {
    return content.toString(StandardCharsets.UTF_8);
  }

  Shown shown() {
    return new Shown(id, name, content.length(), uploadedAt);
  }
}
