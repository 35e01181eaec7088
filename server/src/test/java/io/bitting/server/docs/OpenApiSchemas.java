package io.bitting.server.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Holds JSON against the schemas of the document, formats included. Thread-safe. */
final class OpenApiSchemas {
  private static final String SCHEMAS = "https://bitting.invalid/schemas.json";
  private static final String IN_DOCUMENT = "#/components/schemas/";

  private final SchemaRegistry registry;
  private final Map<JsonNode, Schema> compiled = new ConcurrentHashMap<>();

  OpenApiSchemas(JsonNode document) {
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    all.set("$defs", absolute(document.at("/components/schemas").deepCopy()));
    this.registry =
        SchemaRegistry.withDialect(
            Dialects.getDraft202012(),
            builder ->
                builder
                    .schemas(Map.of(SCHEMAS, all.toString()))
                    .schemaRegistryConfig(
                        SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));
  }

  /** Says how a value differs from a schema that stands in the document. */
  List<String> faults(JsonNode schema, JsonNode value) {
    return compiled.computeIfAbsent(schema, this::compile).validate(value).stream()
        .map(error -> error.getInstanceLocation() + " " + error.getMessage())
        .distinct()
        .toList();
  }

  private Schema compile(JsonNode schema) {
    return registry.getSchema(absolute(schema.deepCopy()));
  }

  /** Makes references to the document's schemas lead there from everywhere. */
  private static JsonNode absolute(JsonNode node) {
    if (node instanceof ObjectNode object) {
      String target = object.path("$ref").asText();
      if (target.startsWith(IN_DOCUMENT)) {
        object.put("$ref", SCHEMAS + "#/$defs/" + target.substring(IN_DOCUMENT.length()));
      }
      object.forEach(OpenApiSchemas::absolute);
    } else if (node instanceof ArrayNode array) {
      array.forEach(OpenApiSchemas::absolute);
    }
    return node;
  }
}
