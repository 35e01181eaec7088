package io.bitting.samples.personnel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bitting.samples.Fields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what bodies have in common: {@code resources}, which is about several things. */
final class Bodies {
  /** How many things a call can be about. */
  static final int COUNT_MAX = 100;

  private static final String RESOURCES = "resources";

  private Bodies() {}

  /** Reads an object that may be missing. */
  static Map<String, JsonNode> object(Fields fields, String name) {
    Optional<JsonNode> node = fields.node(name);
    if (node.isEmpty()) {
      return Map.of();
    }
    if (!(node.get() instanceof ObjectNode object)) {
      fields.fault(name, "type_wrong", name + " is not an object", "send an object");
      return Map.of();
    }
    Map<String, JsonNode> members = new LinkedHashMap<>();
    object.properties().forEach(member -> members.put(member.getKey(), member.getValue()));
    return members;
  }

  /** Reads a list of objects. */
  static List<ObjectNode> objects(Fields fields) {
    List<ObjectNode> objects = new ArrayList<>();
    for (JsonNode node : list(fields, "objects", 1)) {
      if (node instanceof ObjectNode object) {
        objects.add(object);
      } else {
        wrong(fields, "a list of objects");
      }
    }
    return objects;
  }

  /** Reads a list of ids. */
  static Set<String> ids(Fields fields, int least) {
    Set<String> ids = new LinkedHashSet<>();
    for (JsonNode node : list(fields, "ids", least)) {
      if (node.isTextual()) {
        ids.add(node.textValue());
      } else {
        wrong(fields, "a list of ids, which are strings");
      }
    }
    return ids;
  }

  /** Reads an object of objects by id. */
  static Map<String, ObjectNode> byId(Fields fields, int least) {
    Map<String, ObjectNode> byId = new LinkedHashMap<>();
    Map<String, JsonNode> members = object(fields, RESOURCES);
    for (Map.Entry<String, JsonNode> member : members.entrySet()) {
      if (member.getValue() instanceof ObjectNode object) {
        byId.put(member.getKey(), object);
      } else {
        wrong(fields, "an object of objects by id");
      }
    }
    count(fields, members.size(), least);
    return byId;
  }

  /** Reads what to link: a list of ids, or by id what to note beside each link. */
  static Map<String, Map<String, JsonNode>> links(Fields fields, int least) {
    Map<String, Map<String, JsonNode>> links = new LinkedHashMap<>();
    if (fields.node(RESOURCES).filter(JsonNode::isObject).isPresent()) {
      byId(fields, least)
          .forEach((id, pivot) -> links.put(id, Thing.merged(Map.of(), members(pivot))));
    } else {
      ids(fields, least).forEach(id -> links.put(id, Map.of()));
    }
    return links;
  }

  private static Map<String, JsonNode> members(ObjectNode object) {
    return new Fields(object).all(Set.of());
  }

  private static List<JsonNode> list(Fields fields, String what, int least) {
    Optional<JsonNode> node = fields.node(RESOURCES);
    if (node.isPresent() && !node.get().isArray()) {
      wrong(fields, "a list of " + what);
      return List.of();
    }
    List<JsonNode> list = new ArrayList<>();
    node.ifPresent(array -> array.forEach(list::add));
    count(fields, list.size(), node.isPresent() ? least : 1);
    return list;
  }

  private static void count(Fields fields, int size, int least) {
    if (size < least || size > COUNT_MAX) {
      fields.fault(
          RESOURCES,
          "value_out_of_range",
          RESOURCES + " has " + size + " entries; " + least + " to " + COUNT_MAX + " are allowed",
          "send that many");
    }
  }

  private static void wrong(Fields fields, String wanted) {
    fields.fault(RESOURCES, "type_wrong", RESOURCES + " is not " + wanted, "send " + wanted);
  }
}
