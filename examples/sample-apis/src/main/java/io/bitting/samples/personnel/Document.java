package io.bitting.samples.personnel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * The OpenAPI document that ships with the API.
 *
 * @param json the document
 * @param operations its operations, in its order
 */
record Document(JsonNode json, List<Documented> operations) {
  private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

  /**
   * An operation as far as it tells what to do; what it requires is for Bitting to read.
   *
   * @param method in capitals
   * @param template the path, {@code /users/{user}}
   */
  record Documented(String method, String template) {
    @Override
    public String toString() {
      return method + " " + template;
    }
  }

  static String text() {
    try (InputStream in =
        Objects.requireNonNull(Document.class.getResourceAsStream("personnel.openapi.json"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Document shipped() {
    JsonNode json;
    try {
      json = new ObjectMapper().readTree(text());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the document that ships with the API is no JSON", e);
    }
    List<Documented> operations = new ArrayList<>();
    json.path("paths")
        .properties()
        .forEach(path ->
            path.getValue()
                .fieldNames()
                .forEachRemaining(member -> {
                  if (METHODS.contains(member)) {
                    operations.add(new Documented(member.toUpperCase(Locale.ROOT), path.getKey()));
                  }
                }));
    return new Document(json, List.copyOf(operations));
  }
}
