package io.bitting.server.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.bitting.server.http.Json;
import io.bitting.server.http.Malformed;
import java.nio.charset.StandardCharsets;

/** Reads what the browser gave of a passkey. Stateless. */
final class Credentials {
  private Credentials() {}

  /** Reads the field; what is no JSON is an empty object, which proves nothing. */
  static JsonNode read(Form form) {
    try {
      return Json.read(form.text("credential").getBytes(StandardCharsets.UTF_8));
    } catch (Malformed e) {
      return JsonNodeFactory.instance.objectNode();
    }
  }
}
