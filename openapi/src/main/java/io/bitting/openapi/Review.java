package io.bitting.openapi;

import io.bitting.openapi.DocumentNote.Code;
import io.bitting.openapi.OperationsReader.Found;
import io.bitting.operation.Operation;
import io.bitting.scope.AccessLevel;
import io.bitting.scope.Catalog;
import io.bitting.scope.CatalogEntry;
import io.bitting.scope.Requirement;
import io.bitting.scope.Scope;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Looks at what was read for what a person should look at. One use. */
final class Review {
  private static final Set<String> METHODS_THAT_CHANGE = Set.of("POST", "PUT", "PATCH", "DELETE");
  private static final Set<String> METHODS_THAT_READ = Set.of("GET", "HEAD");

  private static final Pattern BETWEEN_WORDS = Pattern.compile("[^A-Za-z]+|(?<=[a-z])(?=[A-Z])");

  /** Words that begin the name of what changes something, and are seldom a thing's own name. */
  private static final Set<String> WORDS_OF_CHANGE =
      Set.of(
          "activate",
          "add",
          "approve",
          "cancel",
          "clear",
          "create",
          "deactivate",
          "delete",
          "destroy",
          "disable",
          "enable",
          "execute",
          "login",
          "logout",
          "modify",
          "publish",
          "purge",
          "reboot",
          "register",
          "reject",
          "remove",
          "rename",
          "reset",
          "restart",
          "revoke",
          "send",
          "start",
          "stop",
          "submit",
          "subscribe",
          "suspend",
          "trigger",
          "unsubscribe",
          "update",
          "upload");

  private final Optional<Catalog> catalog;
  private final Notes notes;
  private final SortedMap<Scope, String> scopes;

  /** Whether scopes that only read are enough, by the number of the requirement. */
  private final Map<Integer, Boolean> metByReading = new HashMap<>();

  private Review(ImportOptions options, SortedMap<Scope, String> described, Notes notes) {
    this.catalog = options.catalog();
    this.notes = notes;
    this.scopes = new TreeMap<>(described);
  }

  /**
   * Adds a note on whatever is noticed.
   *
   * @param described the scopes that the document describes
   * @return these and the ones that are required
   */
  static SortedMap<Scope, String> look(
      Part root,
      List<Found> operations,
      ImportOptions options,
      SortedMap<Scope, String> described,
      Notes notes) {
    Review review = new Review(options, described, notes);
    SortedMap<Scope, Found> required = new TreeMap<>();
    for (Found each : operations) {
      review.look(each, required);
    }
    review.compareWithCatalog(root, required);
    Overlaps.note(operations, notes);
    return review.scopes;
  }

  private void look(Found found, SortedMap<Scope, Found> required) {
    Operation operation = found.operation();
    if (operation.requirement() instanceof Requirement.Scopes asked) {
      boolean reading =
          metByReading.computeIfAbsent(
              found.requirementNumber(),
              number -> {
                for (Collection<Scope> alternative : asked.alternatives()) {
                  alternative.forEach(scope -> required.putIfAbsent(scope, found));
                }
                return asked.alternatives().stream()
                    .anyMatch(alternative -> alternative.stream().allMatch(this::onlyReads));
              });
      if (reading && METHODS_THAT_CHANGE.contains(operation.method())) {
        notes.add(
            found.part(),
            Code.WRITE_BY_READ,
            operation.name(),
            "the operation may change something, and scopes that the catalog calls \"read\" are enough for it");
      }
    }
    if (METHODS_THAT_READ.contains(operation.method())) {
      wordOfChange(operation)
          .ifPresent(word ->
              notes.add(
                  found.part(),
                  Code.READ_THAT_CHANGES,
                  operation.name(),
                  "the method is for reading, but \""
                      + word
                      + "\" in the operation's path, name or summary seems to change something"));
    }
  }

  private boolean onlyReads(Scope scope) {
    return catalog
        .flatMap(known -> known.entry(scope))
        .map(CatalogEntry::access)
        .filter(AccessLevel.READ::equals)
        .isPresent();
  }

  private static Optional<String> wordOfChange(Operation operation) {
    String path = operation.path().text();
    String last = path.substring(path.lastIndexOf('/') + 1);
    String[] ofId = BETWEEN_WORDS.split(operation.id(), -1);
    String lastOfId = operation.id().indexOf('_') > 0 ? ofId[ofId.length - 1] : "";
    String ofSummary = first(operation.summary());
    return List.of(
            last.contains("{") ? "" : first(last),
            first(operation.id()),
            lastOfId,
            ofSummary,
            ofSummary.endsWith("s") ? ofSummary.substring(0, ofSummary.length() - 1) : "")
        .stream()
        .map(word -> word.toLowerCase(Locale.ROOT))
        .filter(WORDS_OF_CHANGE::contains)
        .findFirst();
  }

  private static String first(String text) {
    String[] words = BETWEEN_WORDS.split(text, 2);
    return words[0];
  }

  private void compareWithCatalog(Part root, SortedMap<Scope, Found> required) {
    required.forEach((scope, found) -> {
      scopes.putIfAbsent(scope, "");
      if (catalog.filter(known -> !known.has(scope)).isPresent()) {
        notes.add(
            found.part(),
            Code.SCOPE_UNKNOWN,
            found.operation().name(),
            "the scope "
                + Sentence.quoted(scope.text())
                + " is required and not in the catalog; until it is added, the operations that require it are denied");
      }
    });
    catalog.ifPresent(known ->
        known.entries().stream()
            .filter(entry -> !entry.retired() && !entry.included())
            .map(CatalogEntry::scope)
            .filter(scope -> !required.containsKey(scope))
            .forEach(scope ->
                notes.add(
                    root,
                    Code.SCOPE_UNUSED,
                    "",
                    "the scope "
                        + Sentence.quoted(scope.text())
                        + " of the catalog is required by no operation")));
  }
}
