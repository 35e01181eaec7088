package io.bitting.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.bitting.issue.Fault;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the members of a JSON object and gathers every fault: of the wrong type, missing, or
 * unknown. What was asked for is known; at the end {@link #close} names the rest as unknown.
 *
 * <p>Not thread-safe.
 */
public final class Fields implements AutoCloseable {
  private final JsonNode object;
  private final String at;
  private final List<Fault> faults;
  private final Set<String> known = new LinkedHashSet<>();
  private final Set<String> refused = new LinkedHashSet<>();
  private final Set<String> places = new HashSet<>();

  /**
   * Begins to read.
   *
   * @param node what should be an object
   * @param at the pointer to it, empty for the whole body
   * @param faults where faults are gathered
   * @throws Malformed if the whole body is no object, since then nothing else can be said of it
   */
  public Fields(JsonNode node, String at, List<Fault> faults) {
    this.at = at;
    this.faults = faults;
    if (node.isObject()) {
      this.object = node;
    } else {
      this.object = com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.objectNode();
      Fault fault = wrong(at, "an object", node);
      if (at.isEmpty()) {
        throw new Malformed(Problem.faults(List.of(fault)));
      }
      add(fault);
    }
  }

  /**
   * Tells whether a member is there, null or not.
   *
   * @param name the member
   */
  public boolean has(String name) {
    known.add(name);
    return object.has(name);
  }

  /**
   * Tells whether a member is there that is always refused, so that it is not named among those
   * that are known.
   *
   * @param name the member
   */
  public boolean hasRefused(String name) {
    refused.add(name);
    return object.has(name);
  }

  /**
   * Tells whether a member is there and null.
   *
   * @param name the member
   */
  public boolean isNull(String name) {
    known.add(name);
    return object.path(name).isNull();
  }

  /**
   * Reads text that has to be there.
   *
   * @param name the member
   * @return the text; empty text if there is a fault
   */
  public String text(String name) {
    if (!has(name)) {
      add(missing(name));
      return "";
    }
    return optionalText(name).orElse("");
  }

  /**
   * Reads text that may be left out.
   *
   * @param name the member
   */
  public Optional<String> optionalText(String name) {
    if (!has(name)) {
      return Optional.empty();
    }
    return textOf(object.get(name), name);
  }

  /**
   * Reads a truth value that may be left out.
   *
   * @param name the member
   */
  public Optional<Boolean> optionalFlag(String name) {
    if (!has(name)) {
      return Optional.empty();
    }
    JsonNode node = object.get(name);
    if (node.isBoolean()) {
      return Optional.of(node.booleanValue());
    }
    add(wrong(pointer(name), "true or false", node));
    return Optional.empty();
  }

  /**
   * Reads a whole number that may be left out.
   *
   * @param name the member
   * @param min the smallest that is allowed
   * @param max the largest that is allowed
   */
  public Optional<Integer> optionalNumber(String name, int min, int max) {
    if (!has(name)) {
      return Optional.empty();
    }
    JsonNode node = object.get(name);
    String wanted = "a whole number from " + min + " to " + max;
    if (!node.isNumber()) {
      add(wrong(pointer(name), wanted, node));
      return Optional.empty();
    }
    if (!node.isIntegralNumber()
        || !node.canConvertToInt()
        || node.intValue() < min
        || node.intValue() > max) {
      fault(
          name,
          "value_out_of_range",
          "the value is " + shortened(node.asText()) + "; it is to be " + wanted,
          "send " + wanted);
      return Optional.empty();
    }
    return Optional.of(node.intValue());
  }

  private static String shortened(String number) {
    return number.length() <= 20 ? number : number.substring(0, 20) + "…";
  }

  /**
   * Reads a list of texts.
   *
   * @param name the member
   * @return the texts; empty if the member is not there or not a list
   */
  public Optional<List<String>> texts(String name) {
    return elements(name)
        .map(nodes -> {
          List<String> texts = new ArrayList<>();
          for (int i = 0; i < nodes.size(); i++) {
            JsonNode node = nodes.get(i);
            // What is no text keeps its place, so that the places of the others are right.
            texts.add(
                node.isTextual() ? node.textValue() : textOf(node, name + "/" + i).orElse(""));
          }
          return texts;
        });
  }

  /**
   * Reads a list.
   *
   * @param name the member
   * @return its elements; empty if the member is not there or not a list
   */
  public Optional<List<JsonNode>> elements(String name) {
    if (!has(name)) {
      return Optional.empty();
    }
    JsonNode node = object.get(name);
    if (!node.isArray()) {
      add(wrong(pointer(name), "a list", node));
      return Optional.empty();
    }
    List<JsonNode> elements = new ArrayList<>();
    node.forEach(elements::add);
    return Optional.of(elements);
  }

  /**
   * Reads text out of an element.
   *
   * @param node the element
   * @param place the member's name, or a path that begins with it: {@code scopes/2}
   */
  public Optional<String> textOf(JsonNode node, String place) {
    if (!node.isTextual()) {
      add(wrong(pointer(place), "text", node));
      return Optional.empty();
    }
    return Optional.of(node.textValue());
  }

  /**
   * Returns a member as it is.
   *
   * @param name the member
   */
  public Optional<JsonNode> node(String name) {
    return has(name) ? Optional.of(object.get(name)) : Optional.empty();
  }

  /**
   * Reads the members of a member.
   *
   * @param name the member
   */
  public Optional<Fields> fields(String name) {
    return node(name).map(node -> new Fields(node, pointer(name), faults));
  }

  /**
   * Adds a fault of a member.
   *
   * @param place the member's name, or a path that begins with it: {@code scopes/2}
   * @param code the kind of fault
   * @param message what is wrong
   * @param fix what to do about it
   */
  public void fault(String place, String code, String message, String fix) {
    add(new Fault(pointer(place), code, message, fix));
  }

  /** Takes note of a member that has to be there and is not. */
  public void requireMember(String name) {
    if (!has(name)) {
      add(missing(name));
    }
  }

  private String pointer(String place) {
    return at + "/" + place;
  }

  /** Adds a fault, unless something is wrong at the same place already, or with the whole. */
  private void add(Fault fault) {
    if (!places.contains(at) && places.add(fault.pointer())) {
      faults.add(fault);
    }
  }

  private Fault missing(String name) {
    return new Fault(
        pointer(name), "member_missing", "member \"" + name + "\" is missing", "add it");
  }

  private static Fault wrong(String pointer, String wanted, JsonNode found) {
    String is =
        switch (found.getNodeType()) {
          case ARRAY -> "a list";
          case OBJECT, POJO -> "an object";
          case STRING -> "text";
          case NUMBER -> "a number";
          case BOOLEAN -> found.asText();
          case NULL -> "null";
          case BINARY, MISSING -> "nothing";
        };
    return new Fault(
        pointer, "type_wrong", "the value is " + is + "; it is to be " + wanted, "send " + wanted);
  }

  /** Names the members that nobody asked for. */
  @Override
  public void close() {
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      String name = member.getKey();
      if (!known.contains(name) && !refused.contains(name)) {
        String shown = io.bitting.scope.Spelling.printable(name);
        faults.add(
            new Fault(
                pointer(shown.replace("~", "~0").replace("/", "~1")),
                "member_unknown",
                "member \"" + shown + "\" is not known here",
                known.isEmpty()
                    ? "take it out; there is none here"
                    : "take it out; known are " + String.join(", ", known)));
      }
    }
  }
}
