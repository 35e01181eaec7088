package io.bitting.server.console;

import io.bitting.client.protocol.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is wrong with a form that was sent.
 *
 * @param sentence what was not done, and why; empty if nothing is wrong
 * @param list what is wrong with single fields
 */
record Faults(String sentence, List<Fault> list) {
  /** Nothing is wrong. */
  static final Faults NONE = new Faults("", List.of());

  Faults {
    list = List.copyOf(list);
  }

  /**
   * What is wrong with one field.
   *
   * @param field the id of the field
   * @param message what is wrong
   * @param fix what to do about it, may be empty
   */
  record Fault(String field, String message, String fix) {}

  /**
   * Takes what an endpoint said.
   *
   * @param problem its answer
   */
  static Faults of(Problem problem) {
    List<Fault> list = new ArrayList<>();
    if (problem.faults() != null) {
      for (Problem.Fault fault : problem.faults()) {
        list.add(new Fault(field(fault.pointer()), fault.message(), fault.fix()));
      }
    }
    return problem.code().equals("name_taken")
        ? new Faults("", List.of(new Fault("name", problem.detail(), "")))
        : new Faults(problem.detail(), list);
  }

  /**
   * Returns the same for a form that has some fields only: what is wrong elsewhere is said, without
   * leading to where nothing is.
   *
   * @param fields the ids of the fields
   */
  Faults in(Set<String> fields) {
    return new Faults(
        sentence,
        list.stream()
            .map(fault ->
                fields.contains(fault.field())
                    ? fault
                    : new Fault("", fault.message(), fault.fix()))
            .toList());
  }

  /**
   * Takes what a flow said of single fields.
   *
   * @param faults what is wrong
   */
  static Faults of(List<io.bitting.issue.Fault> faults) {
    return new Faults(
        "",
        faults.stream()
            .map(fault -> new Fault(field(fault.pointer()), fault.message(), fault.fix()))
            .toList());
  }

  /** Says one thing about a form. */
  static Faults of(String sentence) {
    return new Faults(sentence, List.of());
  }

  /**
   * Says what is wrong with one field.
   *
   * @param field the id of the field
   * @param message what is wrong
   * @param fix what to do about it, may be empty
   */
  static Faults of(String field, String message, String fix) {
    return new Faults("", List.of(new Fault(field, message, fix)));
  }

  /**
   * Puts faults to fields of other names.
   *
   * @param fields the id of a field by the member of the body that goes into it, with hyphens
   */
  Faults at(Map<String, String> fields) {
    return new Faults(
        sentence,
        list.stream()
            .map(fault ->
                new Fault(
                    fields.getOrDefault(fault.field(), fault.field()),
                    fault.message(),
                    fault.fix()))
            .toList());
  }

  /** A form's field is named after the member of the body: {@code /scopes/3} is scopes. */
  private static String field(String pointer) {
    String[] parts = pointer.split("/", -1);
    int at = parts.length > 2 && parts[1].equals("policy") ? 2 : 1;
    String field = parts.length > at ? parts[at].replace('_', '-') : "";
    return field.equals("all-scopes") ? "scopes" : field;
  }

  boolean any() {
    return !sentence.isEmpty() || !list.isEmpty();
  }

  /**
   * Finds what is wrong with a field.
   *
   * @param field the id of the field
   */
  Optional<Fault> at(String field) {
    return list.stream().filter(fault -> fault.field().equals(field)).findFirst();
  }
}
