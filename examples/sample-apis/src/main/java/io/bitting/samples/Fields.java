package io.bitting.samples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bitting.id.DisplayName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The members of a JSON body, read one by one. Every fault is noted, a member that nobody asked for
 * too, and {@link #then} goes on only without any.
 *
 * <p>For one request and one thread.
 */
public final class Fields {
  private final ObjectNode object;
  private final Set<String> known = new HashSet<>();
  private final List<Answer.Fault> faults = new ArrayList<>();

  /**
   * Begins to read.
   *
   * @param object the body, or an object in it
   */
  public Fields(ObjectNode object) {
    this.object = object;
  }

  /**
   * Takes a member as it is, whatever it holds.
   *
   * @param name the member
   */
  public Optional<JsonNode> node(String name) {
    return member(name);
  }

  /**
   * Takes all members as they are.
   *
   * @param reserved names that the API gives itself; each that is there is a fault
   * @return the members, in their order
   */
  public Map<String, JsonNode> all(Set<String> reserved) {
    Map<String, JsonNode> all = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      known.add(member.getKey());
      all.put(member.getKey(), member.getValue());
      if (reserved.contains(member.getKey())) {
        fault(
            member.getKey(),
            "member_reserved",
            member.getKey() + " is given by the API",
            "take it out");
      }
    }
    return all;
  }

  /**
   * Reads one line of text. Empty, with a fault noted, if it is missing or wrong.
   *
   * @param name the member
   * @param lengthMax the greatest length in characters
   */
  public String line(String name, int lengthMax) {
    return required(name, optionalLine(name, lengthMax)).orElse("");
  }

  /**
   * Reads one line of text that may be missing.
   *
   * @param name the member
   * @param lengthMax the greatest length in characters
   */
  public Optional<String> optionalLine(String name, int lengthMax) {
    Optional<String> line = optionalText(name, lengthMax).map(DisplayName::normalize);
    Optional<String> wrong =
        line.flatMap(text ->
            text.isEmpty()
                ? Optional.of(name + " is blank")
                : DisplayName.fault(name, text, lengthMax));
    wrong.ifPresent(
        message -> fault(name, "value_out_of_range", message, "send one line that prints"));
    return wrong.isPresent() ? Optional.empty() : line;
  }

  /**
   * Reads text of several lines. Empty, with a fault noted, if it is missing or wrong.
   *
   * @param name the member
   * @param lengthMax the greatest length in UTF-16 units
   */
  public String text(String name, int lengthMax) {
    return required(name, optionalText(name, lengthMax)).orElse("");
  }

  /**
   * Reads text of several lines that may be missing.
   *
   * @param name the member
   * @param lengthMax the greatest length in UTF-16 units
   */
  public Optional<String> optionalText(String name, int lengthMax) {
    Optional<JsonNode> node = member(name);
    if (node.isEmpty()) {
      return Optional.empty();
    }
    if (!node.get().isTextual()) {
      return wrongType(name, "a string");
    }
    String text = node.get().textValue();
    if (text.isEmpty() || text.length() > lengthMax) {
      fault(
          name,
          "value_out_of_range",
          name + " has " + text.length() + " characters; 1 to " + lengthMax + " are allowed",
          "send a text of that length");
      return Optional.empty();
    }
    if (text.codePoints().anyMatch(Fields::isUnwanted)) {
      fault(
          name,
          "value_out_of_range",
          name + " has a control character or half of a surrogate pair",
          "send plain text; tabs and line feeds are allowed");
      return Optional.empty();
    }
    return Optional.of(text);
  }

  private static boolean isUnwanted(int point) {
    return (Character.isISOControl(point) && point != '\n' && point != '\t')
        || Character.getType(point) == Character.SURROGATE;
  }

  /**
   * Reads a whole number. The least one, with a fault noted, if it is missing or wrong.
   *
   * @param name the member
   * @param least the least that is allowed
   * @param most the most that is allowed
   */
  public int number(String name, int least, int most) {
    return required(name, optionalNumber(name, least, most)).orElse(least);
  }

  /**
   * Reads a whole number that may be missing.
   *
   * @param name the member
   * @param least the least that is allowed
   * @param most the most that is allowed
   */
  public Optional<Integer> optionalNumber(String name, int least, int most) {
    Optional<JsonNode> node = member(name);
    if (node.isEmpty()) {
      return Optional.empty();
    }
    if (!node.get().isIntegralNumber()) {
      return wrongType(name, "a whole number");
    }
    if (!node.get().canConvertToInt()
        || node.get().intValue() < least
        || node.get().intValue() > most) {
      fault(
          name,
          "value_out_of_range",
          name + " is " + node.get().asText() + "; " + least + " to " + most + " are allowed",
          "send a number of that range");
      return Optional.empty();
    }
    return Optional.of(node.get().intValue());
  }

  /**
   * Reads a list of lines that may be missing.
   *
   * @param name the member
   * @param countMax how many there may be; one at least
   * @param lengthMax the greatest length of each in characters
   */
  public Optional<List<String>> optionalLines(String name, int countMax, int lengthMax) {
    Optional<JsonNode> node = member(name);
    if (node.isEmpty()) {
      return Optional.empty();
    }
    if (!node.get().isArray()) {
      return wrongType(name, "a list of strings");
    }
    if (node.get().isEmpty() || node.get().size() > countMax) {
      fault(
          name,
          "value_out_of_range",
          name + " has " + node.get().size() + " entries; 1 to " + countMax + " are allowed",
          "send a list of that length");
      return Optional.empty();
    }
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < node.get().size(); i++) {
      JsonNode entry = node.get().get(i);
      String line = entry.isTextual() ? DisplayName.normalize(entry.textValue()) : "";
      if (line.isEmpty() || DisplayName.fault(name, line, lengthMax).isPresent()) {
        String message =
            "entry " + i + " of " + name + " is not a line of 1 to " + lengthMax + " characters";
        fault(name + "/" + i, "value_out_of_range", message, "send one line that prints");
      }
      lines.add(line);
    }
    return Optional.of(List.copyOf(lines));
  }

  private Optional<JsonNode> member(String name) {
    known.add(name);
    return Optional.ofNullable(object.get(name));
  }

  private <T> Optional<T> required(String name, Optional<T> value) {
    if (!object.has(name)) {
      fault(name, "member_missing", name + " is missing", "send it");
    }
    return value;
  }

  private <T> Optional<T> wrongType(String name, String wanted) {
    fault(name, "type_wrong", name + " is not " + wanted, "send " + wanted);
    return Optional.empty();
  }

  /**
   * Notes a fault.
   *
   * @param name the member
   * @param code the kind of fault
   * @param message what is wrong, with the rule
   * @param fix what to do about it
   */
  public void fault(String name, String code, String message, String fix) {
    faults.add(new Answer.Fault("/" + name, code, message, fix));
  }

  /**
   * Goes on if nothing was wrong.
   *
   * @param next what to do then
   * @return its answer, or a problem that names every fault
   */
  public Answer then(Supplier<Answer> next) {
    List<Answer.Fault> all = new ArrayList<>(faults);
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      if (!known.contains(member.getKey())) {
        String pointer = "/" + member.getKey().replace("~", "~0").replace("/", "~1");
        all.add(
            new Answer.Fault(
                pointer, "member_unknown", "the operation takes no such member", "take it out"));
      }
    }
    if (all.isEmpty()) {
      return next.get();
    }
    String detail =
        all.size() == 1 ? "The body has a fault." : "The body has " + all.size() + " faults.";
    return new Answer.Problem(ProblemCode.VALIDATION_FAILED, detail, all);
  }
}
