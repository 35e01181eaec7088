package io.bitting.samples.personnel;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A thing of any kind: what its caller gave it. Immutable.
 *
 * @param number its number among those of its kind
 * @param members what it holds
 * @param createdAt when it was made
 * @param updatedAt when it was changed last
 */
record Thing(long number, Map<String, JsonNode> members, Instant createdAt, Instant updatedAt) {
  /** What no caller gives. */
  static final Set<String> RESERVED = Set.of("id", "created_at", "updated_at", "pivot");

  Thing {
    members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
  }

  String id() {
    return String.valueOf(number);
  }

  /** Returns a member as text; empty if it has none such. */
  String text(String name) {
    JsonNode member = members.get(name);
    return member == null ? "" : member.asText();
  }

  /** Returns members with some of them set, and those that are null taken out. */
  static Map<String, JsonNode> merged(Map<String, JsonNode> old, Map<String, JsonNode> changes) {
    Map<String, JsonNode> merged = new LinkedHashMap<>(old);
    merged.putAll(changes);
    merged.values().removeIf(JsonNode::isNull);
    return merged;
  }

  /** Returns how many characters members have. */
  static int length(Map<String, JsonNode> members) {
    return members.entrySet().stream()
        .mapToInt(member -> member.getKey().length() + member.getValue().toString().length())
        .sum();
  }
}
