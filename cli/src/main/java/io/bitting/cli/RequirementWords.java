package io.bitting.cli;

import io.bitting.client.protocol.RequirementAnswer;
import java.util.List;

/** What an operation requires, in words. */
final class RequirementWords {
  private RequirementWords() {}

  static String of(RequirementAnswer requirement) {
    List<List<String>> anyOf = requirement.anyOf();
    if (anyOf != null) {
      return String.join(
          ", or ", anyOf.stream().map(scopes -> String.join(" and ", scopes)).toList());
    }
    if (Boolean.TRUE.equals(requirement.anyValidKey())) {
      return "any valid key";
    }
    return Boolean.TRUE.equals(requirement.anonymous()) ? "no key" : "undeclared: refused to all";
  }
}
