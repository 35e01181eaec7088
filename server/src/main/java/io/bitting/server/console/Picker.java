package io.bitting.server.console;

import io.bitting.client.protocol.OperationAnswer;
import io.bitting.client.protocol.RequirementAnswer;
import io.bitting.server.http.Json;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The scopes of an API to choose from, by category, and the operations that they open. Everything
 * about a scope is what its catalog says; nothing is read out of its spelling.
 *
 * @param groups the categories
 * @param operations the operations of the API that ask for scopes or a key
 * @param compared what the choice is compared with, such as {@code the key it replaces}; empty if
 *     with nothing
 * @param unknown scopes that were asked for and that the catalog lacks
 * @param reach how far the key may go; null if it can have none of the scopes that need it
 */
record Picker(
    List<Group> groups,
    List<OperationAnswer> operations,
    String compared,
    List<String> unknown,
    @Nullable ReachPicker reach) {
  Picker {
    groups = List.copyOf(groups);
    operations = List.copyOf(operations);
    unknown = List.copyOf(unknown);
  }

  /**
   * Scopes under one heading.
   *
   * @param title the category
   * @param scopes the scopes
   */
  record Group(String title, List<Choice> scopes) {
    Group {
      scopes = List.copyOf(scopes);
    }

    long chosen() {
      return scopes.stream().filter(Choice::chosen).count();
    }

    /** Tells whether the group is worth looking into at once. */
    boolean open(boolean few) {
      return few || chosen() > 0;
    }
  }

  /**
   * A scope to choose.
   *
   * @param scope its name
   * @param access {@code read}, {@code write} or {@code danger}
   * @param description what it permits
   * @param implies the scopes that it covers, indirectly too
   * @param paths the operations that name it, to be searched
   * @param chosen whether it is chosen
   * @param before whether what the choice is compared with has it
   * @param why why it cannot be chosen; null if it can
   */
  record Choice(
      String scope,
      String access,
      String description,
      List<String> implies,
      List<String> paths,
      boolean chosen,
      boolean before,
      @Nullable String why) {
    Choice {
      implies = List.copyOf(implies);
      paths = List.copyOf(paths);
    }
  }

  /** Writes scopes as JSON for the page's script: a scope may hold any character but a few. */
  static String json(List<String> scopes) {
    return new String(Json.write(scopes), StandardCharsets.UTF_8);
  }

  /** Writes the alternatives of a requirement as JSON; one without scopes is open to every key. */
  static String alternatives(RequirementAnswer requirement) {
    List<List<String>> anyOf = requirement.anyOf();
    List<List<String>> alternatives =
        anyOf != null ? anyOf : requirement.undeclared() == null ? List.of(List.of()) : List.of();
    return new String(Json.write(alternatives), StandardCharsets.UTF_8);
  }

  /** Groups choices by category, in the order of the catalog. */
  static List<Group> groups(Map<String, List<Choice>> byCategory) {
    return byCategory.entrySet().stream()
        .map(group -> new Group(group.getKey(), group.getValue()))
        .toList();
  }

  long total() {
    return groups.stream().mapToLong(group -> group.scopes().size()).sum();
  }

  long chosen() {
    return groups.stream().mapToLong(Group::chosen).sum();
  }

  /**
   * Says what the choice comes to: {@code 4 scopes in 2 groups · 1 can change data · 0
   * destructive}.
   */
  String summary() {
    long in = groups.stream().filter(group -> group.chosen() > 0).count();
    return Phrases.count(chosen(), "scope")
        + " in "
        + Phrases.count(in, "group")
        + " · "
        + chosen("write")
        + " can change data · "
        + chosen("danger")
        + " destructive";
  }

  private long chosen(String access) {
    return choices().values().stream()
        .filter(choice -> choice.chosen() && choice.access().equals(access))
        .count();
  }

  /** Counts the operations that the choice opens. */
  long callable() {
    Set<String> covered = new HashSet<>();
    for (Choice choice : choices().values()) {
      if (choice.chosen()) {
        covered.add(choice.scope());
        covered.addAll(choice.implies());
      }
    }
    return operations.stream().filter(operation -> opens(covered, operation.requirement())).count();
  }

  static boolean opens(Set<String> covered, RequirementAnswer requirement) {
    List<List<String>> anyOf = requirement.anyOf();
    return anyOf == null
        ? requirement.undeclared() == null
        : anyOf.stream().anyMatch(covered::containsAll);
  }

  /** Returns what the choice has more, or less, than what it is compared with. */
  List<String> difference(boolean more) {
    Stream<String> scopes =
        choices().values().stream()
            .filter(choice -> choice.chosen() != choice.before() && choice.chosen() == more)
            .map(Choice::scope);
    return Stream.concat(scopes, reach == null ? Stream.of() : reach.difference(more).stream())
        .toList();
  }

  private Map<String, Choice> choices() {
    Map<String, Choice> choices = new LinkedHashMap<>();
    for (Group group : groups) {
      group.scopes().forEach(choice -> choices.put(choice.scope(), choice));
    }
    return choices;
  }
}
