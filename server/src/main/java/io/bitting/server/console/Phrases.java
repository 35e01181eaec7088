package io.bitting.server.console;

import io.bitting.client.protocol.ReachForm;
import io.bitting.client.protocol.RequirementAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Codes and numbers in words. Stateless. */
final class Phrases {
  private Phrases() {}

  /** Counts something: {@code 1 scope}, {@code 1,204 scopes}. */
  static String count(long number, String noun) {
    return number(number) + " " + noun + (number == 1 ? "" : "s");
  }

  /** Writes a number: {@code 1,204}. */
  static String number(long number) {
    return String.format(Locale.ENGLISH, "%,d", number);
  }

  /** Turns a code into words that begin a line: {@code right_size} into {@code Right size}. */
  static String words(String code) {
    return capital(code.replace('_', ' '));
  }

  /** Begins words as a sentence begins. */
  static String capital(String words) {
    return words.isEmpty()
        ? words
        : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  /** Makes a sentence of words that say something about a key. */
  static String sentence(String words) {
    return words.isEmpty() || words.endsWith(".") ? capital(words) : capital(words) + ".";
  }

  /** Says what is required: {@code scans:read and files:read, or scans:manage}. */
  static String requirement(RequirementAnswer requirement) {
    List<List<String>> anyOf = requirement.anyOf();
    if (anyOf != null) {
      return anyOf.stream()
          .map(alternative -> String.join(" and ", alternative))
          .collect(Collectors.joining(", or "));
    }
    if (requirement.anyValidKey() != null) {
      return "any valid key";
    }
    return requirement.anonymous() != null ? "no key" : "nobody has said yet";
  }

  /** Says how far a key issues and verifies, one line for each thing. */
  static List<String> reach(@Nullable ReachForm reach) {
    return switch (reach) {
      case null -> List.of();
      case ReachForm.Everything ignored ->
          List.of("Issues keys of every API up to all scopes, and verifies tokens of every API");
      case ReachForm.Limited limited -> limited(limited);
    };
  }

  private static List<String> limited(ReachForm.Limited limited) {
    List<String> lines = new ArrayList<>();
    for (ReachForm.Issuable issuable : limited.issue()) {
      List<String> scopes = issuable.scopes();
      lines.add(
          "Issues keys of "
              + issuable.api()
              + " up to "
              + (scopes == null ? "all scopes" : String.join(", ", scopes)));
    }
    if (!limited.verify().isEmpty()) {
      lines.add("Verifies tokens of " + String.join(", ", limited.verify()));
    }
    return lines;
  }

  /** Tells whether a method only looks. */
  static String methodKind(String method) {
    return switch (method) {
      case "GET", "HEAD", "OPTIONS" -> "reads";
      case "DELETE" -> "deletes";
      default -> "changes";
    };
  }
}
